using Rcu.Identifiers;

namespace Rcu.Ingestion.Reading;

/// <summary>
/// What French law asks of the columns and of the name of a FEC (article A. 47 A-1 of the Livre des procédures fiscales),
/// and the ways in which ledgers fall short of it.
/// </summary>
internal static class LedgerColumns
{
    private static readonly string[] Official =
    [
        "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate",
        "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
    ];

    // A ledger kept on receipts and payments has four more, and any may write an amount and its side.
    private static readonly string[] Others = ["DateRglt", "ModeRglt", "NatOp", "IdClient", "Montant", "Sens"];

    private static readonly Dictionary<string, string> Misspelt = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EcrtureLet"] = "EcritureLet",
        ["Ecriturelettrage"] = "EcritureLet",
        ["CodeDevise"] = "Idevise",
        ["Montant devise"] = "Montantdevise",
        ["Débit"] = "Debit",
        ["Crédit"] = "Credit",
        ["CompteAuxNum"] = "CompAuxNum",
        ["CompteAuxLib"] = "CompAuxLib",
    };

    /// <summary>The official names of columns, whatever their case and the usual misspellings.</summary>
    public static IReadOnlyList<string> Named(IReadOnlyList<string> columns) =>
        [.. columns.Select(column => Misspelt.GetValueOrDefault(column)
            ?? Official.Concat(Others).FirstOrDefault(name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase))
            ?? column)];

    /// <summary>The format, with what its name and its columns lack.</summary>
    public static FileFormat Tell(FileFormat format, string fileName, IReadOnlyList<string> columns)
    {
        var doubts = new List<FormatDoubt>(format.Doubts);
        if (!Siren.TryParse(FormatDetector.LedgerOwner(fileName), null, out _))
        {
            doubts.Add(new FormatDoubt(FormatDoubt.LedgerName, [], fileName));
        }

        var missing = Official[..16].Except(columns).ToList();
        if (columns.Contains("Montant") && columns.Contains("Sens"))
        {
            missing.RemoveAll(name => name is "Debit" or "Credit");
        }

        if (missing.Count > 0)
        {
            doubts.Add(new FormatDoubt(FormatDoubt.LedgerColumns, [], string.Join(", ", missing)));
        }

        return format with { Doubts = doubts };
    }
}
