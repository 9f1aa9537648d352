using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Resolution;

namespace Rcu.Web.Tests.Unification;

/// <summary>A tool dates its record anew when the hub writes one field there: what it said before is no newer for that.</summary>
public class FieldDatesTests
{
    private static readonly DateTimeOffset Winter = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Older_words_of_a_tool_win_nothing_from_what_the_hub_wrote_beside_them_and_what_is_typed_there_does()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        await SayAsync(api, "crm", "H1", "anne.keller@ancien.example", "0199000001", Winter);
        await SayAsync(api, "erp", "E1", "anne.keller@vasseur.example", "0199000002", Winter.AddMonths(2));
        await api.ResolveAsync();
        var before = await EmailAsync(api);
        await FeedAsync(api, "0199000002");

        // The phone comes back from the tool, which dates its whole record from that day; then so does a post that a person typed there.
        await SayAsync(api, "crm", "H1", "anne.keller@ancien.example", "0199000002", Winter.AddMonths(3));
        await api.ResolveAsync();
        var told = await EmailAsync(api);
        var past = await PastEmailAsync(api);
        await SayAsync(api, "crm", "H1", "anne.keller@ancien.example", "0199000002", Winter.AddMonths(4), "Directrice achats");
        await api.ResolveAsync();
        var posted = (await EmailAsync(api), await ContactAsync(api));
        await SayAsync(api, "crm", "H1", "anne.keller@nouveau.example", "0199000002", Winter.AddMonths(5), "Directrice achats");
        await api.ResolveAsync();
        var typed = await EmailAsync(api);

        Assert.Equal(("anne.keller@vasseur.example", "erp", Winter.AddMonths(2)), (before.Value, before.Source, before.At));
        Assert.Equal(("anne.keller@vasseur.example", "erp"), (told.Value, told.Source));
        Assert.Equal(("crm", Winter), (told.Lost.Single().Source, told.Lost.Single().At));
        Assert.Equal(told.Value, past);
        Assert.Equal(("anne.keller@vasseur.example", "Directrice achats"), (posted.Item1.Value, posted.Item2.JobTitle));
        Assert.Equal(Winter.AddMonths(4), posted.Item2.Origins["job_title"].At);
        Assert.Equal(("anne.keller@nouveau.example", "crm", Winter.AddMonths(5)), (typed.Value, typed.Source, typed.At));
    }

    private static async Task SayAsync(ApiHub api, string source, string key, string email, string phone, DateTimeOffset at, string? post = null)
    {
        var (answer, body) = await api.SendAsync(HttpMethod.Put, $"/contacts/by-key/{source}/{key}", new
        {
            givenName = "Anne",
            familyName = "Keller",
            mobile = "0639980001",
            companyName = "Menuiserie Vasseur",
            companySiren = "732829320",
            email,
            phone,
            jobTitle = post,
            seenAt = at,
        });
        Assert.True(answer.IsSuccessStatusCode, body.ToString());
    }

    // The CRM becomes a HubSpot account that is read, and that was told the phone of the ERP.
    private static async Task FeedAsync(ApiHub api, string phone)
    {
        await using var db = api.Open();
        var contact = await ContactAsync(api);
        await db.Database.ExecuteSqlAsync(
            $$"""
            insert into source_connections (id, source_id, feed_id, name, kind, settings, state, created_by, created_at)
            select new_id(), s.id, f.id, 'HubSpot', 'hubspot', jsonb_build_object(), 'Paused', 'test', now()
            from sources s join feeds f on f.source_id = s.id where s.name = 'crm' limit 1;
            with told as (
              insert into destinations (id, name, kind, settings, state, created_by, created_at)
              values (new_id(), 'HubSpot', 'hubspot', jsonb_build_object(), 'Paused', 'test', now()) returning id)
            insert into destination_profiles (destination_id, profile_id, content_hash, remote_id, payload, name, sent_at)
            select id, {{contact.Id}}, '\x00'::bytea, 'H1', jsonb_build_object('family_name', 'Keller', 'phone', {{phone}}::text), '', now() from told
            """);
    }

    private static async Task<Contact> ContactAsync(ApiHub api)
    {
        await using var db = api.Open();
        return await db.Contacts.AsNoTracking().SingleAsync();
    }

    private static async Task<Origin> EmailAsync(ApiHub api) => (await ContactAsync(api)).Origins["email"];

    private static async Task<string?> PastEmailAsync(ApiHub api)
    {
        var (_, body) = await api.GetAsync($"/contacts/{(await ContactAsync(api)).Id}/as-of?at={Uri.EscapeDataString($"{DateTimeOffset.UtcNow:O}")}");
        return body.GetProperty("fields").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "email").GetProperty("then").GetProperty("value").GetString();
    }
}
