using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Puts the people of every source before the engine, with the employer each record speaks of as evidence.</summary>
internal static class ContactMatching
{
    private static readonly Field[] Fields =
    [
        new("civility", FieldKind.Category),
        new("given_name", FieldKind.GivenName),
        new("family_name", FieldKind.FamilyName),
        new("email", FieldKind.Email),
        new("phone", FieldKind.Phone),
        new("mobile", FieldKind.Phone),
        new("linkedin", FieldKind.Identifier),
        new("job_title", FieldKind.Text),
        new("company_name", FieldKind.CompanyName),
        new("postal_code", FieldKind.PostalCode),
        new("employer", FieldKind.Identifier),
    ];

    /// <param name="employers">The account each record speaks of, by record; absent when it is not known.</param>
    public static (RecordSet Records, MatchResult Result) Run(
        ResolutionData data,
        IReadOnlyDictionary<Guid, Attachment> employers,
        MatchSettings settings,
        IProgress<double>? progress,
        CancellationToken ct)
    {
        var records = new RecordSet(EntityKind.Person, Fields);
        foreach (var contact in data.Contacts)
        {
            var employer = employers.TryGetValue(contact.Id, out var known) ? ResolutionData.Text(known.AccountId) : null;
            records.Add(
                ResolutionData.Text(contact.Id),
                contact.Source,
                [.. Fields.Select(f => f.Name is "employer" ? employer : contact[f.Name])]);
        }

        return (records, Matcher.Run(records, settings, data.ContactDecisions, null, progress, ct));
    }
}
