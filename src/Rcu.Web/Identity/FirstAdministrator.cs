using System.Security.Cryptography;
using System.Text;
using Rcu.Data;

namespace Rcu.Web.Identity;

/// <summary>
/// The first person to come in shows a code that only someone who can read the program's output knows: there is no
/// account before, and no password that everybody knows.
/// </summary>
internal sealed class FirstAdministrator(Users users, HubSettings settings)
{
    private const string Setting = "setup_code";

    /// <summary>A new code, unless someone came in already. The one before it no longer works.</summary>
    public async Task<string?> NewCodeAsync(CancellationToken ct)
    {
        if (await users.AnyAsync(ct))
        {
            return null;
        }

        var code = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 16);
        await settings.SetAsync(Setting, Hash(code), ct);
        return code;
    }

    public async Task<Result<CreatedUser>> CreateAsync(string code, string email, string name, string password, CancellationToken ct)
    {
        if (await users.AnyAsync(ct))
        {
            return UserErrors.AlreadySetUp;
        }

        var expected = await settings.GetAsync<string>(Setting, ct) ?? "";
        var given = Hash(code.Trim().ToUpperInvariant().Replace("-", "", StringComparison.Ordinal));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(given), Encoding.ASCII.GetBytes(expected)))
        {
            return UserErrors.WrongCode;
        }

        var created = await users.CreateAsync(new CreateUser(email, name, [HubRoles.Admin], password), by: "setup", ct);
        if (created.Succeeded)
        {
            await settings.RemoveAsync(Setting, ct);
        }

        return created;
    }

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
