using System.Text.RegularExpressions;
using Rcu.Identifiers;
using Rcu.Reference;

namespace Rcu.Unification.Fixes;

/// <summary>
/// What is likely wrong in official numbers and codes: zeros a spreadsheet took away from a SIREN or a SIRET, when the check digits say
/// where they were and in one way only; an activity code that is of the other edition of the list, or whose next edition is beyond doubt.
/// </summary>
internal static partial class OfficialFixes
{
    private static readonly Dictionary<string, string> Followers = Naf.Certain.ToDictionary(pair => pair.From, pair => pair.To);

    // A 2025 code that two rév. 2 codes lead to says neither.
    private static readonly Dictionary<string, string> Formers = Naf.Certain.GroupBy(pair => pair.To).Where(to => to.Count() == 1).ToDictionary(to => to.Key, to => to.Single().From);

    public static FoundFix? Number(FixSubject subject)
    {
        if (subject.UnreadNumber is not { } typed || subject["siren"] is not null || !Digits().IsMatch(typed))
        {
            return null;
        }

        var digits = typed.Compact();
        List<Siret> sirets = [.. Sirets(digits).Distinct()];
        List<Siren> sirens = sirets.Count > 0 || digits.Length > 9 ? [] : [.. Sirens(digits)];
        return (sirets, sirens) switch
        {
            ([var siret], _) => new FoundFix(
                "siret.zeros", new Dictionary<string, string> { ["siret"] = typed }, new Dictionary<string, string> { ["siren"] = siret.Siren.Value, ["siret"] = siret.Value },
                $"La source a écrit « {typed} » : avec les zéros qu'un tableur enlève, c'est le SIRET {siret.Display}, dont les deux clés sont justes."),
            ([], [var siren]) => new FoundFix(
                "siret.zeros", new Dictionary<string, string> { ["siren"] = typed }, new Dictionary<string, string> { ["siren"] = siren.Value },
                $"La source a écrit « {typed} » : avec les zéros qu'un tableur enlève, c'est le SIREN {siren.Display}, dont la clé est juste."),
            _ => null,
        };
    }

    public static FoundFix? Activity(FixSubject subject)
    {
        if (subject["naf"] is not { } code)
        {
            return null;
        }

        if (Naf.FindRevision2(code) is null && Naf.Find2025(code) is { } later)
        {
            var after = new Dictionary<string, string>();
            if (Formers.TryGetValue(later.Code, out var former))
            {
                after["naf"] = former;
            }

            if (subject["naf2025"] is null)
            {
                after["naf2025"] = later.Code;
            }

            return after.Count == 0 ? null : new FoundFix(
                "naf.edition", new Dictionary<string, string> { ["naf"] = code }, after,
                $"{later.Code} est un code de la NAF 2025, rangé parmi ceux de la NAF rév. 2{(former is null ? "." : $" : il y porte le numéro {former}, au même intitulé.")}");
        }

        return Followers.TryGetValue(code, out var follower) && subject["naf2025"] is null
            ? new FoundFix(
                "naf.follower", new Dictionary<string, string>(), new Dictionary<string, string> { ["naf2025"] = follower },
                $"{code} devient {follower} dans la NAF 2025 : c'est le seul code au même intitulé (« {Naf.Find2025(follower)?.Label} »).")
            : null;
    }

    // Zeros lost in front of the whole, or of the NIC alone where the number was put together from two columns.
    private static IEnumerable<Siret> Sirets(string digits)
    {
        string[] forms = digits.Length switch
        {
            12 or 13 => [digits.PadLeft(14, '0'), digits[..9] + digits[9..].PadLeft(5, '0')],
            10 or 11 => [digits[..9] + digits[9..].PadLeft(5, '0')],
            _ => [],
        };
        return forms.Select(form => Siret.TryParse(form, null, out var siret) ? siret : null).OfType<Siret>();
    }

    private static IEnumerable<Siren> Sirens(string digits) =>
        digits.Length is 7 or 8 && Siren.TryParse(digits.PadLeft(9, '0'), null, out var siren) ? [siren] : [];

    [GeneratedRegex(@"^\d[\d\s\u00a0.]*$")]
    private static partial Regex Digits();
}
