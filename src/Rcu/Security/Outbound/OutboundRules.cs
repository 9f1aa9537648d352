using System.Net;

namespace Rcu.Security.Outbound;

/// <summary>The private addresses the hub may call all the same, named one by one in the settings.</summary>
public sealed record OutboundRules(IReadOnlyCollection<string> AllowedAddresses)
{
    public bool Allows(IPAddress address) =>
        PublicAddress.Is(address) || AllowedAddresses.Contains((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString());

    // Where the internet serves https. Other ports are where services listen that nobody meant to offer.
    private static readonly int[] Ports = [443, 4443, 8443, 9443];

    /// <summary>Only https, on its ports, except towards an address named in the settings.</summary>
    public bool Allows(Uri? url) =>
        url is { IsAbsoluteUri: true, UserInfo: "" }
        && ((url.Scheme == Uri.UriSchemeHttps && (Ports.Contains(url.Port) || IsNamed(url))) || (url.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(url.DnsSafeHost, out var named) && !PublicAddress.Is(named)))
        && (!IPAddress.TryParse(url.DnsSafeHost.TrimEnd('.'), out var address) || Allows(address));

    private bool IsNamed(Uri url) => IPAddress.TryParse(url.DnsSafeHost, out var named) && !PublicAddress.Is(named) && Allows(named);
}
