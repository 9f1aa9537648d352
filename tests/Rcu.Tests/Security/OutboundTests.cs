using System.Net;
using Rcu.Security.Outbound;

namespace Rcu.Tests.Security;

/// <summary>Whatever address is typed, whatever a name resolves to, no socket is opened towards the hub's own network.</summary>
public class OutboundTests
{
    private static readonly OutboundRules Strict = new([]);

    // Each network nobody may make the hub call: its first address, one inside, and where it matters its last.
    public static TheoryData<string> Forbidden => new(
        "0.0.0.0", "0.1.2.3", "0.255.255.255", "10.0.0.0", "10.1.2.3", "10.255.255.255", "100.64.0.0", "100.100.100.100", "100.127.255.255",
        "127.0.0.1", "127.0.0.53", "127.255.255.255", "169.254.0.1", "169.254.169.254", "169.254.255.255", "172.16.0.0", "172.20.10.5",
        "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.1.254", "192.168.255.255", "198.18.0.1",
        "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "233.252.0.1", "239.255.255.250", "240.0.0.1", "250.1.2.3", "255.255.255.255",
        "::", "::1", "::2", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:192.168.0.1", "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "100:0:0:1::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1",
        "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:101::1", "2620:4f:8000::1", "3fff::1", "3fff:fff::1",
        "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fdff:ffff::1", "fe80::1", "fe80::a00:1", "febf::1", "fec0::1", "ff00::1", "ff02::1", "ff05::1:3");

    public static TheoryData<string> Disguised => new(
        "https://2130706433/", "https://0x7f000001/", "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://017700000001/", "https://127.1/",
        "https://127.0.1/", "https://10.1/", "https://0/", "https://[::ffff:7f00:1]/", "https://[::]/", "https://127.0.0.1:443/", "https://127.0.0.1./",
        "http://public.example/", "ftp://public.example/", "file:///etc/passwd", "gopher://public.example/", "ldap://public.example/",
        "https://user@public.example/", "https://public.example@127.0.0.1/", "https://user:secret@public.example/", "https://public.example:22/",
        "https://public.example:25/", "https://public.example:5432/", "https://public.example:6379/", "/relative", "//127.0.0.1/");

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task A_name_that_leads_to_a_network_of_our_own_opens_no_socket(string address)
    {
        using var probe = new Probe(Strict, IPAddress.Parse(address));

        await Assert.ThrowsAsync<HttpRequestException>(() => probe.CallAsync("https://tool.example/"));

        Assert.Empty(probe.Dialled);
        Assert.False(Strict.Allows(IPAddress.Parse(address)));
        Assert.False(Strict.Allows(new Uri($"https://{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}/")));
    }

    [Theory]
    [MemberData(nameof(Disguised))]
    public void An_address_that_is_not_plainly_a_public_https_one_is_refused(string url) =>
        Assert.False(Uri.TryCreate(url, UriKind.Absolute, out var address) && Strict.Allows(address), url);

    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost.")]
    [InlineData("tool.localhost")]
    [InlineData("127.0.0.1.nip.example")]
    [InlineData("ⓛocalhost")]
    public async Task A_name_is_judged_by_what_it_resolves_to(string name)
    {
        using var probe = new Probe(Strict, IPAddress.Loopback);

        await Assert.ThrowsAsync<HttpRequestException>(() => probe.CallAsync($"https://{name}/"));

        Assert.Empty(probe.Dialled);
    }

    [Fact]
    public async Task Of_several_addresses_only_the_public_ones_are_dialled()
    {
        using var probe = new Probe(Strict, IPAddress.Parse("10.0.0.8"), IPAddress.Parse("93.184.216.34"), IPAddress.Parse("::1"));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => probe.CallAsync("https://tool.example/"));

        Assert.Equal([IPAddress.Parse("93.184.216.34")], probe.Dialled);
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_between_two_calls_is_judged_each_time()
    {
        using var probe = new Probe(Strict, IPAddress.Parse("93.184.216.34"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => probe.CallAsync("https://tool.example/"));
        probe.Answers = [IPAddress.Parse("169.254.169.254")];

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => probe.CallAsync("https://tool.example/"));

        Assert.Equal([IPAddress.Parse("93.184.216.34")], probe.Dialled);
        Assert.Equal(2, probe.Resolved);
    }

    [Fact]
    public async Task An_address_named_in_the_settings_is_dialled_and_no_other_beside_it()
    {
        var rules = new OutboundRules(["127.0.0.1"]);
        using var probe = new Probe(rules, IPAddress.Loopback, IPAddress.Parse("127.0.0.2"));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => probe.CallAsync("http://tool.example/"));

        Assert.Equal([IPAddress.Loopback], probe.Dialled);
        Assert.True(rules.Allows(new Uri("http://127.0.0.1:5081/recoit")));
    }

    /// <summary>A client whose names resolve to what a test says, and whose sockets are counted instead of opened.</summary>
    private sealed class Probe : IDisposable
    {
        private readonly OutboundClient _client;

        public Probe(OutboundRules rules, params IPAddress[] answers)
        {
            Answers = answers;
            _client = new OutboundClient(rules, resolve: (_, _) =>
            {
                Resolved++;
                return Task.FromResult(Answers);
            }, dial: (addresses, _, _) =>
            {
                Dialled.AddRange(addresses);
                throw new IOException("No socket is opened here.");
            });
        }

        public IPAddress[] Answers { get; set; }

        public List<IPAddress> Dialled { get; } = [];

        public int Resolved { get; private set; }

        public async Task CallAsync(string url)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            using var answer = await _client.SendAsync(request, CancellationToken.None);
        }

        public void Dispose() => _client.Dispose();
    }
}
