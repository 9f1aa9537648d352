using System.Text.RegularExpressions;
using Rcu.Identifiers;
using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>Postal code and town, the commune they name, and the department, region and country it lies in.</summary>
internal sealed partial class TownRule : ICleaningRule
{
    // Where letters travel under French postal codes.
    private static readonly string[] FrenchPost = ["FR", "GP", "MQ", "GF", "RE", "YT", "PM", "NC", "PF", "MF", "BL", "WF", "MC"];

    public void Apply(Draft draft)
    {
        draft.Set("street", draft.Read("street"));
        draft.Set("complement", draft.Read("complement"));
        if (draft.Read("postal_city") is { } both)
        {
            Part(draft, both);
        }

        var town = draft.Read("city");
        var abroad = draft["country"] is { } country && !FrenchPost.Contains(country);
        var postalCode = PostalCode(draft, town, abroad);
        if (abroad)
        {
            draft.Set("city", town);
            return;
        }

        var commune = postalCode is null && town is null ? null : Communes.Resolve(postalCode, town);
        City(draft, postalCode, town, commune);
        Locate(draft, postalCode, commune);
    }

    private static void Part(Draft draft, string both)
    {
        var form = CodeThenTown().Match(both);
        form = form.Success ? form : TownThenCode().Match(both);
        if (form.Success)
        {
            draft.Supply("postal_code", form.Groups["code"].Value);
            draft.Supply("city", form.Groups["town"].Value);
        }
        else
        {
            draft.Supply(both.All(c => char.IsDigit(c) || c == ' ') ? "postal_code" : "city", both);
        }
    }

    private static string? PostalCode(Draft draft, string? town, bool abroad)
    {
        if (draft.Read("postal_code") is not { } typed)
        {
            return null;
        }

        if (abroad)
        {
            draft.Set("postal_code", typed.ToUpperInvariant());
            return null;
        }

        var digits = typed.IsDigits(5) ? typed : Decoration().Replace(typed, "").Compact();
        if (digits.IsDigits(4) && (Communes.IsPostalCode($"0{digits}") || (town is not null && Communes.Resolve($"0{digits}", town) is not null)))
        {
            digits = $"0{digits}";
            draft.Warn("postal_code", "postal_code.leading_zero", typed, $"Le zéro perdu du code postal « {typed} » a été remis : {digits}.");
        }

        if (!digits.IsDigits(5) || Departments.OfPostalCode(digits) is null)
        {
            draft.Refuse("postal_code", "postal_code.unreadable", typed, $"« {typed} » n'est pas un code postal français.");
            return null;
        }

        draft.Set("postal_code", digits);
        return digits;
    }

    private static void City(Draft draft, string? postalCode, string? town, Commune? commune)
    {
        var cedex = (town is not null && town.Contains("CEDEX", StringComparison.OrdinalIgnoreCase) && Communes.HasCedex(town)) || (postalCode is not null && !Communes.IsPostalCode(postalCode));
        if (cedex)
        {
            draft.Set("cedex", "true");
        }

        draft.Set("commune_code", commune?.Code);
        draft.Set("city", commune is { Parent: { } parent, IsArrondissement: true } ? Communes.Find(parent)?.Name
            : commune?.Name ?? (town is null ? null : Communes.WithoutCedex(town)));
        if (commune is null && town is not null && postalCode is not null)
        {
            draft.Warn("city", "city.unknown", town, $"« {town} » n'est pas une commune du code postal {postalCode}.");
        }
    }

    private static void Locate(Draft draft, string? postalCode, Commune? commune)
    {
        var department = Departments.Find(commune?.Department) ?? (postalCode is null ? null : Departments.OfPostalCode(postalCode));
        draft.Set("department", department?.Code);
        draft.Set("region", department?.RegionName);
        if (department is not null && draft["country"] is null)
        {
            draft.Set("country", "FR");
        }
    }

    [GeneratedRegex(@"^(F-?)?(?<code>\d{2}\s?\d{3}|\d{4})[\s,-]+(?<town>\p{L}.*)$")]
    private static partial Regex CodeThenTown();

    [GeneratedRegex(@"^(?<town>\p{L}.*?)[\s,(-]+(?<code>\d{2}\s?\d{3})\)?$")]
    private static partial Regex TownThenCode();

    [GeneratedRegex(@"^(F|FR)\s*-?\s*(?=\d)|[.,]0+$", RegexOptions.IgnoreCase)]
    private static partial Regex Decoration();
}
