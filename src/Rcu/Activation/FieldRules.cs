using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Activation.Connectors.Calls;
using Rcu.Data;
using Rcu.Security;
using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>
/// Which field of the hub goes to which field of a tool, who owns it and in which shape, as a person decides for each destination;
/// tried on real profiles before it holds, and held beside the fields that the tool says it has now.
/// </summary>
public sealed class FieldRules(
    RcuDb db, PushMembers members, IEnumerable<IDestinationConnector> connectors, ISecrets secrets, TimeProvider clock)
{
    private const int Most = 100;
    private const int Longest = 100;
    private const int Shown = 3;

    /// <summary>The rules of a destination, and what its tool has to say of them.</summary>
    public async Task<Result<FieldRulesView>> ReadAsync(Guid id, CancellationToken ct)
    {
        var found = await FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var (destination, target) = found.Value;
        var (there, unread) = await AskToolAsync(destination, target, ct);
        var rules = destination.Fields ?? Usual(destination, target);
        return new FieldRulesView(
            destination, target, rules, destination.Fields is null, HubFields.Of(target), there, unread?.Message,
            [.. rules.Where(rule => there is not null && !there.Contains(rule.As)).Select(rule => new MissingField(rule.As, Alike(rule.As, there!)))]);
    }

    /// <summary>Keeps these rules from the next push on; none at all: what is usual for the tool.</summary>
    public async Task<Result<FieldRulesView>> SaveAsync(Guid id, IReadOnlyList<FieldRule> rules, string by, CancellationToken ct)
    {
        var found = await FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var (destination, target) = found.Value;
        var (there, _) = rules.Count > 0 ? await AskToolAsync(destination, target, ct) : default;
        if (Refusal(destination, target, rules, there) is { } refused)
        {
            return refused;
        }

        destination.Fields = rules.Count == 0 ? null : [.. rules.Select(Trimmed)];
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = "destination.fields_changed",
            Subject = $"{id}",
            Details = new Dictionary<string, string>
            {
                ["name"] = destination.Name,
                ["fields"] = string.Join(", ", rules.Select(rule => $"{rule.Field} → {rule.As} ({rule.Owner}, {rule.Shape})")),
            },
        });
        await db.SaveChangesAsync(ct);
        return await ReadAsync(id, ct);
    }

    /// <summary>What the tool would be told of the first profiles under these rules. Nothing is kept nor sent.</summary>
    public async Task<Result<IReadOnlyList<FieldPreview>>> PreviewAsync(Guid id, IReadOnlyList<FieldRule> rules, CancellationToken ct)
    {
        var found = await FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var (destination, target) = found.Value;
        if (Refusal(destination, target, rules, there: null) is { } refused)
        {
            return refused;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var before = await ToldAsync(destination, target, [], ct);
        var after = await ToldAsync(destination, target, [.. rules.Select(Trimmed)], ct);
        await transaction.RollbackAsync(ct);
        var nested = IsFielded(destination);
        return before.ConvertAll(one => new FieldPreview(one.Id, one.Name,
        [
            .. rules.Select(rule => new PreviewedField(
                rule.Field, FieldMap.Text(one.Payload, rule.Field), rule.As.Trim(),
                Said(after.First(told => told.Id == one.Id).Payload, nested, rule.As.Trim()))),
        ]));
    }

    private static FieldRule Trimmed(FieldRule rule) => rule with { As = rule.As.Trim() };

    private static string? Said(JsonElement payload, bool nested, string name) =>
        (!nested || payload.TryGetProperty(FieldMap.Chosen, out payload)) && payload.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null
            ? value.ToString() : null;

    private async Task<List<(Guid Id, string Name, JsonElement Payload)>> ToldAsync(
        Destination destination, SegmentTarget target, IReadOnlyList<FieldRule> rules, CancellationToken ct)
    {
        var tried = new Destination
        {
            Id = destination.Id,
            Name = destination.Name,
            Kind = destination.Kind,
            Settings = destination.Settings,
            SegmentId = destination.SegmentId,
            Fields = rules,
            State = destination.State,
            CreatedBy = destination.CreatedBy,
            CreatedAt = destination.CreatedAt,
        };
        await members.FillAsync(tried, target, ct, only: Shown);
        var rows = await db.Database.SqlQuery<Told>(
            $"""select profile_id as "Id", coalesce(name, '') as "Name", payload::text as "Payload" from activation_members order by name, profile_id""").ToListAsync(ct);
        return rows.ConvertAll(row => (row.Id, row.Name, JsonSerializer.Deserialize<JsonElement>(row.Payload)));
    }

    private static Error? Refusal(Destination destination, SegmentTarget target, IReadOnlyList<FieldRule> rules, IReadOnlyList<string>? there)
    {
        var known = HubFields.Of(target);
        return rules.Count > Most ? ActivationErrors.BadFields($"{rules.Count} champs, c’est plus que les {Most} que le référentiel envoie : retirez-en.")
            : rules.FirstOrDefault(rule => !known.Contains(rule.Field)) is { } unknown ? ActivationErrors.BadFields($"le référentiel n’a pas de champ « {unknown.Field} » pour ce segment.")
            : rules.FirstOrDefault(rule => string.IsNullOrWhiteSpace(rule.As) || rule.As.Length > Longest) is { } unnamed
                ? ActivationErrors.BadFields($"dites comment s’appelle « {unnamed.Field} » dans l’outil, en moins de {Longest} caractères.")
            : rules.GroupBy(rule => rule.As.Trim()).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? ActivationErrors.BadFields($"le champ « {twice.Key} » de l’outil recevrait deux valeurs : gardez-en une.")
            : there is not null && rules.FirstOrDefault(rule => !there.Contains(rule.As.Trim())) is { } missing
                ? ActivationErrors.BadFields(Lacks(destination.Name, new MissingField(missing.As.Trim(), Alike(missing.As.Trim(), there))))
            : null;
    }

    /// <summary>The sentence a person reads of a field that the tool does not have.</summary>
    public static string Lacks(string tool, MissingField field) => field.Perhaps is { } other
        ? $"« {tool} » n’a plus de champ « {field.Name} » : il s’appelle peut-être « {other} » désormais."
        : $"« {tool} » n’a pas de champ « {field.Name} » : créez-le dans l’outil, ou choisissez-en un autre.";

    // Renamed rather than gone: the same letters, or one name that holds the other.
    private static string? Alike(string name, IReadOnlyList<string> there)
    {
        static string Letters(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
        var sought = Letters(name);
        return there.FirstOrDefault(other => Letters(other) == sought)
            ?? there.FirstOrDefault(other => Letters(other) is { Length: > 3 } letters && sought.Length > 3
                && (letters.Contains(sought, StringComparison.Ordinal) || sought.Contains(letters, StringComparison.Ordinal)));
    }

    private bool IsFielded(Destination destination) => connectors.Any(c => c.Kind == destination.Kind && c is IFieldedConnector);

    private IReadOnlyList<FieldRule> Usual(Destination destination, SegmentTarget target) =>
        connectors.FirstOrDefault(c => c.Kind == destination.Kind) is IFieldedConnector fielded
            ? fielded.UsualFields(target is SegmentTarget.Accounts)
            : [.. HubFields.Of(target).Where(field => !field.Contains('.', StringComparison.Ordinal)).Select(field => new FieldRule(field, field))];

    // Null: it takes any name, or could not be asked.
    private async Task<(IReadOnlyList<string>? There, Error? Unread)> AskToolAsync(Destination destination, SegmentTarget target, CancellationToken ct)
    {
        if (connectors.FirstOrDefault(c => c.Kind == destination.Kind) is not IFieldedConnector fielded)
        {
            return default;
        }

        var secret = secrets.Of(destination, clock.GetUtcNow());
        var read = await fielded.FieldsAsync(destination.Settings, secret, target is SegmentTarget.Accounts, ct);
        return read.Succeeded ? (read.Value, null) : (null, read.Error);
    }

    private async Task<Result<(Destination Destination, SegmentTarget Target)>> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.Destinations.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } destination)
        {
            return ActivationErrors.NotFound;
        }

        var target = await db.Segments.Where(s => s.Id == destination.SegmentId).Select(s => (SegmentTarget?)s.Target).SingleOrDefaultAsync(ct);
        return target is null ? ActivationErrors.NoSegment : (destination, target.Value);
    }

    private sealed record Told(Guid Id, string Name, string Payload);
}
