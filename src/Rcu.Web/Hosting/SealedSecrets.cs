using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Rcu.Security;

namespace Rcu.Web.Hosting;

/// <summary>Seals the secrets of sources and destinations with the keys that the hub keeps in its database.</summary>
internal sealed class SealedSecrets(IDataProtectionProvider keys) : ISecrets
{
    private readonly IDataProtector _protector = keys.CreateProtector("rcu.destinations");

    public string Protect(string secret) => _protector.Protect(secret);

    public string? Open(string sealedSecret)
    {
        try
        {
            return _protector.Unprotect(sealedSecret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
