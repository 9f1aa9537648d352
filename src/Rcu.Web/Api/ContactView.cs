using Rcu.Customers;
using Rcu.Exploration;

namespace Rcu.Web.Api;

/// <summary>A person with the parts they play, what they agreed to, and where each value comes from.</summary>
internal sealed record ContactView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public string? Civility { get; init; }

    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public Guid? AccountId { get; init; }

    public string? AccountName { get; init; }

    public string? CompanyName { get; init; }

    public string? Email { get; init; }

    public required IReadOnlyList<string> Emails { get; init; }

    public string? Phone { get; init; }

    public string? Mobile { get; init; }

    public string? Linkedin { get; init; }

    public string? JobTitle { get; init; }

    public string? Department { get; init; }

    public string? Level { get; init; }

    public Reach EmailReach { get; init; }

    public required string EmailReachWhy { get; init; }

    public Reach PhoneReach { get; init; }

    public required string PhoneReachWhy { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    public int? Quality { get; init; }

    public ScoreView? Score { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public required IReadOnlyList<ContactRole> Roles { get; init; }

    /// <summary>Whom they know, and how.</summary>
    public required IReadOnlyList<ContactRelation> Relations { get; init; }

    public required IReadOnlyList<Consent> Consents { get; init; }

    public required IReadOnlyDictionary<string, Origin> Origins { get; init; }

    public static ContactView Of(ContactSheet sheet)
    {
        var contact = sheet.Contact;
        return new ContactView
        {
            Id = contact.Id,
            Name = contact.Name,
            Civility = contact.Civility,
            GivenName = contact.GivenName,
            FamilyName = contact.FamilyName,
            AccountId = contact.AccountId,
            AccountName = sheet.AccountName,
            CompanyName = contact.CompanyName,
            Email = contact.Email,
            Emails = contact.Emails,
            Phone = contact.Phone,
            Mobile = contact.Mobile,
            Linkedin = contact.LinkedIn,
            JobTitle = contact.JobTitle,
            Department = contact.Department,
            Level = contact.Level,
            EmailReach = contact.EmailReach,
            EmailReachWhy = contact.EmailReachReason,
            PhoneReach = contact.PhoneReach,
            PhoneReachWhy = contact.PhoneReachReason,
            Sources = contact.Sources,
            Quality = sheet.Score?.Total,
            Score = ScoreView.Of(sheet.Score),
            UpdatedAt = contact.UpdatedAt,
            Roles = sheet.Roles,
            Relations = sheet.Relations,
            Consents = sheet.Consents,
            Origins = contact.Origins.Where(origin => !CustomField.IsReserved(origin.Key)).ToDictionary(),
        };
    }
}
