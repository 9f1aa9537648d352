using System.Buffers;
using System.Text.RegularExpressions;
using Rcu.Identifiers;

namespace Rcu.Cleaning.Rules;

/// <summary>Telephone numbers, in E.164; a person's mobile is found wherever the source put it.</summary>
internal sealed partial class PhoneRule(bool ofPerson) : ICleaningRule
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("0123456789 +.-()");

    public void Apply(Draft draft)
    {
        var phones = Numbers(draft, "phone");
        var mobiles = Numbers(draft, "mobile");
        if (phones.Count == 0 && mobiles.Count == 0)
        {
            return;
        }

        var all = phones.Concat(mobiles).Distinct().ToList();
        var mobile = mobiles.Find(IsMobile) ?? (ofPerson ? all.Find(IsMobile) : null);
        var phone = phones.Find(p => !IsMobile(p)) ?? all.Find(p => !IsMobile(p)) ?? (ofPerson ? null : all.FirstOrDefault());
        draft.Set("phone", phone?.Value);
        draft.Set("mobile", mobile?.Value);
        if (mobiles.Count > 0 && !mobiles.Exists(IsMobile))
        {
            draft.Warn("mobile", "phone.not_mobile", mobiles[0].Value, $"{mobiles[0].Display} n'est pas un numéro de mobile.");
        }

        if (phone is { Kind: PhoneKind.Special })
        {
            draft.Warn("phone", "phone.special", phone.Value, $"{phone.Display} est un numéro spécial ou surtaxé.");
        }
    }

    private static bool IsMobile(PhoneNumber phone) => phone.Kind is PhoneKind.Mobile;

    private static List<PhoneNumber> Numbers(Draft draft, string field)
    {
        if (draft.Read(field) is not { } typed)
        {
            return [];
        }

        // Only digits and what groups them: one number, without a word.
        var parts = typed.AsSpan().ContainsAnyExcept(Signs) ? Separator().Split(Extension().Replace(typed, "")) : (string[])[typed];
        var numbers = parts
            .Select(part => Read(part, draft["country"]))
            .OfType<PhoneNumber>()
            .ToList();
        if (numbers.Count == 0)
        {
            draft.Refuse(field, "phone.unreadable", typed, $"« {typed} » n'est pas un numéro de téléphone.");
        }
        else if (numbers.RemoveAll(IsFiller) > 0)
        {
            draft.Refuse(field, "phone.filler", typed, $"« {typed} » a été tapé pour remplir la case.");
        }
        else if (numbers.Count > 1)
        {
            draft.Warn(field, "phone.several", typed, $"« {typed} » contient {numbers.Count} numéros.");
        }

        return numbers;
    }

    private static PhoneNumber? Read(string text, string? country)
    {
        // A national number of another country must not be read as a French one.
        return PhoneNumber.TryParseIn(text.AsSpan().ContainsAny('.', ',') ? Decimals().Replace(text, "") : text, country, out var phone) ? phone : null;
    }

    private static bool IsFiller(PhoneNumber phone) => phone.Value[^8..].Distinct().Count() == 1;

    [GeneratedRegex(@"\s*(/|;|\||\bou\b|\bet\b)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\s*(poste|ext\.?|extension)\s*\d+\s*$|^\s*(t[eé]l\.?|mob\.?|portable|port\.?|fixe)\s*:?\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Extension();

    [GeneratedRegex(@"(?<=^\d{9,})[.,]0+$")]
    private static partial Regex Decimals();
}
