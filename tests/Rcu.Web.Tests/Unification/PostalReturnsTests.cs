using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Unification.Postal;
using Rcu.Web.Tests.Pages;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Unification;

/// <summary>A letter that came back counts against the address it went to, until another comes or the file is taken back.</summary>
public class PostalReturnsTests
{
    [Fact]
    public async Task Returns_flag_the_address_they_went_to_and_a_new_address_lifts_them()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await SampleCustomers.AddToAsync(hub.ConnectionString);
        var (byNumber, bySiren, byName, refused) = (sample.Accounts[13], sample.Accounts[14], sample.Accounts[16], sample.Accounts[15]);
        var file = "Identifiant;Raison sociale;Code postal;Motif;Date retour\n"
            + $"{byNumber.Id};;;NPAI;12/11/2026\n{bySiren.Siren};;;D;13/11/2026\n;{byName.Name.ToUpperInvariant()};{byName.Address.PostalCode};PSA;\n"
            + $"{refused.Id};;;R;\nINCONNU-1;;;NPAI;\n";

        var batch = await ReceiveAsync(hub, file);
        var (first, second, third, good) = (await ReachAsync(hub, byNumber.Id), await ReachAsync(hub, bySiren.Id), await ReachAsync(hub, byName.Id), await ReachAsync(hub, refused.Id));
        await using var db = sample.Open();
        await db.Accounts.Where(a => a.Id == byNumber.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Address.Street, "7 quai Neuf"));
        var moved = await ReachAsync(hub, byNumber.Id);
        await db.Accounts.Where(a => a.Id == bySiren.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Address.Street, bySiren.Address.Street!.ToUpperInvariant()));
        var sameOtherwise = await ReachAsync(hub, bySiren.Id);
        await InAsync(hub, returns => returns.UndoAsync(batch.Id, "léa", default));
        var undone = await ReachAsync(hub, bySiren.Id);

        Assert.Equal((5, 3, 1, 1), (batch.Rows, batch.Flagged, batch.Kept, batch.UnmatchedCount));
        Assert.Equal((6L, "INCONNU-1"), (batch.Unmatched[0].Line, batch.Unmatched[0].Text));
        Assert.Equal((Reach.Invalid, "NPAI du 12/11/2026 : N'habite pas à l'adresse indiquée."), (first.Reach, first.Why));
        Assert.Equal((Reach.Invalid, Reach.Invalid, Reach.Allowed), (second.Reach, third.Reach, good.Reach));
        Assert.Equal(Reach.Allowed, moved.Reach);
        Assert.Equal(Reach.Invalid, sameOtherwise.Reach);
        Assert.Equal(Reach.Allowed, undone.Reach);
        Assert.Equal(["postal_returns.noted", "postal_returns.undone"], await db.Audit.Where(a => a.Action.StartsWith("postal_returns.")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync());
    }

    [Fact]
    public async Task A_steward_brings_the_file_sees_it_on_the_account_and_takes_it_back()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await using var db = desk.Db();
        var account = new Account { Name = "Carrosserie Essai", CreatedAt = DateTimeOffset.UtcNow, UpdatedAt = DateTimeOffset.UtcNow };
        account.Address = new() { Street = "13 rue des Essais", PostalCode = "57000", City = "Metz" };
        db.Add(account);
        await db.SaveChangesAsync();
        const string page = "/qualite/courrier";

        var empty = await desk.Browser.ReadAsync(page);
        var noted = await UploadAsync(desk, $"identifiant;motif;date\n{account.Id};NPAI;12/11/2026\n");
        var unknown = await UploadAsync(desk, "a;b\n1;2\n");
        var listed = await desk.Browser.ReadAsync(page);
        var sheet = await desk.Browser.ReadAsync($"/comptes/{account.Id}");
        var reach = await desk.Browser.ReadAsync($"/comptes/{account.Id}/courrier");
        var batch = await db.Set<PostalReturnBatch>().SingleAsync();
        var undone = await desk.PostAsync(page, $"{page}?handler=Undo", ("id", batch.Id.ToString()));
        var after = await desk.Browser.ReadAsync($"/comptes/{account.Id}/courrier");

        Assert.Contains("Aucun retour noté", empty, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, noted.StatusCode);
        Assert.Contains("ni colonne d’identifiants", WebUtility.HtmlDecode(await unknown.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Contains("1 ligne : 1 adresse à ne plus utiliser", listed, StringComparison.Ordinal);
        Assert.Contains("NPAI du 12/11/2026", reach, StringComparison.Ordinal);
        Assert.Contains($"hx-get=\"/comptes/{account.Id}/courrier\"", sheet, StringComparison.Ordinal);
        Assert.Contains("13 RUE DES ESSAIS", sheet, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, undone.StatusCode);
        Assert.DoesNotContain("NPAI du 12/11/2026", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_back_is_out_of_safe_addresses_counted_by_its_reason_and_told_in_exports()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await SampleCustomers.AddToAsync(hub.ConnectionString);
        var back = sample.Accounts[13];
        var safe = new Condition.Compare("postal_safe", Operator.Is, ["true"]);
        var returned = new Condition.Compare("postal_returned", Operator.Is, ["true"]);
        await using var scope = hub.Services.CreateAsyncScope();
        async Task<SegmentCount> CountAsync(SegmentTarget target, Condition rule) =>
            (await scope.ServiceProvider.GetRequiredService<SegmentCounts>().CountAsync(AccountScope.Hub, target, rule, default)).Value!;

        var before = await CountAsync(SegmentTarget.Accounts, safe);
        var batch = await ReceiveAsync(hub, $"Identifiant;Motif;Date retour\n{back.Id};NPAI;12/11/2026\n");
        var (after, flagged) = (await CountAsync(SegmentTarget.Accounts, safe), await CountAsync(SegmentTarget.Accounts, returned));
        var everyone = await CountAsync(SegmentTarget.Accounts, new Condition.All([]));
        var people = await CountAsync(SegmentTarget.Contacts, new Condition.Compare("account.postal_returned", Operator.Is, ["true"]));
        var segment = await scope.ServiceProvider.GetRequiredService<Segments>().CreateAsync(new SaveSegment("Revenus", null, SegmentTarget.Accounts, returned), "test", default);
        using var file = new MemoryStream();
        await scope.ServiceProvider.GetRequiredService<SegmentExport>().WriteAsync(AccountScope.Hub, segment.Value!.Id, ExportFormat.Csv, file, key => key, default);
        await InAsync(hub, returns => returns.UndoAsync(batch.Id, "léa", default));
        var undone = await CountAsync(SegmentTarget.Accounts, safe);

        Assert.Equal((before.Total - 1, 1, before.Total), (after.Total, flagged.Total, undone.Total));
        Assert.Equal(before.Total - 1, everyone.Reach.ByPost[Reach.Allowed]);
        Assert.Equal((1, everyone.Total), (everyone.Reach.ByPost[Reach.Invalid], everyone.Reach.ByPost.Values.Sum()));
        Assert.Equal(people.Total, people.Reach.ByPost.GetValueOrDefault(Reach.Invalid));
        Assert.Contains("segment.post.Invalid : N'habite pas à l'adresse indiquée", Encoding.UTF8.GetString(file.ToArray()), StringComparison.Ordinal);
    }

    private static Task<PostalReturnBatch> ReceiveAsync(TestHub hub, string content) =>
        InAsync(hub, returns => returns.ReceiveAsync("retours.csv", new MemoryStream(Encoding.UTF8.GetBytes(content)), "léa", default));

    private static async Task<PostalReach> ReachAsync(TestHub hub, Guid account)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        await using var db = SampleCustomers.Open(hub.ConnectionString);
        return await scope.ServiceProvider.GetRequiredService<PostalReturns>().ReachAsync(await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == account), default);
    }

    private static async Task<PostalReturnBatch> InAsync(TestHub hub, Func<PostalReturns, Task<Result<PostalReturnBatch>>> act)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var done = await act(scope.ServiceProvider.GetRequiredService<PostalReturns>());
        Assert.True(done.Succeeded, done.Error?.Code);
        return done.Value!;
    }

    private static async Task<HttpResponseMessage> UploadAsync(StewardDesk desk, string content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await desk.TokenAsync("/qualite/courrier")), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", "retours.csv" },
        };
        return await desk.Browser.PostAsync("/qualite/courrier", form);
    }
}
