using System.Globalization;
using Rcu.Customers;

namespace Rcu.Ingestion.Connectors.Salesforce;

/// <summary>One of the objects that are read from Salesforce, and what is made of it.</summary>
/// <param name="Mapping">« field=Field; field=Field ».</param>
internal sealed record SalesforceObject(string Name, RecordKind Kind, string Mapping)
{
    public static readonly IReadOnlyList<SalesforceObject> All =
    [
        new("Account", RecordKind.Account,
            "name=Name; phone=Phone; website=Website; street=BillingStreet; postal_code=BillingPostalCode; city=BillingCity; country=BillingCountry; "
            + "headcount=NumberOfEmployees; type=Type; created_on=CreatedDate"),
        new("Contact", RecordKind.Contact,
            "account_key=AccountId; posts=posts; civility=Salutation; given_name=FirstName; family_name=LastName; email=Email; phone=Phone; mobile=MobilePhone; "
            + "job_title=Title; postal_code=MailingPostalCode; city=MailingCity; country=MailingCountry; opt_out=HasOptedOutOfEmail; created_on=CreatedDate"),
        new("Opportunity", RecordKind.Opportunity, "account_key=AccountId; name=Name; stage=StageName; amount=Amount; close_on=CloseDate"),
        SalesforceRelations.Object,
    ];

    /// <summary>Those whose rows are mapped; a relation is told by the contact it is of.</summary>
    public static readonly IReadOnlyList<SalesforceObject> Mapped = [.. All.Where(each => each.Mapping.Length > 0)];

    // What every query asks: what a record is known by, whether it is in the bin, whom it was merged with, and when it was changed.
    private static readonly string[] Always = ["Id", "IsDeleted", "SystemModstamp"];

    private const string Master = "MasterRecordId";

    public KnownFeed Feed(string source, SalesforceSettings settings)
    {
        var official = Kind is not RecordKind.Account ? "" : string.Concat(
            new[] { ("siret", settings.SiretField), ("siren", settings.SirenField), ("vat", settings.VatField) }
                .Where(pair => !string.IsNullOrEmpty(pair.Item2)).Select(pair => $"; {pair.Item1}={pair.Item2}"));
        var mapping = string.Join("; ", (Mapping + official).Split("; ").Select(pair => pair.Replace("=", $"={Name}.", StringComparison.Ordinal)));
        return new KnownFeed(source, $"{source}_{Name.ToLowerInvariant()}", Kind, $"/{source}_salesforce", ["Id"], mapping)
        {
            Options = new FeedOptions { Only = new FeedCondition("record", [Name]) },
        };
    }

    /// <summary>
    /// What is asked of this object: the fields that mappings read and that exist, changed since or beyond the last one read, in an
    /// order that tells each record from all others. What is in the bin counts only when its life may have been read.
    /// </summary>
    public string Query(IEnumerable<Feed> feeds, IEnumerable<string> columns, DateTimeOffset? since, SalesforceCursor.Place? after)
    {
        var there = columns.ToHashSet(StringComparer.Ordinal);
        List<string> where =
        [
            .. since is { } from ? [$"SystemModstamp >= {Instant(from)}"] : new[] { "IsDeleted = false" },
            .. after is null ? [] : new[] { $"(SystemModstamp > {Instant(after.At)} OR (SystemModstamp = {Instant(after.At)} AND Id > '{after.Id}'))" },
        ];
        return $"SELECT {Wanted(feeds, there)} FROM {Name} WHERE {string.Join(" AND ", where)} ORDER BY SystemModstamp, Id";
    }

    /// <summary>What is asked of records of this object whose identifiers are known.</summary>
    public string Query(IEnumerable<Feed> feeds, IEnumerable<string> columns, IEnumerable<string> ids) =>
        $"SELECT {Wanted(feeds, columns.ToHashSet(StringComparer.Ordinal))} FROM {Name} WHERE Id IN ({string.Join(", ", ids.Select(id => $"'{id}'"))})";

    private string Wanted(IEnumerable<Feed> feeds, HashSet<string> there) => string.Join(", ",
    [
        .. Always,
        .. there.Contains($"{Name}.{Master}") ? [Master] : Array.Empty<string>(),
        .. feeds.SelectMany(feed => feed.Columns.SelectMany(column => column.Columns))
            .Where(path => path.StartsWith($"{Name}.", StringComparison.Ordinal) && there.Contains(path)).Select(path => path[(Name.Length + 1)..])
            .Except(Always).Except([SaidPost.Field]).Distinct(),
        .. SalesforceRelations.Wanted(this, there),
    ]);

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
