using FluentValidation;

namespace Rcu.Ingestion.Leads;

/// <summary>What a person said of themselves in a form.</summary>
/// <param name="Source">The source the form belongs to.</param>
/// <param name="Key">The form's own identifier of this answer: sent twice, it counts once.</param>
/// <param name="Form">What the form is called.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Ip">Where from.</param>
public sealed record Lead(
    string Source, string Key, string Form, DateTimeOffset At, LeadPerson Person, LeadCompany? Company = null, LeadConsent? Consent = null, string? Message = null,
    string? Campaign = null, string? Ip = null);

/// <summary>Who answered.</summary>
public sealed record LeadPerson(
    string? Email = null, string? Civility = null, string? GivenName = null, string? FamilyName = null, string? FullName = null, string? Phone = null,
    string? Mobile = null, string? JobTitle = null);

/// <summary>Where they work, as they wrote it.</summary>
public sealed record LeadCompany(string? Name = null, string? Siren = null, string? Siret = null, string? PostalCode = null, string? City = null);

/// <summary>What they agreed to, with the very text they were shown.</summary>
public sealed record LeadConsent(bool Given, string Text);

internal sealed class LeadValidator : AbstractValidator<Lead>
{
    public LeadValidator()
    {
        RuleFor(l => l.Source).NotEmpty().MaximumLength(100);
        RuleFor(l => l.Key).NotEmpty().MaximumLength(400);
        RuleFor(l => l.Form).NotEmpty().MaximumLength(200);
        RuleFor(l => l.At).NotEmpty();
        RuleFor(l => l.Ip).MaximumLength(45);
        RuleFor(l => l.Message).MaximumLength(20_000);
        RuleFor(l => l.Person).NotNull().Must(p => p is not null && (p.Email ?? p.Phone ?? p.Mobile ?? p.FamilyName ?? p.FullName) is { Length: > 0 })
            .WithMessage("A name, an e-mail address or a telephone number is needed.");
        RuleFor(l => l.Consent!.Text).NotEmpty().MaximumLength(5_000).When(l => l.Consent is not null);
    }
}
