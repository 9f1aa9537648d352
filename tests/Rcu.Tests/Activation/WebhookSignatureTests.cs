using System.Net;
using System.Text;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Security.Outbound;

namespace Rcu.Tests.Activation;

/// <summary>What leaves can be checked by any receiver that follows the standard, and goes nowhere private.</summary>
public class WebhookSignatureTests
{
    // The example the Standard Webhooks specification publishes.
    [Fact]
    public void The_published_example_gives_the_published_signature() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            DateTimeOffset.FromUnixTimeSeconds(1614265330),
            Encoding.UTF8.GetBytes("{\"test\": 2432232314}")));

    [Fact]
    public void Two_secrets_in_rotation_give_two_signatures()
    {
        var (first, second) = (WebhookSignature.NewSecret(), WebhookSignature.NewSecret());

        var both = WebhookSignature.Sign($"{first} {second}", "msg_1", DateTimeOffset.UnixEpoch, "x"u8);

        Assert.Equal(
            [WebhookSignature.Sign(first, "msg_1", DateTimeOffset.UnixEpoch, "x"u8), WebhookSignature.Sign(second, "msg_1", DateTimeOffset.UnixEpoch, "x"u8)],
            both.Split(' '));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("192.0.0.8")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("5f00::1")]
    public void A_private_address_is_refused(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("93.184.215.14")]
    [InlineData("172.32.0.1")]
    [InlineData("2a00:1450:4007:80c::200e")]
    public void A_public_address_is_allowed(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://example.com/hook")]
    [InlineData("https://user:pass@example.com/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com/")]
    [InlineData("/relative")]
    public void An_address_that_is_not_public_https_is_refused(string url) =>
        Assert.False(new OutboundRules([]).Allows(new Uri(url, UriKind.RelativeOrAbsolute)));

    [Fact]
    public void An_address_named_in_the_settings_is_allowed_alone()
    {
        var rules = new OutboundRules(["127.0.0.1"]);

        Assert.True(rules.Allows(new Uri("http://127.0.0.1:9999/hook")));
        Assert.False(rules.Allows(new Uri("http://127.0.0.2:9999/hook")));
        Assert.True(rules.Allows(new Uri("https://hooks.example.com/x")));
    }

    [Fact]
    public async Task A_name_that_leads_to_a_private_address_opens_no_socket()
    {
        using var client = new OutboundClient(new OutboundRules([]));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("https://localhost:1/hook"));

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, default));

        Assert.IsType<AddressRefusedException>(refused.GetBaseException());
    }

    [Fact]
    public void Tries_are_ever_later_scattered_and_never_sooner_than_asked()
    {
        var waits = Enumerable.Range(1, Retries.Most).Select(n => Retries.After(n, asked: null, scatter: 0.5)).ToList();

        Assert.Equal(waits.Order(), waits);
        Assert.True(waits.Aggregate((sum, wait) => sum + wait) > TimeSpan.FromHours(72));
        Assert.Equal(TimeSpan.FromHours(1), Retries.After(1, TimeSpan.FromHours(1), 1));
        Assert.NotEqual(Retries.After(3, null, 0), Retries.After(3, null, 1));
    }
}
