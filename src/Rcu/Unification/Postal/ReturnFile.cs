using System.Globalization;
using Rcu.Identifiers;
using Rcu.Ingestion.Reading;

namespace Rcu.Unification.Postal;

/// <summary>The rows of a file of returned letters, whatever the mailing house calls its columns.</summary>
internal static class ReturnFile
{
    /// <summary>More is no file of returns.</summary>
    public const int MostRows = 200_000;

    private const string Keys = "ID|IDENTIFIANT|ID COMPTE|ACCOUNT ID|COMPTE|CODE CLIENT|NUMERO CLIENT|N CLIENT|REFERENCE|REF|REF CLIENT|CLE|SIREN|SIRET";
    private const string Codes = "MOTIF|CODE MOTIF|MOTIF RETOUR|CODE RETOUR|MOTIF PND|MOTIF DE NON DISTRIBUTION|CODE|RAISON|PND|NPAI|STATUT";
    private const string Dates = "DATE|DATE RETOUR|DATE DE RETOUR|DATE PND|DATE NPAI|DATE TRAITEMENT";
    private const string Names = "NOM|RAISON SOCIALE|SOCIETE|DESTINATAIRE|LIGNE 1|LIGNE1|L1|ADRESSE 1|ADR1";
    private const string PostalCodes = "CP|CODE POSTAL|POSTAL CODE";
    private const string Towns = "LIGNE 6|LIGNE6|L6|CP VILLE|ADRESSE 6|ADR6";

    private static readonly string[] DateForms = ["dd/MM/yyyy", "d/M/yyyy", "yyyy-MM-dd", "ddMMyyyy", "yyyyMMdd", "dd-MM-yyyy", "dd.MM.yyyy"];

    public static async Task<Result<IReadOnlyList<ReturnRow>>> ReadAsync(string path, string name, CancellationToken ct)
    {
        var opened = await SourceFile.OpenAsync(path, name, null, ct);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        var columns = opened.Value.Columns;
        var (key, code, date) = (Column(columns, Keys), Column(columns, Codes), Column(columns, Dates));
        var (company, postalCode, town) = (Column(columns, Names), Column(columns, PostalCodes), Column(columns, Towns));
        if (key is null && (company is null || postalCode is null && town is null))
        {
            return UnificationErrors.NoReturnColumns;
        }

        var rows = new List<ReturnRow>();
        await foreach (var row in opened.Value.ReadAsync(0, ct))
        {
            if (rows.Count == MostRows)
            {
                return UnificationErrors.TooManyReturns(MostRows);
            }

            if (row is ReadRow.Kept kept)
            {
                rows.Add(new ReturnRow(
                    row.Line, Cell(kept, key), Cell(kept, code), DateOf(Cell(kept, date)), Cell(kept, company), Cell(kept, postalCode) ?? Start(Cell(kept, town))));
            }
            else
            {
                rows.Add(new ReturnRow(row.Line, null, null, null, null, null));
            }
        }

        return rows;
    }

    private static string? Column(IReadOnlyList<string> columns, string names)
    {
        var known = names.Split('|');
        return known.Select(name => columns.FirstOrDefault(column => column.Folded() == name)).FirstOrDefault(column => column is not null);
    }

    private static string? Cell(ReadRow.Kept row, string? column) =>
        column is not null && row.Fields[column]?.Tidied() is { Length: > 0 } text ? text : null;

    private static string? Start(string? line) => line?.Split(' ')[0];

    private static DateOnly? DateOf(string? text) =>
        DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}

/// <summary>One letter that came back, as the mailing house tells it.</summary>
internal sealed record ReturnRow(long Line, string? Key, string? Code, DateOnly? On, string? Name, string? PostalCode)
{
    public string Text => string.Join(" · ", new[] { Key, Name, PostalCode }.OfType<string>());
}
