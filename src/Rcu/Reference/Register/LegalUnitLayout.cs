using Rcu.Data;

namespace Rcu.Reference.Register;

/// <summary>StockUniteLegale: companies, associations, administrations, persons in business.</summary>
internal sealed class LegalUnitLayout() : RegisterLayout("legal_units", "StockUniteLegale", Official, "dateDernierTraitementUniteLegale")
{
    private static readonly string[] Official =
    [
        "siren", "statutDiffusionUniteLegale", "dateCreationUniteLegale", "sigleUniteLegale", "prenom1UniteLegale", "prenomUsuelUniteLegale",
        "trancheEffectifsUniteLegale", "anneeEffectifsUniteLegale", "categorieEntreprise", "dateDebut", "etatAdministratifUniteLegale",
        "nomUniteLegale", "nomUsageUniteLegale", "denominationUniteLegale", "denominationUsuelle1UniteLegale", "categorieJuridiqueUniteLegale",
        "activitePrincipaleUniteLegale", "nomenclatureActivitePrincipaleUniteLegale", "nicSiegeUniteLegale", "activitePrincipaleNAF25UniteLegale",
    ];

    private static readonly Dictionary<string, string[]> Filling = new()
    {
        ["dateCreationUniteLegale"] = ["founded_on"],
        ["sigleUniteLegale"] = ["acronym"],
        ["denominationUniteLegale"] = ["name", "name_key"],
        ["trancheEffectifsUniteLegale"] = ["headcount_band"],
        ["anneeEffectifsUniteLegale"] = ["headcount_year"],
        ["categorieEntreprise"] = ["size_class"],
        ["dateDebut"] = ["state_since"],
        ["denominationUsuelle1UniteLegale"] = ["usual_name"],
        ["categorieJuridiqueUniteLegale"] = ["legal_category"],
        ["activitePrincipaleUniteLegale"] = ["naf", "naf_edition"],
        ["nomenclatureActivitePrincipaleUniteLegale"] = ["naf", "naf_edition"],
        ["nicSiegeUniteLegale"] = ["head_office_nic"],
        ["activitePrincipaleNAF25UniteLegale"] = ["naf2025"],
    };

    public override IReadOnlyDictionary<string, string[]> Fills => Filling;

    public override IReadOnlyList<string> Needed => ["siren", "statutDiffusionUniteLegale", "etatAdministratifUniteLegale"];

    public override string Table =>
        "register.legal_units_next (siren, diffusion, name, name_key, usual_name, acronym, legal_category, naf, naf_edition, naf2025, "
        + "headcount_band, headcount_year, size_class, founded_on, state, state_since, head_office_nic, masked)";

    public override string? Write(IRegisterRows row, CopyRows rows)
    {
        if (!IsDigits(Bytes(row, 0), 9))
        {
            return RegisterErrors.BadNumber;
        }

        if (Diffusion(Bytes(row, 1)) is not { } diffusion)
        {
            return RegisterErrors.BadDiffusion;
        }

        if (!TryDate(Bytes(row, 2), out var founded) || !TryDate(Bytes(row, 9), out var since))
        {
            return RegisterErrors.BadDate;
        }

        var masked = false;
        var name = NameOf(row, ref masked);
        rows.Begin(18);
        rows.AddText(Bytes(row, 0));
        rows.Add(diffusion);
        rows.Add(name);
        rows.Add(diffusion is "P" ? null : RegisterNames.KeyOf(name));
        rows.AddFilled(Filled(row, 14, ref masked));
        rows.AddFilled(Filled(row, 3, ref masked));
        rows.AddFilled(Filled(row, 15, ref masked));
        rows.AddFilled(Filled(row, 16, ref masked));
        rows.AddFilled(Filled(row, 17, ref masked));
        rows.AddFilled(Filled(row, 19, ref masked));
        rows.AddFilled(Filled(row, 6, ref masked));
        rows.AddFilled(Filled(row, 7, ref masked));
        rows.AddFilled(Filled(row, 8, ref masked));
        rows.Add(founded);
        rows.AddFilled(Filled(row, 10, ref masked));
        rows.Add(since);
        rows.AddFilled(Filled(row, 18, ref masked));
        rows.Add(masked);
        return null;
    }

    protected override RegisterLayout Fresh() => new LegalUnitLayout();

    // A person in business has no company name: the name used, then the first name used.
    private string? NameOf(IRegisterRows row, ref bool masked) =>
        Text(row, 13, ref masked)
        ?? ((Text(row, 12, ref masked) ?? Text(row, 11, ref masked)) is { } family
            ? $"{family} {Text(row, 5, ref masked) ?? Text(row, 4, ref masked)}".TrimEnd()
            : null);
}
