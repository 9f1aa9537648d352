using Microsoft.AspNetCore.Identity;

namespace Rcu.Web.Identity;

/// <summary>Refuses what everybody tries first: no rule of composition, but none of these, whatever is put around them.</summary>
internal sealed class CommonPasswords : IPasswordValidator<User>
{
    private static readonly string[] Stems =
    [
        "password", "motdepasse", "passw0rd", "azertyuiop", "azerty", "qwertyuiop", "qwerty", "administrateur", "administrator",
        "admin", "bonjour", "jetaime", "iloveyou", "letmein", "welcome", "bienvenue", "soleil", "doudou", "loulou", "chocolat",
        "marseille", "football", "princesse", "dragon", "superman", "nicolas", "camille", "secret", "changeme", "changezmoi",
        "referentiel", "rcu", "demo", "test", "root", "user", "abc", "abcdef", "entreprise", "societe", "france", "paris",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(IsCommon(password ?? "", user.Email) ? IdentityResult.Failed(new IdentityError { Code = "user.password_common" }) : IdentityResult.Success);

    /// <summary>A word of the list, or the person's own name, said again or followed by figures, or one character repeated.</summary>
    public static bool IsCommon(string password, string? email)
    {
        var letters = string.Concat(password.ToLowerInvariant().Where(char.IsLetter));
        var own = email?.Split('@')[0] ?? "";
        string[] stems = [.. Stems, .. own.Length > 3 ? new[] { string.Concat(own.ToLowerInvariant().Where(char.IsLetter)) } : []];
        return password.Distinct().Count() < 5
            || letters.Length < 4
            || Array.Exists(stems, stem => stem.Length > 0 && letters.Replace(stem, "", StringComparison.Ordinal).Length < 3);
    }
}
