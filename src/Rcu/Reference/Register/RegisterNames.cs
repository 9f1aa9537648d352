using Rcu.Identifiers;

namespace Rcu.Reference.Register;

/// <summary>How the register's names are compared: folded, without the legal form. A hidden name has none.</summary>
internal static class RegisterNames
{
    public static string? KeyOf(string? name) =>
        string.IsNullOrWhiteSpace(name) ? null
        : LegalForms.TakeOut(name).Bare.Folded() is { Length: > 0 } bare ? bare
        : name.Folded() is { Length: > 0 } folded ? folded : null;
}
