using Rcu.Data;

namespace Rcu.Reference.Register;

/// <summary>StockEtablissementLiensSuccession: which establishment took over from which, a moved head office among them.</summary>
internal sealed class SuccessionLayout() : RegisterLayout("successions", "StockEtablissementLiensSuccession", Official, "dateDernierTraitementLienSuccession")
{
    private static readonly string[] Official =
        ["siretEtablissementPredecesseur", "siretEtablissementSuccesseur", "dateLienSuccession", "transfertSiege", "continuiteEconomique"];

    private static readonly Dictionary<string, string[]> Filling = new()
    {
        ["transfertSiege"] = ["head_office_moved"],
        ["continuiteEconomique"] = ["continued"],
    };

    public override IReadOnlyDictionary<string, string[]> Fills => Filling;

    public override IReadOnlyList<string> Needed => ["siretEtablissementPredecesseur", "siretEtablissementSuccesseur", "dateLienSuccession"];

    public override string Table => "register.successions_next (predecessor, successor, happened_on, head_office_moved, continued)";

    public override string? Write(IRegisterRows row, CopyRows rows)
    {
        if (!IsDigits(Bytes(row, 0), 14) || !IsDigits(Bytes(row, 1), 14))
        {
            return RegisterErrors.BadNumber;
        }

        if (!TryDate(Bytes(row, 2), out var date) || date is null)
        {
            return RegisterErrors.BadDate;
        }

        rows.Begin(5);
        rows.AddText(Bytes(row, 0));
        rows.AddText(Bytes(row, 1));
        rows.Add(date);
        rows.Add(IsTrue(Bytes(row, 3)));
        rows.Add(IsTrue(Bytes(row, 4)));
        return null;
    }

    protected override RegisterLayout Fresh() => new SuccessionLayout();
}
