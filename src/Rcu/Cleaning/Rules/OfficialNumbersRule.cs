using Rcu.Identifiers;

namespace Rcu.Cleaning.Rules;

/// <summary>
/// SIREN, SIRET, NIC and VAT number, wherever the source wrote them; each can give the SIREN, and they must agree.
/// A SIRET that fails its check is kept with a warning: INSEE has issued a few.
/// </summary>
internal sealed class OfficialNumbersRule(string prefix) : ICleaningRule
{
    private readonly string _siren = $"{prefix}siren";
    private readonly string _siret = $"{prefix}siret";
    private readonly string _nic = $"{prefix}nic";
    private readonly string _vat = $"{prefix}vat";

    public void Apply(Draft draft)
    {
        var declared = FromSiren(draft);
        var fromSiret = FromSiret(draft);
        var fromVat = FromVat(draft);
        Nic(draft, declared ?? fromSiret);

        if ((declared is null || declared == fromSiret) && fromVat is null)
        {
            draft.Set(_siren, fromSiret?.Value);
            return;
        }

        Siren?[] found = [declared, fromSiret, fromVat];
        var kept = found.OfType<Siren>().GroupBy(siren => siren).OrderByDescending(group => group.Count()).FirstOrDefault()?.Key;
        draft.Set(_siren, kept?.Value);
        if (found.OfType<Siren>().Distinct().Count() > 1)
        {
            draft.Warn(
                _siren,
                "siren.incoherent",
                string.Join(" / ", found.OfType<Siren>().Distinct()),
                $"SIREN, SIRET et numéro de TVA ne désignent pas la même société ; {kept!.Display} est retenu.");
        }
    }

    private Siren? FromSiren(Draft draft)
    {
        if (draft.Read(_siren) is not { } typed)
        {
            return null;
        }

        var digits = OfficialDigits.Of(typed);
        if (Siren.TryParse(digits, null, out var siren))
        {
            return siren;
        }

        if (digits.IsDigits(14))
        {
            draft.Supply(_siret, digits);
            draft.Warn(_siren, "siren.is_siret", typed, $"« {typed} » est un SIRET : le SIREN en est tiré.");
        }
        else if (digits.IsDigits(8) && Siren.TryParse($"0{digits}", null, out siren))
        {
            draft.Warn(_siren, "siren.leading_zero", typed, $"Le zéro perdu du SIREN « {typed} » a été remis : {siren.Display}.");
            return siren;
        }
        else if (VatNumber.TryParse(typed, null, out var vat) && vat.Siren is not null)
        {
            draft.Warn(_siren, "siren.is_vat", typed, $"« {typed} » est un numéro de TVA : le SIREN en est tiré.");
            return vat.Siren;
        }
        else
        {
            draft.Refuse(_siren, OfficialDigits.Reason("siren", typed, digits, 9), typed, $"« {typed} » n'est pas un SIREN.");
        }

        return null;
    }

    private Siren? FromSiret(Draft draft)
    {
        if (draft.Read(_siret) is not { } typed)
        {
            return null;
        }

        var digits = OfficialDigits.Of(typed);
        if (Siret.TryParse(digits, null, out var siret))
        {
            return Keep(draft, siret);
        }

        if (digits.IsDigits(13) && Siret.TryParse($"0{digits}", null, out siret))
        {
            draft.Warn(_siret, "siret.leading_zero", typed, $"Le zéro perdu du SIRET « {typed} » a été remis : {siret.Display}.");
            return Keep(draft, siret);
        }

        if (digits.IsDigits(14) && digits.DigitSum > 0)
        {
            draft.Set(_siret, digits);
            draft.Warn(_siret, "siret.checksum", typed, $"La clé du SIRET « {typed} » est fausse ; il est gardé, à vérifier.");
            return Siren.TryParse(digits[..9], null, out var siren) ? siren : null;
        }

        return SirenInstead(draft, typed, digits);
    }

    private Siren? SirenInstead(Draft draft, string typed, string digits)
    {
        if (Siren.TryParse(digits, null, out var siren) || (digits.IsDigits(8) && Siren.TryParse($"0{digits}", null, out siren)))
        {
            draft.Warn(_siret, "siret.is_siren", typed, $"« {typed} » est un SIREN, sans le NIC de l'établissement.");
            return siren;
        }

        if (OfficialDigits.MaskedSiren(typed) is { } masked)
        {
            draft.Warn(_siret, "siret.masked", typed, $"Le NIC de « {typed} » est masqué ; le SIREN est gardé.");
            return masked;
        }

        if (VatNumber.TryParse(typed, null, out var vat) && vat.Siren is not null)
        {
            draft.Warn(_siret, "siret.is_vat", typed, $"« {typed} » est un numéro de TVA ; le SIREN en est tiré.");
            return vat.Siren;
        }

        draft.Refuse(_siret, OfficialDigits.Reason("siret", typed, digits, 14), typed, $"« {typed} » n'est pas un SIRET.");
        return null;
    }

    private Siren? FromVat(Draft draft)
    {
        if (draft.Read(_vat) is not { } typed)
        {
            return null;
        }

        if (VatNumber.TryParse(typed, null, out var vat))
        {
            draft.Set(_vat, vat.Value);
            return vat.Siren;
        }

        if (Siren.TryParse(typed, null, out var siren))
        {
            draft.Set(_vat, VatNumber.Of(siren).Value);
            draft.Warn(_vat, "vat.is_siren", typed, $"« {typed} » est un SIREN ; le numéro de TVA en est calculé.");
            return siren;
        }

        var compact = typed.Compact().ToUpperInvariant();
        if (compact.Length == 13 && compact.StartsWith("FR", StringComparison.Ordinal) && compact[4..].IsDigits(9))
        {
            draft.Set(_vat, compact);
            draft.Warn(_vat, "vat.checksum", typed, $"La clé du numéro de TVA « {typed} » est fausse ; il est gardé, à vérifier.");
            return null;
        }

        draft.Refuse(_vat, "vat.unreadable", typed, $"« {typed} » n'est pas un numéro de TVA intracommunautaire.");
        return null;
    }

    private Siren Keep(Draft draft, Siret siret)
    {
        draft.Set(_siret, siret.Value);
        draft.Set(_nic, siret.Nic);
        return siret.Siren;
    }

    // Some sources write the SIREN and the NIC in two columns.
    private void Nic(Draft draft, Siren? siren)
    {
        if (draft.Read(_nic) is not { } typed || draft[_siret] is not null)
        {
            return;
        }

        var nic = typed.Compact().PadLeft(5, '0');
        if (siren is not null && Siret.TryParse(siren.Value + nic, null, out var siret))
        {
            Keep(draft, siret);
        }
        else
        {
            draft.Refuse(_nic, "nic.unreadable", typed, $"« {typed} » n'est pas le NIC d'un établissement de cette société.");
        }
    }
}
