using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Data;
using Rcu.Jobs;

namespace Rcu.Web.Tests.Api;

/// <summary>Who answers a form becomes a contact, of a company even when it was unknown, with the proof of what was agreed.</summary>
public class LeadsApiTests
{
    [Fact]
    public async Task A_lead_makes_its_contact_its_company_and_the_proof_of_its_consent_and_counts_once()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();

        var (first, told) = await api.SendAsync(HttpMethod.Post, "/leads", Body("devis-1"));
        var (_, again) = await api.SendAsync(HttpMethod.Post, "/leads", Body("devis-1"));
        await api.SendAsync(HttpMethod.Post, "/leads", Body("devis-2"));
        await api.WorkAsync<PipelineJob>(told.GetProperty("pipelineRunId").GetGuid());

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(("inserted", "unchanged"), (told.GetProperty("outcome").GetString(), again.GetProperty("outcome").GetString()));
        var (accounts, contacts, consents, interactions) = await api.InAsync(async services =>
        {
            var db = services.GetRequiredService<RcuDb>();
            return (
                await db.Accounts.Where(a => a.Name.Contains("Vasseur")).Select(a => a.Id).ToListAsync(), await db.Contacts.ToListAsync(),
                await db.Consents.Select(c => c.Proof).ToListAsync(), await db.Interactions.Where(i => i.Kind == "form_sent").ToListAsync());
        });
        var account = Assert.Single(accounts);
        Assert.Single(contacts);
        Assert.Equal(2, consents.Count);
        Assert.All(consents, proof => Assert.Contains(
            "(formulaire « Demande de devis », le 02/11/2026 09:30 UTC, depuis 203.0.113.7, texte montré : « J’accepte vos offres. »)", proof, StringComparison.Ordinal));
        Assert.Equal([account, account], interactions.Select(i => i.AccountId));
    }

    [Fact]
    public async Task A_lead_that_says_nobody_is_refused()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();

        var (answer, _) = await api.SendAsync(
            HttpMethod.Post, "/leads", new { source = "web", key = "x", form = "Devis", at = "2026-11-02T09:30:00Z", person = new { civility = "Mme" } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static object Body(string key) => new
    {
        source = "web",
        key,
        form = "Demande de devis",
        at = "2026-11-02T09:30:00Z",
        ip = "203.0.113.7",
        person = new { email = "lea.moreau@vasseur-batiment.fr", givenName = "Léa", familyName = "Moreau" },
        company = new { name = "Vasseur Bâtiment", postalCode = "57000", city = "Metz" },
        consent = new { given = true, text = "J’accepte vos offres." },
        message = "Merci de me rappeler.",
    };
}
