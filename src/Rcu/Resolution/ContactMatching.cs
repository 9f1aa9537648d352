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
        var records = RecordsOf(data, contact => employers.TryGetValue(contact, out var known) ? known.AccountId : null);
        return (records, Matcher.Run(records, settings, data.ContactDecisions, null, progress, ct));
    }

    /// <param name="employerOf">The account a record speaks of; null when it is not known.</param>
    public static RecordSet RecordsOf(ResolutionData data, Func<Guid, Guid?> employerOf)
    {
        var records = new RecordSet(EntityKind.Person, Fields);
        foreach (var contact in data.Contacts)
        {
            records.Add(ResolutionData.Text(contact.Id), contact.Source, Values(contact.Fields, employerOf(contact.Id)));
        }

        return records;
    }

    /// <summary>What clean fields say of a person, as the engine reads a contact.</summary>
    public static string?[] Values(IReadOnlyDictionary<string, string> contact, Guid? employer) =>
        [.. Fields.Select(f => f.Name is "employer" ? employer is { } id ? ResolutionData.Text(id) : null : contact.GetValueOrDefault(f.Name))];
}
