using System.Globalization;
using FluentValidation;
using Rcu.Identifiers;
using Rcu.Ingestion.Pushing;
using Rcu.Reference;

namespace Rcu.Ingestion.Leads;

/// <summary>
/// Takes what a person said in a form: a contact with its consent and the proof of it, what happened, and the company when enough is
/// known of it to tell it from others. Each is a record under a key of its own, so that a lead sent twice counts once.
/// </summary>
public sealed class LeadIntake(PushedRecords records, IValidator<Lead> validator)
{
    public async Task<Result<Received>> ReceiveAsync(Lead lead, string by, CancellationToken ct)
    {
        if (validator.Refusal(lead) is { } malformed)
        {
            return malformed;
        }

        var key = $"lead:{lead.Key.Trim()}";
        var company = CompanyKey(lead);
        var pushed = new List<Pushed>();
        foreach (var (where, fields) in Records(lead, key, company))
        {
            var done = await records.PushAsync(new PushRecord(lead.Source, where, fields), by, ct);
            if (done.Error is { } refusal)
            {
                return refusal;
            }

            pushed.Add(done.Value!);
        }

        return new Received(pushed[^2].RecordId, company is null ? null : pushed[0].RecordId, pushed[^2].Outcome, pushed.Select(p => p.PipelineRunId).FirstOrDefault(run => run is not null));
    }

    // The company, then who works there, then what happened: what is named comes before what names it.
    private static IEnumerable<(string Key, PushedFields Fields)> Records(Lead lead, string key, string? company)
    {
        if (company is not null)
        {
            yield return (company, new AccountFields
            {
                Name = lead.Company!.Name,
                Siren = lead.Company.Siren,
                Siret = lead.Company.Siret,
                PostalCode = lead.Company.PostalCode,
                City = lead.Company.City,
                Website = Domain(lead),
            });
        }

        var consent = lead.Consent;
        yield return (key, new ContactFields
        {
            AccountKey = company,
            Civility = lead.Person.Civility,
            GivenName = lead.Person.GivenName,
            FamilyName = lead.Person.FamilyName,
            FullName = lead.Person.FullName,
            Email = lead.Person.Email,
            Phone = lead.Person.Phone,
            Mobile = lead.Person.Mobile,
            JobTitle = lead.Person.JobTitle,
            CompanyName = lead.Company?.Name,
            CompanySiren = lead.Company?.Siren,
            CompanySiret = lead.Company?.Siret,
            PostalCode = lead.Company?.PostalCode,
            City = lead.Company?.City,
            OptIn = consent?.Given,
            OptInSource = consent is null ? null : Proof(lead, consent),
            SeenAt = lead.At,
        });
        yield return (key, new InteractionFields
        {
            ContactKey = key,
            AccountKey = company,
            Email = lead.Person.Email,
            Kind = "form_sent",
            At = lead.At,
            Subject = lead.Form,
            Text = lead.Message,
            Campaign = lead.Campaign,
        });
    }

    private static string Proof(Lead lead, LeadConsent consent) => string.Create(
        CultureInfo.InvariantCulture,
        $"formulaire « {lead.Form} », le {lead.At.UtcDateTime:dd/MM/yyyy HH:mm} UTC{(lead.Ip is null ? "" : $", depuis {lead.Ip}")}, texte montré : « {consent.Text} »");

    // A name alone is no company: it may be any of that name. Then the contact is attached by what is known of it, or to none.
    private static string? CompanyKey(Lead lead) => lead.Company is not { Name: { Length: > 0 } name } company ? null
        : Siret.TryParse(company.Siret, null, out var siret) ? $"siren:{siret.Siren}"
        : Siren.TryParse(company.Siren, null, out var siren) ? $"siren:{siren}"
        : Domain(lead) is { } domain ? $"domain:{domain}"
        : company.PostalCode is { Length: > 0 } code ? $"name:{name.Trim().ToLowerInvariant()}|{code.Trim()}"
        : null;

    private static string? Domain(Lead lead) =>
        lead.Person.Email?.Split('@') is [_, { Length: > 0 } domain] && !MailDomains.IsFree(domain.Trim()) ? domain.Trim().ToLowerInvariant() : null;
}

/// <summary>What became of a lead.</summary>
/// <param name="PipelineRunId">The run that makes it visible; null when it says nothing new.</param>
public sealed record Received(Guid ContactRecordId, Guid? AccountRecordId, PushOutcome Outcome, Guid? PipelineRunId);
