using System.Text.Json;
using FluentValidation;
using Rcu.Customers;
using Rcu.Ingestion.Connectors.Webhook;
using Rcu.Security;

namespace Rcu.Ingestion.Pulling;

/// <summary>What a person says of a connection to a source.</summary>
/// <param name="Source">The source its rows come from, made when there is none of this name.</param>
/// <param name="Feed">The name of the mapping of its rows; null when <paramref name="Mapping"/> gives it.</param>
/// <param name="Secret">A new secret; null keeps the one there is.</param>
/// <param name="DailyAt">In Paris time.</param>
/// <param name="IsWhole">Each reading is the whole state of the source: what it no longer gives is withdrawn.</param>
public sealed record SaveSourceConnection(
    string Name,
    string Kind,
    string Source,
    JsonElement Settings,
    string? Feed = null,
    SourceMapping? Mapping = null,
    string? Secret = null,
    int? EveryMinutes = null,
    TimeOnly? DailyAt = null,
    int? StaleAfterHours = null,
    bool IsWhole = false);

/// <summary>A mapping given with its connection.</summary>
/// <param name="Fields">The column that feeds each canonical field.</param>
public sealed record SourceMapping(RecordKind Kind, IReadOnlyList<string> KeyColumns, IReadOnlyDictionary<string, string> Fields);

/// <summary>What every connection must say.</summary>
public sealed class SaveSourceConnectionValidator : AbstractValidator<SaveSourceConnection>
{
    public SaveSourceConnectionValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(120);
        RuleFor(c => c.Kind).NotEmpty().MaximumLength(40);
        RuleFor(c => c.Source).NotEmpty().MaximumLength(60).Matches("^[a-z][a-z0-9_]*$").NotEqual(Ingestion.Source.Saisie);
        RuleFor(c => c.Secret).MaximumLength(10_000);
        RuleFor(c => c.Secret).Must(WebhookSignature.IsSecret).When(c => c.Kind == HookInbox.Kind && !string.IsNullOrEmpty(c.Secret))
            .WithMessage("whsec_, then 24 to 64 bytes in Base64.");
        RuleFor(c => c.EveryMinutes).InclusiveBetween(1, 7 * 24 * 60);
        RuleFor(c => c.DailyAt).Null().When(c => c.EveryMinutes is not null);
        RuleFor(c => c.StaleAfterHours).InclusiveBetween(1, 24 * 366);
        RuleFor(c => c.Mapping!.KeyColumns).NotEmpty().When(c => c.Mapping is not null);
        RuleFor(c => c.Mapping!.Fields).NotEmpty().When(c => c.Mapping is not null);
    }
}
