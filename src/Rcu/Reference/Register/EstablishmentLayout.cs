using System.Text;
using Rcu.Data;

namespace Rcu.Reference.Register;

/// <summary>StockEtablissement: where legal units work, head offices among them.</summary>
internal sealed class EstablishmentLayout() : RegisterLayout("establishments", "StockEtablissement", Official, "dateDernierTraitementEtablissement")
{
    private const int Number = 11;

    private static readonly string[] Official =
    [
        "siret", "siren", "statutDiffusionEtablissement", "etablissementSiege", "etatAdministratifEtablissement", "dateDebut",
        "dateCreationEtablissement", "enseigne1Etablissement", "denominationUsuelleEtablissement", "complementAdresseEtablissement",
        "distributionSpecialeEtablissement", "numeroVoieEtablissement", "indiceRepetitionEtablissement", "typeVoieEtablissement",
        "libelleVoieEtablissement", "codePostalEtablissement", "libelleCommuneEtablissement", "codeCommuneEtablissement",
        "codePaysEtrangerEtablissement", "activitePrincipaleEtablissement", "nomenclatureActivitePrincipaleEtablissement",
        "activitePrincipaleNAF25Etablissement", "trancheEffectifsEtablissement", "libellePaysEtrangerEtablissement",
    ];

    private static readonly Dictionary<string, string[]> Filling = new()
    {
        ["etablissementSiege"] = ["is_head_office"],
        ["dateDebut"] = ["state_since"],
        ["dateCreationEtablissement"] = ["founded_on"],
        ["enseigne1Etablissement"] = ["sign", "name_key"],
        ["denominationUsuelleEtablissement"] = ["usual_name", "name_key"],
        ["complementAdresseEtablissement"] = ["complement"],
        ["distributionSpecialeEtablissement"] = ["special"],
        ["libelleVoieEtablissement"] = ["street"],
        ["codePostalEtablissement"] = ["postal_code"],
        ["libelleCommuneEtablissement"] = ["city"],
        ["codeCommuneEtablissement"] = ["commune_code"],
        ["libellePaysEtrangerEtablissement"] = ["country"],
        ["activitePrincipaleEtablissement"] = ["naf", "naf_edition"],
        ["nomenclatureActivitePrincipaleEtablissement"] = ["naf", "naf_edition"],
        ["activitePrincipaleNAF25Etablissement"] = ["naf2025"],
        ["trancheEffectifsEtablissement"] = ["headcount_band"],
    };

    public override IReadOnlyDictionary<string, string[]> Fills => Filling;

    public override IReadOnlyList<string> Needed => ["siret", "siren", "statutDiffusionEtablissement", "etatAdministratifEtablissement"];

    public override string Table =>
        "register.establishments_next (siret, siren, diffusion, is_head_office, state, state_since, founded_on, sign, usual_name, name_key, "
        + "complement, street, special, postal_code, city, commune_code, country, naf, naf_edition, naf2025, headcount_band, masked)";

    public override string? Write(IRegisterRows row, CopyRows rows)
    {
        if (!IsDigits(Bytes(row, 0), 14) || !Bytes(row, 0)[..9].SequenceEqual(Bytes(row, 1)))
        {
            return RegisterErrors.BadNumber;
        }

        if (Diffusion(Bytes(row, 2)) is not { } diffusion)
        {
            return RegisterErrors.BadDiffusion;
        }

        if (!TryDate(Bytes(row, 5), out var since) || !TryDate(Bytes(row, 6), out var founded))
        {
            return RegisterErrors.BadDate;
        }

        var masked = false;
        var sign = Text(row, 7, ref masked);
        var usual = Text(row, 8, ref masked);
        rows.Begin(22);
        rows.AddText(Bytes(row, 0));
        rows.AddText(Bytes(row, 1));
        rows.Add(diffusion);
        rows.Add(IsTrue(Bytes(row, 3)));
        rows.AddFilled(Filled(row, 4, ref masked));
        rows.Add(since);
        rows.Add(founded);
        rows.Add(sign);
        rows.Add(usual);
        rows.Add(diffusion is "P" ? null : RegisterNames.KeyOf(sign ?? usual));
        rows.AddFilled(Filled(row, 9, ref masked));
        rows.Add(StreetOf(row, ref masked));
        rows.AddFilled(Filled(row, 10, ref masked));
        rows.AddFilled(Filled(row, 15, ref masked));
        rows.AddFilled(Filled(row, 16, ref masked));
        rows.AddFilled(Filled(row, 17, ref masked));
        rows.AddFilled(Filled(row, 23, ref masked));
        rows.AddFilled(Filled(row, 19, ref masked));
        rows.AddFilled(Filled(row, 20, ref masked));
        rows.AddFilled(Filled(row, 21, ref masked));
        rows.AddFilled(Filled(row, 22, ref masked));
        rows.Add(masked);
        return null;
    }

    protected override RegisterLayout Fresh() => new EstablishmentLayout();

    private string? StreetOf(IRegisterRows row, ref bool masked)
    {
        var street = new StringBuilder();
        for (var part = Number; part < Number + 4; part++)
        {
            if (Text(row, part, ref masked) is { } text)
            {
                street.Append(street.Length > 0 ? " " : "").Append(text);
            }
        }

        return street.Length > 0 ? street.ToString() : null;
    }
}
