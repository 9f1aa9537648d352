using Rcu.Cleaning.Formats;
using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>Civility, given name and family name, from two columns (sometimes swapped) or from one in any order.</summary>
internal sealed class PersonNameRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        Civility(draft);
        var (given, family, full) = (draft.Read("given_name"), draft.Read("family_name"), draft.Read("full_name"));
        if (given is null && family is null)
        {
            One(draft, "full_name", full);
        }
        else if (given is null && LooksWhole(family!))
        {
            draft.Warn("family_name", "name.whole_in_family", family, $"« {family} » tient prénom et nom dans la même colonne.");
            One(draft, "family_name", family);
        }
        else if (family is null && given!.Contains(' ', StringComparison.Ordinal) && LooksWhole(given))
        {
            draft.Warn("given_name", "name.whole_in_given", given, $"« {given} » tient prénom et nom dans la même colonne.");
            One(draft, "given_name", given);
        }
        else
        {
            Two(draft, given, family);
        }

        draft.Set("company_name", draft.Read("company_name"));
    }

    private static void Civility(Draft draft)
    {
        if (draft.Read("civility") is { } typed)
        {
            draft.Set("civility", Civilities.Of(typed));
            if (!Civilities.Contains(typed))
            {
                draft.Refuse("civility", "civility.unknown", typed, $"La civilité « {typed} » n'est pas connue.");
            }
        }
    }

    private static void One(Draft draft, string field, string? text)
    {
        if (text is null)
        {
            return;
        }

        var name = PersonName.Read(text);
        draft.Set("civility", draft["civility"] ?? name.Civility);
        draft.Set("given_name", name.Given);
        draft.Set("family_name", name.Family);
        if (name.Doubtful)
        {
            draft.Warn(field, "name.order", text, $"« {text} » : les deux mots peuvent être un prénom ; lu prénom puis nom.");
        }
    }

    private static void Two(Draft draft, string? given, string? family)
    {
        if (given is not null && family is not null && AreSwapped(given, family))
        {
            draft.Warn("given_name", "name.swapped", given, $"Prénom et nom étaient inversés : « {family} » est le prénom.");
            (given, family) = (family, given);
        }

        if (given is not null && given.Split(' ', 2) is [var title, var rest] && Civilities.Contains(title) && !PersonName.IsInitial(rest))
        {
            draft.Set("civility", draft["civility"] ?? Civilities.Of(title));
            given = rest;
        }

        draft.Set("given_name", given is null ? null : PersonName.Cased(given));
        draft.Set("family_name", family is null ? null : PersonName.Cased(family));
    }

    // Only on evidence from both sides: many family names are given names too.
    private static bool AreSwapped(string given, string family) =>
        !PersonName.IsInitial(given)
        && GivenNames.Contains(family)
        && !GivenNames.Contains(given)
        && (FamilyNames.Contains(given) || !FamilyNames.Contains(family));

    private static bool LooksWhole(string text)
    {
        var words = text.Split(' ');
        return words.Length > 1 && (Civilities.Contains(words[0]) || GivenNames.Contains(words[0]) || GivenNames.Contains(words[^1]));
    }
}
