using Rcu.Identifiers;

namespace Rcu.Cleaning.Rules;

/// <summary>An e-mail address typed in the place of a telephone number, or the reverse: each goes back to its own.</summary>
internal sealed class SwappedCellsRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        var (email, phone) = (draft.Peek("email"), draft.Peek("phone"));
        var (isEmail, isPhone) = (IsEmail(phone), IsPhone(email, draft["country"]));
        if ((isEmail && (isPhone || email is null)) || (isPhone && phone is null))
        {
            draft.Exchange("email", "phone");
            draft.Warn(
                "email", "email.swapped", email ?? phone,
                email is null || phone is null
                    ? $"« {email ?? phone} » était dans la case {(email is null ? "du téléphone" : "de l'e-mail")} : la valeur a été remise à sa place."
                    : $"« {email} » et « {phone} » étaient chacun dans la case de l'autre : ils ont été remis à leur place.");
        }
    }

    private static bool IsEmail(string? text) => text?.Contains('@') is true && EmailAddress.TryParse(text, null, out _);

    private static bool IsPhone(string? text, string? country) => text?.Contains('@') is false && PhoneNumber.TryParseIn(text, country, out _);
}
