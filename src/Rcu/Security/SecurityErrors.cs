namespace Rcu.Security;

/// <summary>Why a program was not let in, or a key not changed.</summary>
public static class SecurityErrors
{
    public static readonly Error KeyNotFound = new(ErrorKind.NotFound, "api_key.not_found", "This key does not exist.");
}
