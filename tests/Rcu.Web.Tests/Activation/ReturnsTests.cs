using System.Text;
using Microsoft.EntityFrameworkCore;
using Rcu.Activation;
using Rcu.Activation.Returns;
using Rcu.Customers;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Activation;

/// <summary>Who says no in one tool leaves every other, and is not told so back to the one who said it.</summary>
public class ReturnsTests
{
    [Fact]
    public async Task An_unsubscribe_in_one_tool_takes_the_person_out_of_the_others()
    {
        await using var bench = await ActivationBench.StartAsync(people: 3);
        await using var otherTool = await FakeTool.StartAsync();
        var (brevo, other) = (await bench.ConnectAsync(), await bench.ConnectAsync(tool: otherTool));
        await bench.PushAsync(brevo);
        await bench.PushAsync(other);
        var secret = await bench.InboundSecretAsync(brevo);
        var body = """{ "event": "unsubscribed", "email": "P1@societe.example ", "ts": 1700000000 }"""u8.ToArray();

        var first = await bench.ReturnAsync(brevo, secret, "m-1", body);
        var again = await bench.ReturnAsync(brevo, secret, "m-1", body);
        var asked = await bench.AskedAsync();
        await bench.PushRunAsync(asked.Single(run => run.Subject == other).Id);
        var back = await bench.PushAsync(brevo);

        Assert.Equal((true, 1, 0), (first.Value!.IsNew, first.Value.Taken, first.Value.Ignored));
        Assert.False(again.Value!.IsNew);
        Assert.DoesNotContain(bench.People[1].Id, otherTool.Profiles.Keys);
        Assert.Equal(2, otherTool.Profiles.Count);
        Assert.DoesNotContain(bench.Tool.Calls, call => call.Type == "contact.removed");
        Assert.Equal((3, 1, 2, 0), (back.Counters["entered"], back.Counters["filtered"], back.Counters["unchanged"], back.Counters["delivered"]));
        await using var db = bench.Open();
        var contact = await db.Contacts.SingleAsync(c => c.Id == bench.People[1].Id);
        Assert.Equal(Reach.Opposed, contact.EmailReach);
        Assert.StartsWith("Désinscription de « Outil » le 14/11/2023", contact.EmailReachReason, StringComparison.Ordinal);
        Assert.Equal(1, await db.ToolReturns.CountAsync());
    }

    [Fact]
    public async Task What_is_not_signed_by_the_secret_of_that_tool_changes_nothing()
    {
        await using var bench = await ActivationBench.StartAsync(people: 1);
        var destination = await bench.ConnectAsync();
        var unset = await bench.ReturnAsync(destination, ActivationBench.Secret, "m-1", "{}"u8.ToArray());
        var secret = await bench.InboundSecretAsync(destination);
        var body = """{ "event": "spam", "email": "p0@societe.example" }"""u8.ToArray();

        var wrong = await bench.ReturnAsync(destination, ActivationBench.Secret, "m-1", body);
        var old = await bench.ReturnAsync(destination, secret, "m-1", body, signedAt: bench.Clock.GetUtcNow().AddMinutes(-6));
        var bearer = await bench.ReturnAsync(destination, secret, null, body, bearer: "whsec_0000");
        var right = await bench.ReturnAsync(destination, secret, null, body, bearer: secret);

        Assert.All([unset, wrong, old, bearer], refused => Assert.Equal("connection.bad_signature", refused.Error!.Code));
        Assert.Equal(1, right.Value!.Taken);
    }

    [Theory]
    [InlineData("application/json", """{"event":"unsubscribed","email":"a@b.example","ts":1700000000}""", "Unsubscribed")]
    [InlineData("application/json", """[{"event":"unsub","email":"a@b.example"},{"event":"open","email":"a@b.example"}]""", "Unsubscribed")]
    [InlineData("application/json", """{"event":"bounce","email":"a@b.example","hard_bounce":true}""", "Bounced")]
    [InlineData("application/json", """{"event":"bounce","email":"a@b.example","hard_bounce":false}""", "")]
    [InlineData("application/json", """{"event":"hard_bounce","email":"a@b.example"}""", "Bounced")]
    [InlineData("application/json", """{"events":[{"type":"contact.complained","data":{"email":"a@b.example"}},{"kind":"complaint","email":"a@b.example"}]}""", "Complained")]
    [InlineData("application/json", """[{"subscriptionType":"contact.propertyChange","propertyName":"hs_email_optout","propertyValue":"true","objectId":42}]""", "Unsubscribed")]
    [InlineData("application/json", """[{"propertyName":"hs_email_optout","propertyValue":"false","objectId":42}]""", "")]
    [InlineData("application/x-www-form-urlencoded", "type=unsubscribe&data%5Bemail%5D=a%40b.example&fired_at=2026-03-26+21%3A35%3A57", "Unsubscribed")]
    [InlineData("application/x-www-form-urlencoded", "type=cleaned&data%5Bemail%5D=a%40b.example", "Bounced")]
    public void The_words_of_each_tool_are_understood(string type, string body, string kinds)
    {
        var read = ReturnReader.Read(type, Encoding.UTF8.GetBytes(body), DateTimeOffset.UnixEpoch.AddYears(60));

        Assert.Equal(kinds, string.Join(",", read!.Value.Returns.Select(one => one.Kind)));
        Assert.All(read.Value.Returns, one => Assert.True(one.Email == "a@b.example" || one.RemoteId == "42"));
    }

    [Fact]
    public void What_is_no_message_is_refused() => Assert.Null(ReturnReader.Read("application/json", "<html>"u8.ToArray(), DateTimeOffset.UnixEpoch));

    [Fact]
    public async Task Why_somebody_is_not_in_a_tool_is_one_call_away()
    {
        await using var bench = await ActivationBench.StartAsync(people: 4);
        await bench.OpposeAsync(bench.People[0]);
        var destination = await bench.ConnectAsync();
        bench.Tool.Judge = call => new FakeReply(call.Profile == bench.People[1].Id ? 400 : 200);
        await bench.PushAsync(destination);
        await using var db = bench.Open();
        var gone = bench.People[3].Id;
        await db.Contacts.Where(c => c.Id == gone).ExecuteUpdateAsync(c => c.SetProperty(x => x.Sources, new List<string> { "web" }));
        await bench.PushAsync(destination);
        var whereabouts = new Whereabouts(db, new SegmentPeople(db, new SegmentRules(db), bench.Clock));

        var lines = new List<Whereabout>();
        foreach (var person in bench.People)
        {
            lines.Add(Assert.Single(await whereabouts.OfAsync(AccountScope.Hub, SegmentTarget.Contacts, person.Id, default)));
        }

        Assert.Equal([Where.LeftOut, Where.Refused, Where.Present, Where.OutOfSegment], lines.Select(line => line.Where));
        Assert.Equal("S’est opposée le 3 mars.", lines[0].Why);
        Assert.Equal("L’outil refuse cette fiche (400).", lines[1].Why);
        Assert.False(lines[3].Rule!.Holds);
        Assert.Empty(await whereabouts.OfAsync(AccountScope.Hub, SegmentTarget.Contacts, Guid.CreateVersion7(), default));
    }
}
