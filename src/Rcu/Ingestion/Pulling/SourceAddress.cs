using System.Net;
using System.Net.Sockets;
using Rcu.Security.Outbound;

namespace Rcu.Ingestion.Pulling;

/// <summary>
/// The address of a server that somebody named in a form. Its name is looked up here, and it is that very address which is then called:
/// nothing else can answer for the name in between.
/// </summary>
internal static class SourceAddress
{
    /// <summary>The address to call, of IPv4 where it has one, or why none is.</summary>
    public static async Task<(IPAddress? Address, PullAnswer? Failure)> FindAsync(
        string host, OutboundRules rules, CancellationToken ct, AddressFamily family = AddressFamily.Unspecified)
    {
        IPAddress[] found;
        try
        {
            found = await Dns.GetHostAddressesAsync(host, family, ct);
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            found = [];
        }

        // One address that may not be called among those of a name, and none of them is.
        var called = Array.Exists(found, IsOld) ? Array.FindAll(found, IsOld) : found;
        return called.Length == 0 ? (null, new PullAnswer.RetryAfter($"Le serveur « {host} » est inconnu."))
            : Array.Find(called, address => !rules.Allows(address)) is { } closed ? (null, new PullAnswer.Refused(NotPublic(closed)))
            : (called[0], null);

        static bool IsOld(IPAddress address) => address.AddressFamily is AddressFamily.InterNetwork;
    }

    public static string NotPublic(IPAddress address) =>
        $"L’adresse {address} n’est pas publique : l’administrateur la nomme dans Activation:AllowedAddresses si elle est bien la vôtre.";
}
