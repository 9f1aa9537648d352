using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>What a company does: a code of NAF rév. 2 or of NAF 2025, with its dot.</summary>
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

        // "6201Z - Programmation informatique" and, from spreadsheets, "111Z" for 0111Z.
        var code = typed.Split(' ', 2)[0].TrimEnd('-', ':');
        if (find(code) is { } found)
        {
            draft.Set(field, found.Code);
        }
        else if (find($"0{code}") is { } padded)
        {
            draft.Set(field, padded.Code);
            draft.Warn(field, "naf.leading_zero", typed, $"Le zéro perdu du code « {typed} » a été remis : {padded.Code}.");
        }
        else
        {
            draft.Refuse(field, "naf.unknown", typed, $"Le code « {typed} » n'est ni dans la NAF rév. 2 ni dans la NAF 2025.");
        }
    }
}
