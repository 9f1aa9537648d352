using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>
/// What a company does: a code of NAF rév. 2 or of NAF 2025, with its dot. A code of a former list is never taken for one of these:
/// it is told, and replaced only by the one that bears its label.
/// </summary>
internal sealed class NafRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        Apply(draft, "naf", Naf.Find);
        Apply(draft, "naf2025", Naf.Find2025);
    }

    private static void Apply(Draft draft, string field, Func<string?, NafCode?> find)
    {
        if (draft.Read(field) is not { } typed)
        {
            return;
        }

        var code = CodeOf(typed);
        if (find(code) is { } found)
        {
            draft.Set(field, found.Code);
            return;
        }

        // From spreadsheets, « 113Z » for 0113Z; a dot after two digits says that none is lost.
        var padded = code.IndexOf('.', StringComparison.Ordinal) == 2 ? null : find($"0{code}");
        var former = code.IndexOf('.', StringComparison.Ordinal) == 1 ? null : FormerNaf.Find(code);
        if (former is not null && padded is not null)
        {
            draft.Refuse(
                field, "naf.ambiguous", typed,
                $"« {typed} » peut être {padded.Code} sans son zéro ({padded.Label}) ou {former.Code} de la NAF {former.Edition} ({former.Labels[0]}) : écrivez le code entier.");
        }
        else if (former is not null)
        {
            ApplyFormer(draft, field, typed, former);
        }
        else if (padded is not null)
        {
            draft.Set(field, padded.Code);
            draft.Warn(field, "naf.leading_zero", typed, $"Le zéro perdu du code « {typed} » a été remis : {padded.Code}.");
        }
        else if (code.Length is 4 or 5 && code.All(c => char.IsAsciiDigit(c) || c == '.'))
        {
            draft.Refuse(field, "naf.no_letter", typed, FormerNaf.FindNap(code) is { } nap
                ? $"« {typed} » n'a pas de lettre : c'est une classe, ou un code de la NAP de 1973 ({nap.Labels[0]}), mais pas un code NAF."
                : $"« {typed} » n'a pas de lettre : c'est une classe, pas un code NAF.");
        }
        else
        {
            draft.Refuse(field, "naf.unknown", typed, $"Le code « {typed} » n'est ni dans la NAF rév. 2, ni dans la NAF 2025, ni dans celles d'avant 2008.");
        }
    }

    private static void ApplyFormer(Draft draft, string field, string typed, FormerCode former)
    {
        if (field == "naf" && FormerNaf.Follower(former) is { } follower)
        {
            draft.Set(field, follower);
            draft.Warn(
                field, "naf.former_converted", typed,
                $"« {typed} » est de la NAF {former.Edition}, remplacée en 2008 : {follower} la suit, au même intitulé (« {former.Labels[0]} »).");
            return;
        }

        draft.Refuse(
            field, "naf.former", typed,
            $"« {typed} » est de la NAF {former.Edition}, remplacée en 2008 (« {former.Labels[0]} ») : plusieurs codes peuvent la suivre, aucun n'est retenu. Donnez le code NAF rév. 2.");
    }

    // « 6201Z - Programmation informatique », and « 62.01 Z » as old forms print it.
    private static string CodeOf(string typed)
    {
        var words = typed.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        var code = words is [var digits, [>= 'A' and <= 'Z' or >= 'a' and <= 'z'] or [_, 'p'], ..] && char.IsAsciiDigit(digits[^1]) ? words[0] + words[1] : words[0];
        return code.TrimEnd('-', ':');
    }
}
