using Rcu.Matching;

namespace Rcu.Ingestion.Mapping;

/// <summary>
/// What each column of an unknown file holds: what its header says, unless its content denies it; else what its content
/// shows. Null: not compared, as what tells rows apart (an id) or speaks of something else (a status, a date of creation).
/// </summary>
public static class ColumnGuess
{
    private static readonly FieldKind[] Names = [FieldKind.CompanyName, FieldKind.FullName, FieldKind.GivenName, FieldKind.FamilyName];

    private static readonly HashSet<string> IdWords = ["ID", "CODE", "NUM", "NUMERO", "NO", "N", "REF", "REFERENCE", "KEY", "CLE", "UUID", "GUID", "IDENTIFIANT"];

    private static readonly HashSet<string> FirmWords = ["ACCOUNT", "COMPTE", "CLIENT", "CUSTOMER", "COMPANY", "SOCIETE", "ENTREPRISE", "ORG", "ORGANIZATION", "ORGANISATION"];

    /// <param name="columns">The names of the columns.</param>
    /// <param name="hasHeader">The file names its columns itself.</param>
    /// <param name="samples">What some rows say in each of them.</param>
    public static FieldKind?[] Of(IReadOnlyList<string> columns, bool hasHeader, IReadOnlyList<ColumnSample> samples)
    {
        var kinds = new FieldKind?[samples.Count];
        for (var i = 0; i < kinds.Length; i++)
        {
            var said = hasHeader ? HeaderWords.Find(columns[i]) : null;
            kinds[i] = said is { } kind && ContentKinds.Allows(kind, samples[i]) ? kind
                : hasHeader && HeaderWords.SpeaksAbout(columns[i]) ? null
                : ContentKinds.Strong(samples[i]);
        }

        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i] ??= IsId(columns, hasHeader, i) ? null : Named(columns[i], hasHeader, samples[i], kinds);
        }

        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i] ??= IsId(columns, hasHeader, i) ? FirmId(columns[i], samples[i], kinds) : null;
        }

        // An address that says the town too, in a file that says it nowhere else.
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is FieldKind.Street && !kinds.Contains(FieldKind.PostalCode) && samples[i].Share(ValueShapes.IsWholeAddress) > .4)
            {
                kinds[i] = FieldKind.Address;
            }
        }

        return kinds.Any(kind => kind is { } one && Names.Contains(one)) ? kinds : WithLastResort(columns, hasHeader, samples, kinds);
    }

    private static bool IsId(IReadOnlyList<string> columns, bool hasHeader, int column) =>
        hasHeader && HeaderWords.Words(columns[column]) is var words && (words.Exists(IdWords.Contains) || words is ["UNIQUE", ..] or ["ROW", ..] or ["INDEX"]);

    // The id of an employer, which several people share; the id of a row is no evidence.
    private static FieldKind? FirmId(string header, ColumnSample sample, FieldKind?[] kinds) =>
        kinds.Contains(FieldKind.FamilyName) && sample.Variety < .98 && HeaderWords.Words(header).Exists(FirmWords.Contains) ? FieldKind.Identifier : null;

    // « Nom » or a header that says nothing: a person's name or a company's, as the values and the other columns show.
    private static FieldKind? Named(string header, bool hasHeader, ColumnSample sample, FieldKind?[] kinds)
    {
        var isName = hasHeader && HeaderWords.Words(header) is ["NOM" or "NOMS" or "NAME" or "NAMES"];
        if (isName && kinds.Contains(FieldKind.GivenName))
        {
            return FieldKind.FamilyName;
        }

        if (hasHeader && HeaderWords.Words(header) is ["TITLE" or "TITRE"])
        {
            return sample.Distinct > 12 ? FieldKind.JobTitle : null;
        }

        return hasHeader && HeaderWords.SpeaksAbout(header) ? null
            : ContentKinds.Name(sample, isName) is { } kind ? kind
            : !isName ? ContentKinds.Place(sample, hasHeader, kinds)
            : kinds.Contains(FieldKind.CompanyName) ? FieldKind.FullName
            : FieldKind.CompanyName;
    }

    // Nothing bears a name: the text that varies the most is taken for one.
    private static FieldKind?[] WithLastResort(
        IReadOnlyList<string> columns, bool hasHeader, IReadOnlyList<ColumnSample> samples, FieldKind?[] kinds)
    {
        var likely = Enumerable.Range(0, kinds.Length)
            .Where(i => kinds[i] is null && !IsId(columns, hasHeader, i) && samples[i].Variety > .3 && samples[i].Share(value => value.Count(char.IsLetter) >= 4) > .8
                && !(hasHeader && HeaderWords.SpeaksAbout(columns[i])))
            .ToList();
        if (likely.Count > 0)
        {
            kinds[likely.MaxBy(i => samples[i].Distinct)] = FieldKind.CompanyName;
        }

        return kinds;
    }
}
