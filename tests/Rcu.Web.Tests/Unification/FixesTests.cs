using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Ingestion;
using Rcu.Resolution;
using Rcu.Unification.Fixes;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Pages;
using Rcu.Web.Tests.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Unification;

/// <summary>What the hub would put right waits for a yes; a yes can be taken back, and a no is remembered.</summary>
public class FixesTests
{
    [Fact]
    public async Task What_is_accepted_is_typed_evidence_that_undoing_takes_back_and_what_is_rejected_is_not_proposed_again()
    {
        await using var hub = await DemoHub.CopyAsync();
        await using var db = hub.Db();
        await db.Database.ExecuteSqlAsync($"update contacts set email = 'essai' || substr(id::text, 25) || '@gmial.com' where id in (select id from contacts where email is not null and origins #>> array['email', 'source'] <> 'saisie' order by id limit 3)");

        var waiting = await hub.InAsync(s => s.GetRequiredService<FixSearch>().RunAsync(default));
        var group = (await hub.InAsync(s => s.GetRequiredService<FixReview>().ListAsync(default))).Single(g => g.Code == "email.domain" && g.Kind is ClusterKind.Contact);
        var (yes, no) = (group.Samples[0], group.Samples[1]);
        var accepted = (await hub.InAsync(s => s.GetRequiredService<FixReview>().AcceptAsync(new AnswerFixes(ClusterKind.Contact, "email.domain", [yes.Id]), "léa", default))).Value!;
        var rejected = (await hub.InAsync(s => s.GetRequiredService<FixReview>().RejectAsync(new AnswerFixes(ClusterKind.Contact, "email.domain", [no.Id]), "léa", default))).Value!;
        var late = await hub.InAsync(s => s.GetRequiredService<FixReview>().AcceptAsync(new AnswerFixes(ClusterKind.Contact, "email.domain", [no.Id]), "léa", default));
        await hub.RunStagesAsync();
        var corrected = await ContactAsync(hub, yes.GoldenId);
        await hub.InAsync(s => s.GetRequiredService<FixSearch>().RunAsync(default));
        var again = await db.Set<FixProposal>().AsNoTracking().Where(f => f.GoldenId == no.GoldenId && f.Code == "email.domain").Select(f => f.State).ToListAsync();
        var undone = await hub.InAsync(s => s.GetRequiredService<Rcu.Ingestion.Imports>().UndoAsync(accepted.RunId!.Value, "léa", default));
        await hub.RunStagesAsync();
        var back = await ContactAsync(hub, yes.GoldenId);

        Assert.True(waiting >= 3);
        Assert.Equal((1, 1, "fix.none"), (accepted.Count, rejected.Count, late.Error!.Code));
        Assert.Equal((yes.After["email"], "saisie", "steward"), (corrected.Email, corrected.Origins["email"].Source, corrected.Origins["email"].Rule));
        Assert.Equal([FixState.Rejected], again);
        Assert.True(undone.Succeeded);
        Assert.NotEqual("saisie", back.Origins.GetValueOrDefault("email")?.Source);
        Assert.Equal(["fixes.accepted", "fixes.rejected"], await db.Audit.Where(a => a.Action.StartsWith("fixes.")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());
    }

    [Fact]
    public async Task A_whole_group_is_written_as_one_run_and_a_value_that_a_person_typed_is_left_alone()
    {
        await using var hub = await DemoHub.CopyAsync();
        await using var db = hub.Db();
        var ids = await db.Accounts.OrderBy(a => a.Id).Take(30).Select(a => a.Id).ToListAsync();
        await db.Accounts.Where(a => ids.Contains(a.Id)).ExecuteUpdateAsync(set => set.SetProperty(a => a.UsualName, "MENUISERIE DE L'ÉTANG"));
        await db.Database.ExecuteSqlAsync($"update accounts set origins = jsonb_set(origins, array['usual_name'], jsonb_build_object('source', 'saisie', 'value', 'X', 'recordId', id, 'at', now(), 'rule', 'steward', 'lost', '[]'::jsonb)) where id = {ids[0]}");

        await hub.InAsync(s => s.GetRequiredService<FixSearch>().RunAsync(default));
        var typed = await db.Set<FixProposal>().CountAsync(f => f.GoldenId == ids[0] && f.Code == "name.capitals");
        var group = (await hub.InAsync(s => s.GetRequiredService<FixReview>().ListAsync(default))).Single(g => g.Code == "name.capitals");
        var before = await db.Runs.CountAsync(r => r.Stage == Saisie.Stage);
        var done = (await hub.InAsync(s => s.GetRequiredService<FixReview>().AcceptAsync(new AnswerFixes(ClusterKind.Account, "name.capitals"), "léa", default))).Value!;
        var runs = await db.Runs.CountAsync(r => r.Stage == Saisie.Stage) - before;
        await hub.RunStagesAsync();
        var named = await db.Accounts.CountAsync(a => a.UsualName == "Menuiserie de l'Étang");

        Assert.Equal(0, typed);
        Assert.True(group.Count >= 29);
        Assert.Equal((group.Count, 1), (done.Count, runs));
        Assert.Equal(29, named);
    }

    [Fact]
    public async Task A_steward_answers_at_the_page()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await using var db = desk.Db();
        db.Add(new Contact { Name = "Mme Noël", FamilyName = "Mme Noël", GivenName = "Marie", CreatedAt = DateTimeOffset.UtcNow, UpdatedAt = DateTimeOffset.UtcNow });
        await db.SaveChangesAsync();
        const string page = "/qualite/corrections";

        var empty = await desk.Browser.ReadAsync(page);
        await desk.PostAsync(page, $"{page}?handler=Search");
        var shown = await desk.Browser.ReadAsync(page);
        var nothing = await desk.PostAsync(page, page, ("kind", "Contact"), ("code", "civility.in_name"), ("act", "accept_some"));
        var rejected = await desk.PostAsync(page, page, ("kind", "Contact"), ("code", "civility.in_name"), ("act", "reject"));
        var after = await desk.Browser.ReadAsync(page);

        Assert.Contains("Rien à corriger", empty, StringComparison.Ordinal);
        Assert.Contains("Civilité dans le nom", shown, StringComparison.Ordinal);
        Assert.Contains("<del>Mme Noël</del>", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, nothing.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, rejected.StatusCode);
        Assert.Contains("1 refusée", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_lists_and_answers()
    {
        await using var api = await ApiHub.StartAsync();
        await api.InAsync(async s =>
        {
            var db = s.GetRequiredService<Rcu.Data.RcuDb>();
            db.Add(new Contact { Name = "Léa", Email = "lea@gmial.com", CreatedAt = DateTimeOffset.UtcNow, UpdatedAt = DateTimeOffset.UtcNow });
            return await db.SaveChangesAsync();
        });

        var (_, searched) = await api.SendAsync(HttpMethod.Post, "/fixes:search", null);
        var (_, listed) = await api.GetAsync("/fixes");
        var (_, page) = await api.GetAsync("/fixes/contact/email.domain");
        var (rejected, done) = await api.SendAsync(HttpMethod.Post, "/fixes:reject", new { kind = "contact", code = "email.domain" });

        Assert.Equal(1, searched.GetProperty("waiting").GetInt32());
        Assert.Equal("lea@gmail.com", listed.GetProperty("data")[0].GetProperty("samples")[0].GetProperty("after").GetProperty("email").GetString());
        Assert.Equal("Léa", page.GetProperty("data")[0].GetProperty("name").GetString());
        Assert.Equal((HttpStatusCode.OK, 1), (rejected.StatusCode, done.GetProperty("count").GetInt32()));
    }

    private static async Task<Contact> ContactAsync(DemoHub hub, Guid id)
    {
        await using var db = hub.Db();
        return await db.Contacts.AsNoTracking().SingleAsync(c => c.Id == id);
    }
}
