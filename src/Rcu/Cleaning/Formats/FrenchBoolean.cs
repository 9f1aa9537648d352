using Rcu.Identifiers;

namespace Rcu.Cleaning.Formats;

/// <summary>Yes and no as French files write them: <c>oui</c>, <c>O</c>, <c>x</c>, <c>1</c>, <c>vrai</c>…</summary>
internal static class FrenchBoolean
{
    public static bool? Read(string text) => text is "✓" or "✔" ? true : text.Folded() switch
    {
        "OUI" or "O" or "X" or "OK" or "1" or "TRUE" or "VRAI" or "YES" or "Y" or "ACCORD" or "ACCEPTE" => true,
        "NON" or "N" or "0" or "FALSE" or "FAUX" or "NO" or "KO" or "REFUS" or "REFUSE" => false,
        _ => null,
    };
}
