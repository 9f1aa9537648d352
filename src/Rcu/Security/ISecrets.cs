namespace Rcu.Security;

/// <summary>Keeps the secrets of sources and destinations unreadable in the database. The keys are the web project's business.</summary>
public interface ISecrets
{
    string Protect(string secret);

    /// <summary>Null when the keys no longer open it.</summary>
    string? Open(string sealedSecret);
}
