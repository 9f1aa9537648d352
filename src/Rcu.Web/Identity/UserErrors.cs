namespace Rcu.Web.Identity;

/// <summary>Why someone was not let in, or not changed.</summary>
internal static class UserErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "user.not_found", "This user does not exist.");

    public static readonly Error EmailTaken = new(ErrorKind.Conflict, "user.email_taken", "A user with this e-mail exists already.");

    public static readonly Error PasswordCommon = new(
        ErrorKind.Invalid, "user.password_common", "This password is one of those that everybody tries: choose another.");

    public static readonly Error LastAdmin = new(
        ErrorKind.Conflict, "user.last_admin", "This is the last administrator: name another first.");

    public static readonly Error WrongCode = new(
        ErrorKind.Forbidden, "setup.wrong_code", "This is not the code printed at the first start.");

    public static readonly Error AlreadySetUp = new(ErrorKind.Conflict, "setup.done", "This hub has its administrator already.");

    public static Error NotAColleague(string email) =>
        new(ErrorKind.Invalid, "user.not_a_colleague", $"{email} signs in to no account: nobody would see it.") { Values = [email] };

    public static Error Refused(string why) => new(ErrorKind.Invalid, "user.refused", why) { Values = [why] };
}
