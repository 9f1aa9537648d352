using Rcu.Customers;
using Rcu.Matching;

namespace Rcu.Ingestion.Mapping;

/// <summary>
/// Proposes what each column of a file feeds: as a saved mapping of the same source says, else as its header says when its
/// values do not deny it, else as its values show.
/// </summary>
public static class ColumnMapper
{
    private const double MostlyFilled = .98;

    // A column that calls itself an id is one, though some rows come twice and some come without.
    private const double FilledAsSaid = .7;

    // What tells each kind of record from the others, by the fields only it has.
    private static readonly (RecordKind Kind, string[] Signs)[] Signs =
    [
        (RecordKind.Opportunity, ["stage", "close_on", "amount"]),
        (RecordKind.DocumentLine, ["number", "quantity", "product_code"]),
        (RecordKind.Document, ["number", "net", "gross", "due_on", "paid"]),
        (RecordKind.Interaction, ["kind", "at", "campaign", "contact_key"]),
        (RecordKind.Contact, ["given_name", "family_name", "full_name", "civility", "opt_in", "opt_out", "job_title"]),
        (RecordKind.Account, ["siret", "siren", "vat", "naf", "headcount", "name", "legal_form"]),
    ];

    /// <param name="kind">What a person said the rows are; null: found from the columns.</param>
    /// <param name="saved">Mappings of the same source, the newest first.</param>
    public static MappingProposal Propose(
        IReadOnlyList<string> columns, IReadOnlyList<ColumnSample> samples, RecordKind? kind, IReadOnlyList<Feed> saved)
    {
        var known = saved.Where(feed => kind is null || feed.Kind == kind).ToList();
        var kinds = ColumnGuess.Of(columns, hasHeader: true, samples);
        var headers = columns.Select(column => string.Join(' ', HeaderWords.Words(column))).ToList();
        var chosen = kind ?? known.FirstOrDefault(feed => Reads(feed, columns))?.Kind ?? KindOf(headers, kinds);
        var fields = FieldCatalogue.For(chosen);
        var taken = new HashSet<string>();
        var proposals = columns.Select((column, i) =>
            Saved(column, known.Where(feed => feed.Kind == chosen)) ?? Named(column, headers[i], kinds[i], samples[i], fields)).ToList();
        for (var i = 0; i < proposals.Count; i++)
        {
            // The second column of one meaning is a doubt: a person says whether it replaces, completes or is left.
            if (proposals[i] is { Field: { } field, Why: not "saved" } doubled && !taken.Add(field) && field != "street")
            {
                proposals[i] = doubled with { Field = null, Confidence = Confidence.None, Why = "twin" };
            }
        }

        return new MappingProposal(chosen, proposals, KeyOf(known.FirstOrDefault(feed => feed.Kind == chosen), proposals, samples, fields));
    }

    private static bool Reads(Feed feed, IReadOnlyList<string> columns) =>
        feed.KeyColumns.TrueForAll(key => columns.Contains(key, StringComparer.OrdinalIgnoreCase));

    private static ColumnProposal? Saved(string column, IEnumerable<Feed> feeds) => feeds
        .SelectMany(feed => feed.Columns)
        .Where(mapped => mapped.Columns.Contains(column, StringComparer.OrdinalIgnoreCase))
        .Select(mapped => new ColumnProposal(column, mapped.Field, Confidence.Sure, "saved"))
        .FirstOrDefault();

    private static ColumnProposal Named(string column, string header, FieldKind? kind, ColumnSample sample, IReadOnlyList<CanonicalField> fields)
    {
        var called = fields.FirstOrDefault(field => field.IsCalled(header));
        if (called is not null && (called.Kind is not { } expected || ContentKinds.Allows(expected, sample)))
        {
            // « Title » above many different words is a post, not a civility.
            return called.Name == "civility" && sample.Distinct > 12
                ? new ColumnProposal(column, "job_title", Confidence.ToCheck, "content")
                : new ColumnProposal(column, called.Name, sample.IsTelling ? Confidence.Sure : Confidence.ToCheck, "header");
        }

        if (kind is { } seen && fields.FirstOrDefault(field => field.Kind == seen) is { } field)
        {
            var said = HeaderWords.Find(column) == seen;
            return new ColumnProposal(column, field.Name, said ? Confidence.Sure : Confidence.ToCheck, said ? "header" : "content");
        }

        return fields.FirstOrDefault(one => one.IsCalled(Bare(header))) is { } near
            ? new ColumnProposal(column, near.Name, Confidence.ToCheck, "likeness")
            : new ColumnProposal(column, null, Confidence.None, "none");
    }

    // « Billing City », « Adresse de facturation », « Total HT (EUR) »: the words that say whose it is, taken away.
    private static string Bare(string header) =>
        string.Join(' ', header.Split(' ').Where(word => word is not ("EUR" or "EUROS" or "DE" or "DU" or "LA" or "LE" or "CLIENT" or "CONTACT" or "BILLING" or "SOCIETE")));

    private static RecordKind KindOf(List<string> headers, FieldKind?[] kinds)
    {
        // Official numbers and no person: a company; anything a person alone has: a contact; else whose signs are the most.
        var people = kinds.Count(kind => kind is FieldKind.GivenName or FieldKind.FamilyName or FieldKind.FullName);
        var scores = Signs.Select(signs => (signs.Kind, Score: FieldCatalogue.For(signs.Kind)
            .Where(field => signs.Signs.Contains(field.Name))
            .Count(field => headers.Exists(field.IsCalled) || (field.Kind is { } kind && kinds.Contains(kind)))));
        return scores.Select(one => (one.Kind, Score: one.Kind == RecordKind.Contact ? one.Score + (2 * people)
                : one.Kind == RecordKind.Account && people == 0 ? one.Score + 1 : one.Score))
            .OrderByDescending(one => one.Score).ThenBy(one => one.Kind).First().Kind;
    }

    private static List<string> KeyOf(
        Feed? saved, List<ColumnProposal> proposals, IReadOnlyList<ColumnSample> samples, IReadOnlyList<CanonicalField> fields)
    {
        if (saved is not null && saved.KeyColumns.TrueForAll(key => proposals.Exists(p => p.Column == key)))
        {
            return saved.KeyColumns;
        }

        // The best a file has: its own id, an official number, a mail; else what a person would recognise a row by.
        var rows = samples.Max(sample => (int?)sample.Values.Count) ?? 0;
        string? Unique(string field, double least) => proposals.Select((proposal, i) => (proposal, Sample: samples[i]))
            .FirstOrDefault(one => one.proposal.Field == field && rows > 0 && one.Sample.Variety >= least
                && one.Sample.Values.Count >= rows * least).proposal?.Column;
        var likely = fields.Where(field => field.IsKey).Select(field => Unique(field.Name, FilledAsSaid))
            .Concat(((string[])["siret", "siren", "email"]).Select(field => Unique(field, MostlyFilled)));
        if (likely.FirstOrDefault(column => column is not null) is { } single)
        {
            return [single];
        }

        string[] named = ["name", "full_name", "family_name", "given_name", "company_name", "number", "at", "postal_code", "email"];
        var several = named.SelectMany(field => proposals.Where(proposal => proposal.Field == field).Select(proposal => proposal.Column)).ToList();
        return several.Count > 0 ? several : [.. proposals.Take(1).Select(proposal => proposal.Column)];
    }
}
