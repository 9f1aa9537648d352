using System.Globalization;
using System.Text.RegularExpressions;
using Rcu.Cleaning.Formats;
using Rcu.Identifiers;
using Rcu.Reference;
using Rcu.Resolution;

namespace Rcu.Unification.Fixes;

/// <summary>
/// Looks at one account or contact for what is very likely wrong and can be put right: each problem with its fix and its reason.
/// Pure: the same values give the same proposals. A value that a person typed is never put in question.
/// </summary>
internal static partial class FixFinder
{
    /// <summary>The problems it knows, in the order people see them.</summary>
    public static readonly IReadOnlyList<string> Codes =
        ["siret.zeros", "email.domain", "phone.hidden", "city.postal_code", "civility.in_name", "name.capitals", "job_title.capitals", "naf.edition", "naf.follower"];

    public static IEnumerable<FoundFix> Find(ClusterKind kind, FixSubject subject)
    {
        var found = kind is ClusterKind.Account
            ? new[] { OfficialFixes.Number(subject), Email(subject), Phone(subject, kind), City(subject), Name(subject), OfficialFixes.Activity(subject) }
            : [Email(subject), Phone(subject, kind), Civility(subject), JobTitle(subject)];
        return found.OfType<FoundFix>();
    }

    private static FoundFix? Email(FixSubject subject) =>
        subject["email"] is { } typed && EmailAddress.TryParse(typed, null, out var email) && MistypedMail.Meant(email) is { } meant
            ? FoundFix.Of("email.domain", "email", typed, meant.Value, $"Le domaine « {email.Domain} » n'existe pas ou n'est pas une messagerie : c'est sans doute « {meant.Domain} ».")
            : null;

    // A number among words, in a cell nobody could read: only when it is the only one.
    private static FoundFix? Phone(FixSubject subject, ClusterKind kind)
    {
        if (subject.UnreadPhone is not { } text || subject["phone"] is not null)
        {
            return null;
        }

        var numbers = FrenchNumber().Matches(text).Select(match => PhoneNumber.TryParse(match.Value, null, out var phone) ? phone : null).OfType<PhoneNumber>().Distinct().ToList();
        if (numbers is not [var only])
        {
            return null;
        }

        var field = kind is ClusterKind.Contact && only.Kind is PhoneKind.Mobile ? "mobile" : "phone";
        return subject[field] is not null ? null
            : new FoundFix(
                "phone.hidden", new Dictionary<string, string> { [field] = text }, new Dictionary<string, string> { [field] = only.Value },
                $"La source a écrit « {text} » : on y lit un seul numéro, {only.Display}.");
    }

    private static FoundFix? City(FixSubject subject)
    {
        if (subject["country"] is not (null or "FR") || subject["postal_code"] is not { } code || subject["city"] is not { } city
            || !Communes.IsPostalCode(code) || Communes.HasCedex(city) || Communes.Resolve(code, city) is not null)
        {
            return null;
        }

        var served = Communes.OfPostalCode(code);
        var name = city.Folded();
        var near = served.Where(commune => Near(name, commune.Name.Folded())).ToList();
        return near is [var close] ? FoundFix.Of("city.postal_code", "city", city, close.Name, $"Le code postal {code} ne dessert pas « {city} » ; il dessert {close.Name}, qui s'écrit presque de même.")
            : near.Count == 0 && served is [var only] && Communes.Resolve(null, city) is null
                ? FoundFix.Of("city.postal_code", "city", city, only.Name, $"« {city} » n'est pas une commune connue ; le code postal {code} n'en dessert qu'une : {only.Name}.")
            : null;
    }

    private static FoundFix? Civility(FixSubject subject)
    {
        foreach (var field in new[] { "family_name", "given_name" })
        {
            if (subject[field]?.Split(' ', 2) is not [var title, { Length: > 1 } rest] || !TitleWord().IsMatch(title) || !Civilities.Contains(title))
            {
                continue;
            }

            var (before, after) = (new Dictionary<string, string> { [field] = subject[field]! }, new Dictionary<string, string> { [field] = PersonName.Cased(rest) });
            if (subject["civility"] is null && Civilities.Of(title) is { } civility)
            {
                after["civility"] = civility;
            }

            return new FoundFix("civility.in_name", before, after, $"« {title} » est une civilité, pas une partie du nom.");
        }

        return null;
    }

    private static FoundFix? Name(FixSubject subject) =>
        subject["usual_name"] is { Length: > 4 } name && name.IsShouted() && CompanyName.Cased(name) is var cased && cased != name
            ? FoundFix.Of("name.capitals", "usual_name", name, cased, "Le nom est tout en capitales.")
            : null;

    private static FoundFix? JobTitle(FixSubject subject)
    {
        if (subject["job_title"] is not { Length: > 5 } title || !title.IsShouted())
        {
            return null;
        }

        var words = title.Split(' ');
        var cased = string.Join(' ', words.Select((word, i) =>
            word.Length <= 3 && !SmallWord().IsMatch(word) ? word
            : i == 0 ? $"{word[..1]}{word[1..].ToLower(CultureInfo.InvariantCulture)}"
            : word.ToLower(CultureInfo.InvariantCulture)));
        return cased == title ? null : FoundFix.Of("job_title.capitals", "job_title", title, cased, "La fonction est toute en capitales.");
    }

    // One or two letters apart, and no shorter than that makes sense.
    private static bool Near(string one, string two)
    {
        var most = Math.Min(one.Length, two.Length) >= 8 ? 2 : Math.Min(one.Length, two.Length) >= 5 ? 1 : 0;
        return most > 0 && Math.Abs(one.Length - two.Length) <= most && Distance(one, two) <= most;
    }

    private static int Distance(string one, string two)
    {
        var row = Enumerable.Range(0, two.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (corner, left) = (row[0], row[0] = i);
            for (var j = 1; j <= two.Length; j++)
            {
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, left + 1), corner + (one[i - 1] == two[j - 1] ? 0 : 1)));
                left = row[j];
            }
        }

        return row[^1];
    }

    [GeneratedRegex(@"(?<!\d)(?:\+33|0033|0)\s?[1-9](?:[ .\-]?\d{2}){4}(?!\d)")]
    private static partial Regex FrenchNumber();

    [GeneratedRegex(@"^(?:m\.|mr\.?|mme\.?|mlle\.?|mrs\.?|monsieur|madame|mademoiselle)$", RegexOptions.IgnoreCase)]
    private static partial Regex TitleWord();

    [GeneratedRegex(@"^(?:DE|DU|DES|LA|LE|LES|ET|EN|AU|AUX|A|À)$")]
    private static partial Regex SmallWord();
}

/// <summary>One problem and its fix.</summary>
internal sealed record FoundFix(string Code, IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After, string Reason)
{
    public static FoundFix Of(string code, string field, string before, string after, string reason) =>
        new(code, new Dictionary<string, string> { [field] = before }, new Dictionary<string, string> { [field] = after }, reason);
}

/// <summary>An account or a contact as the finder sees it: its values that no person typed.</summary>
/// <param name="UnreadPhone">What a source wrote for a phone and Cleaning could not read.</param>
/// <param name="UnreadNumber">The same for a SIREN or a SIRET that has not its length.</param>
internal sealed record FixSubject(Guid Id, string Name, IReadOnlyDictionary<string, string> Values, string? UnreadPhone, string? UnreadNumber = null)
{
    public string? this[string field] => Values.GetValueOrDefault(field) is { Length: > 0 } value ? value : null;
}
