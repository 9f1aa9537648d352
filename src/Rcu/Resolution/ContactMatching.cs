using Npgsql;
using Rcu.Data;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Puts the people of every source before the engine, with the employer each record speaks of as evidence.</summary>
internal static class ContactMatching
{
    private static readonly Field[] Told =
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
    ];

    private static readonly Field[] Fields = [.. Told, new("employer", FieldKind.Identifier) { IsMade = true }];

    private static readonly string Query =
        $"""
        select r.id, r.source_id, r.cleaned_at, {string.Join(", ", Told.Select(f => $"r.fields ->> '{f.Name}'"))}
        from records r where {RecordFeed.Which("Contact")}
        """;

    /// <param name="which">Which contacts, as a condition on <c>r</c>.</param>
    /// <param name="employerOf">The account a record speaks of; null when it is not known.</param>
    public static async Task<RecordFeed> OpenAsync(
        NpgsqlConnection connection, ResolutionData data, string which, Func<Guid, Guid?> employerOf, CancellationToken ct)
    {
        var employer = new byte[32];
        var rows = await CopyReader.OpenAsync(connection, RecordFeed.Before + Told.Length, $"{Query} and {which}", ct);
        return new RecordFeed(EntityKind.Person, Fields, rows, data.Sources, (row, field) =>
            field < Told.Length ? row.Bytes(RecordFeed.Before + field)
            : employerOf(row.Guid(0)) is { } account && account.TryFormat(employer, out _, "N") ? employer : default(ReadOnlySpan<byte>));
    }

    /// <summary>What clean fields say of a person, as the engine reads a contact.</summary>
    public static string?[] Values(IReadOnlyDictionary<string, string> contact, Guid? employer) =>
        [.. Told.Select(f => contact.GetValueOrDefault(f.Name)), employer is { } id ? ResolutionData.Text(id) : null];
}
