using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Demo;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Web.Commands;
using Rcu.Web.Hosting;
using Rcu.Web.Tests.Support;
using HubConnections = Rcu.Web.Hosting.HubConnections;

namespace Rcu.Web.Tests.Unification;

/// <summary>What people type is evidence that wins, and that can be taken back.</summary>
public sealed class EditsTests : IAsyncLifetime
{
    private const string Steward = "steward@example";

    private readonly string _folder = Directory.CreateTempSubdirectory("rcu-edits-").FullName;
    private TestDatabase _database = null!;
    private ServiceProvider _hub = null!;
    private ShiftedClock _clock = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _clock = new ShiftedClock();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new UploadSettings(Path.Combine(_folder, "uploads")));
        services.AddHub(new HubConnections(_database.App, null), _clock);
        services.AddSingleton<IJobs, JobsInLine>();
        _hub = services.BuildServiceProvider();
        await DemoData.WriteAsync(Path.Combine(_folder, "sources"), DateOnly.FromDateTime(DateTime.UtcNow), "edits", companies: 30);
        await LoadAsync();
    }

    public async Task DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_correction_wins_over_every_source_and_gives_way_when_it_is_taken_back()
    {
        var before = await AccountAsync();

        var saved = await SetAsync(before.Id, new EditValue("phone", "01 99 00 12 34", before.Version));
        await FollowAsync();
        var corrected = await AccountAsync(before.Id);
        await SetAsync(before.Id, new EditValue("phone", ""));
        await FollowAsync();
        var after = await AccountAsync(before.Id);

        Assert.True(saved.Succeeded, saved.Error?.Message);
        Assert.Equal("+33199001234", corrected.Phone);
        Assert.Equal(("saisie", "steward"), (corrected.Origins["phone"].Source, corrected.Origins["phone"].Rule));
        Assert.Contains(before.Phone, corrected.Origins["phone"].Lost.Select(l => l.Value));
        Assert.Equal((before.Phone, before.RecordCount), (after.Phone, after.RecordCount));
        Assert.Equal(before.Sources, after.Sources);
    }

    [Fact]
    public async Task What_was_typed_before_is_kept_beside_what_is_typed_next()
    {
        var before = await AccountAsync();

        await SetAsync(before.Id, new EditValue("phone", "01 99 00 12 34"));
        await SetAsync(before.Id, new EditValue("brand", "Chez nous"));
        await SetAsync(before.Id, new EditValue("street", "3 RUE NEUVE"));
        await FollowAsync();

        var after = await AccountAsync(before.Id);
        Assert.Equal(("+33199001234", "Chez nous"), (after.Phone, after.Brand));
        Assert.Equal(("3 RUE NEUVE", before.Address.PostalCode, before.Address.City), (after.Address.Street?.ToUpperInvariant(), after.Address.PostalCode, after.Address.City));
        Assert.Single(await RecordsAsync(before.Id));
    }

    [Fact]
    public async Task A_correction_survives_the_same_files_and_a_new_resolution()
    {
        var before = await AccountAsync();
        await SetAsync(before.Id, new EditValue("usual_name", "Le vrai nom"));
        await FollowAsync();
        var links = await LinksAsync(before.Id);

        await LoadAsync();
        await using (var scope = _hub.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RcuDb>().Database.ExecuteSqlAsync($"update records set cleaned_at = null");
        }

        await FollowAsync();

        Assert.Equal("Le vrai nom", (await AccountAsync(before.Id)).Name);
        Assert.Equal(links, await LinksAsync(before.Id));
    }

    [Fact]
    public async Task Undoing_the_run_takes_the_value_back()
    {
        var before = await AccountAsync();
        var saved = await SetAsync(before.Id, new EditValue("phone", "01 99 00 12 34"));
        await FollowAsync();

        await using (var scope = _hub.CreateAsyncScope())
        {
            var undone = await scope.ServiceProvider.GetRequiredService<Imports>().UndoAsync(saved.Value, Steward, default);
            Assert.True(undone.Succeeded, undone.Error?.Message);
        }

        await FollowAsync();
        Assert.Equal(before.Phone, (await AccountAsync(before.Id)).Phone);
        await SetAsync(before.Id, new EditValue("phone", "01 99 00 56 78"));
        await FollowAsync();
        Assert.Equal("+33199005678", (await AccountAsync(before.Id)).Phone);
    }

    [Theory]
    [InlineData("phone", "appeler le matin", "edit.unreadable")]
    [InlineData("naf", "99.99Z", "edit.unreadable")]
    [InlineData("type", "ami", "edit.unreadable")]
    [InlineData("siren", "732829320", "edit.unknown_field")]
    public async Task What_cannot_be_read_is_refused(string field, string value, string code)
    {
        var account = await AccountAsync();

        var saved = await SetAsync(account.Id, new EditValue(field, value));

        Assert.Equal(code, saved.Error?.Code);
        Assert.Empty(await RecordsAsync(account.Id));
    }

    [Fact]
    public async Task A_page_that_is_out_of_date_is_refused()
    {
        var account = await AccountAsync();

        var saved = await SetAsync(account.Id, new EditValue("phone", "01 99 00 12 34", account.Version + 1));

        Assert.Equal(ErrorKind.Stale, saved.Error?.Kind);
    }

    [Fact]
    public async Task A_person_is_corrected_without_parting_their_records()
    {
        await using var scope = _hub.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        var before = await db.Contacts.AsNoTracking().OrderByDescending(c => c.RecordCount).ThenBy(c => c.Id).FirstAsync(c => c.AccountId != null && c.GivenName != null);

        foreach (var edit in new[] { new EditValue("family_name", "Zwingelstein"), new EditValue("email", "autre@corrige.example"), new EditValue("job_title", "Directrice financière") })
        {
            var saved = await scope.ServiceProvider.GetRequiredService<Edits>().SetContactValueAsync(AccountScope.Hub, before.Id, edit, Steward, default);
            Assert.True(saved.Succeeded, saved.Error?.Message);
        }

        await FollowAsync();

        var after = await db.Contacts.AsNoTracking().SingleAsync(c => c.Id == before.Id);
        Assert.Equal(("Zwingelstein", before.GivenName, "autre@corrige.example"), (after.FamilyName, after.GivenName, after.Email));
        Assert.Equal((before.RecordCount + 1, before.AccountId), (after.RecordCount, after.AccountId));
    }

    [Fact]
    public async Task A_correction_stays_with_the_others_when_one_record_is_parted()
    {
        var before = await AccountAsync();
        await SetAsync(before.Id, new EditValue("phone", "01 99 00 12 34"));
        await FollowAsync();
        await using var scope = _hub.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        var anchor = await db.Decisions.Where(d => d.Reason == "Saisie").Select(d => new[] { d.LeftRecordId, d.RightRecordId }).SingleAsync();
        var parted = await db.Records.Where(r => anchor.Contains(r.Id) && r.SourceId != db.Sources.First(s => s.Name == Source.Saisie).Id).Select(r => r.Id).SingleAsync();

        var done = await scope.ServiceProvider.GetRequiredService<Separations>().PartAsync(ClusterKind.Account, parted, null, leaving: null, Steward, default);
        await FollowAsync();

        Assert.True(done.Succeeded);
        var holders = await db.Accounts.AsNoTracking().Where(a => a.Phone == "+33199001234").ToListAsync();
        var holder = Assert.Single(holders);
        Assert.True(holder.RecordCount > 1);
        Assert.False(await db.Links.AnyAsync(l => l.RecordId == parted && l.Kind == ClusterKind.Account && l.ClusterId == holder.Id));
    }

    [Fact]
    public async Task A_note_is_on_the_timeline_at_once_word_for_word_and_stays_there()
    {
        const string text = "Rappeler  avant le salon.\n« Budget validé », dit-elle.";
        await using var scope = _hub.CreateAsyncScope();
        var contact = await scope.ServiceProvider.GetRequiredService<RcuDb>().Contacts.AsNoTracking().OrderBy(c => c.Id).FirstAsync(c => c.AccountId != null);

        var added = await scope.ServiceProvider.GetRequiredService<Notes>().AddAsync(AccountScope.Hub, new AddNote(null, contact.Id, NoteKind.Call, text), Steward, default);
        var timeline = await scope.ServiceProvider.GetRequiredService<Timeline>().ReadAsync(AccountScope.Hub, new TimelineFilter(contact.AccountId), null, default);
        await FollowAsync();
        var later = await scope.ServiceProvider.GetRequiredService<Timeline>().ReadAsync(AccountScope.Hub, new TimelineFilter(contact.AccountId), null, default);

        Assert.True(added.Succeeded, added.Error?.Message);
        Assert.All([timeline, later], page =>
        {
            var note = Assert.Single(page.Items, i => i.Id == added.Value);
            Assert.Equal(("call", "phone", text, contact.Id), (note.Kind, note.Channel, note.Text, note.ContactId));
        });
    }

    private async Task<Account> AccountAsync(Guid? id = null)
    {
        await using var scope = _hub.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RcuDb>().Accounts.AsNoTracking()
            .Where(a => id == null ? a.RecordCount > 2 && a.Phone != null && a.Address.Street != null : a.Id == id)
            .OrderBy(a => a.Id).FirstAsync();
    }

    private async Task<Result<Guid>> SetAsync(Guid account, EditValue edit)
    {
        await using var scope = _hub.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Edits>().SetAccountValueAsync(AccountScope.Hub, account, edit, Steward, default);
    }

    private async Task<List<Guid>> LinksAsync(Guid account)
    {
        await using var scope = _hub.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RcuDb>().Links.Where(l => l.ClusterId == account).OrderBy(l => l.RecordId).Select(l => l.RecordId).ToListAsync();
    }

    private async Task<List<string>> RecordsAsync(Guid account)
    {
        await using var scope = _hub.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        return await db.Links.Where(l => l.ClusterId == account)
            .Join(db.Records.Where(r => r.SourceId == db.Sources.First(s => s.Name == Source.Saisie).Id), l => l.RecordId, r => r.Id, (_, r) => r.ExternalKey)
            .ToListAsync();
    }

    private async Task FollowAsync()
    {
        await using var scope = _hub.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Pipeline>().RunAsync(new StageBars(quiet: true), default);
    }

    private Task<LoadSummary> LoadAsync() => new DemoLoad(_hub, _clock).RunAsync(Path.Combine(_folder, "sources"), asOfData: false, default);
}
