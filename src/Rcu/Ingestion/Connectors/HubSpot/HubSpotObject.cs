using Rcu.Customers;

namespace Rcu.Ingestion.Connectors.HubSpot;

/// <summary>One of the objects that are read from HubSpot: what the API calls it, what its rows are called, and what is made of it.</summary>
/// <param name="Path">Its name in addresses.</param>
/// <param name="Record">Its name in rows: their properties stand under it.</param>
/// <param name="Modified">The property that says when one was changed: contacts have another than the rest.</param>
/// <param name="PrimaryCompany">The type of the association with its main company; null for companies themselves.</param>
/// <param name="Mapping">« field=property; field=property ».</param>
internal sealed record HubSpotObject(string Path, string Record, RecordKind Kind, string Modified, int? PrimaryCompany, string Mapping)
{
    public static readonly IReadOnlyList<HubSpotObject> All =
    [
        new("companies", "company", RecordKind.Account, "hs_lastmodifieddate", null,
            "name=name; website=domain; phone=phone; street=address; complement=address2; postal_code=zip; city=city; country=country; "
            + "headcount=numberofemployees; created_on=createdate"),
        new("contacts", "contact", RecordKind.Contact, "lastmodifieddate", 1,
            "account_key=company_id; posts=posts; given_name=firstname; family_name=lastname; email=email; phone=phone; mobile=mobilephone; job_title=jobtitle; "
            + "company_name=company; postal_code=zip; city=city; country=country; opt_out=hs_email_optout; created_on=createdate"),
        new("deals", "deal", RecordKind.Opportunity, "hs_lastmodifieddate", 5,
            "account_key=company_id; name=dealname; stage=dealstage; amount=amount; close_on=closedate; currency=deal_currency_code"),
    ];

    /// <summary>What the row itself knows beside its properties.</summary>
    public static readonly IReadOnlyList<string> Own = ["company_id", "company_labels", SaidPost.Field];

    /// <summary>The property by which the one that is left says whom it was merged with.</summary>
    public const string Merged = "hs_merged_object_ids";

    /// <summary>What this row knows beside its properties: only people are tied to several companies.</summary>
    public IEnumerable<string> Besides => PrimaryCompany is null ? [] : Own.Where(own => own != SaidPost.Field || Kind is RecordKind.Contact);

    public KnownFeed Feed(string source, HubSpotSettings settings)
    {
        var official = Kind is not RecordKind.Account ? "" : string.Concat(
            new[] { ("siret", settings.SiretProperty), ("siren", settings.SirenProperty), ("vat", settings.VatProperty) }
                .Where(pair => !string.IsNullOrEmpty(pair.Item2)).Select(pair => $"; {pair.Item1}={pair.Item2}"));
        var mapping = string.Join("; ", (Mapping + official).Split("; ").Select(pair => pair.Replace("=", $"={Record}.", StringComparison.Ordinal)));
        return new KnownFeed(source, $"{source}_{Path}", Kind, $"/{source}_hubspot", ["id"], mapping)
        {
            Options = new FeedOptions { Only = new FeedCondition("record", [Record]) },
        };
    }

    /// <summary>The properties that the mappings read.</summary>
    public IReadOnlyList<string> Wanted(IEnumerable<Feed> feeds) =>
    [
        .. feeds.SelectMany(feed => feed.Columns.SelectMany(column => column.Columns))
            .Where(path => path.StartsWith($"{Record}.", StringComparison.Ordinal)).Select(path => path[(Record.Length + 1)..])
            .Except(Own).Append(Modified).Append(Merged).Distinct(),
    ];
}
