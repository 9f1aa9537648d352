using Rcu.Matching;

namespace Rcu.Ingestion.Mapping;

/// <summary>What the values of a column show of its kind, and which kinds they rule out.</summary>
public static class ContentKinds
{
    // Under a header, a few values are a status or a title; asking whether they are towns reads every commune of France.
    private const int FewTowns = 8;

    /// <summary>A header is believed, unless hardly any value looks as it says.</summary>
    public static bool Allows(FieldKind kind, ColumnSample sample) => !sample.IsTelling || kind switch
    {
        FieldKind.Siren or FieldKind.Siret or FieldKind.Vat => sample.Share(ValueShapes.IsOfficial) > .2,
        FieldKind.Email => sample.Share(ValueShapes.HasAtSign) > .2,
        FieldKind.Phone => sample.Share(ValueShapes.IsDialled) > .2,
        FieldKind.Website => sample.Share(ValueShapes.IsWeb) > .2,
        FieldKind.PostalCode or FieldKind.HouseNumber => sample.Share(ValueShapes.IsShortCode) > .2,
        FieldKind.BirthDate => sample.Share(ValueShapes.IsDate) > .2,
        FieldKind.CompanyName or FieldKind.FullName or FieldKind.GivenName or FieldKind.FamilyName or FieldKind.Town or FieldKind.Street
            or FieldKind.Address or FieldKind.JobTitle =>
            sample.Share(ValueShapes.IsNumber) < .8 && sample.Share(ValueShapes.IsEmail) < .5 && sample.Share(ValueShapes.IsDialled) < .5 && !IsYesOrNo(sample),
        FieldKind.Region or FieldKind.Country => !IsYesOrNo(sample),
        _ => true,
    };

    /// <summary>What only values of one kind look like, whatever the header.</summary>
    public static FieldKind? Strong(ColumnSample sample) =>
        !sample.IsTelling ? null
        : sample.Share(ValueShapes.IsEmail) > .6 ? FieldKind.Email
        : sample.Share(ValueShapes.IsSiret) > .6 ? FieldKind.Siret
        : sample.Share(ValueShapes.IsSiren) > .6 ? FieldKind.Siren
        : sample.Share(ValueShapes.IsVat) > .6 ? FieldKind.Vat
        : sample.Share(ValueShapes.IsWeb) > .6 ? FieldKind.Website
        : sample.Share(ValueShapes.IsDate) > .6 ? null
        : sample.Share(ValueShapes.IsFrenchPhone) > .7 ? FieldKind.Phone
        : null;

    /// <summary>Whose name the values are; null when they do not look like names.</summary>
    /// <param name="named">The header says that they are names.</param>
    public static FieldKind? Name(ColumnSample sample, bool named)
    {
        var least = named ? .3 : .5;
        return !sample.IsTelling || sample.Share(ValueShapes.IsNumber) > .5 ? null
            : sample.Share(ValueShapes.HasLegalForm) > (named ? .05 : .12) ? FieldKind.CompanyName
            : sample.Share(ValueShapes.IsStreet) > .4 ? null
            : sample.Share(ValueShapes.IsGivenName) > least && sample.Variety < .9 ? FieldKind.GivenName
            : sample.Share(ValueShapes.IsPerson) > least ? FieldKind.FullName
            : null;
    }

    /// <summary>Which part of an address the values are, when the file does not say it elsewhere.</summary>
    public static FieldKind? Place(ColumnSample sample, bool hasHeader, FieldKind?[] known) =>
        !sample.IsTelling ? null
        : sample.Share(ValueShapes.IsStreet) > .4 ? known.Contains(FieldKind.Street) ? null : FieldKind.Street
        : !known.Contains(FieldKind.PostalCode) && sample.Share(ValueShapes.IsFrenchPostalCode) > .7 ? FieldKind.PostalCode
        : !known.Contains(FieldKind.Town) && sample.Distinct >= (hasHeader ? FewTowns : 2) && sample.Share(ValueShapes.IsTown) > .6 ? FieldKind.Town
        : null;

    private static bool IsYesOrNo(ColumnSample sample) =>
        sample.Distinct <= 2 && sample.Share(value => value.Length == 1 || value.ToUpperInvariant() is "OUI" or "NON" or "YES" or "NO" or "TRUE" or "FALSE") > .9;
}
