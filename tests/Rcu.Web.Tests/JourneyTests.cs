using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Activation;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Demo;
using Rcu.Jobs;
using Rcu.Segmentation;
using Rcu.Web.Commands;
using Rcu.Web.Hosting;
using Rcu.Web.Tests.Support;
using HubConnections = Rcu.Web.Hosting.HubConnections;

namespace Rcu.Web.Tests;

/// <summary>Five files in, one webhook out, through every stage.</summary>
public sealed class JourneyTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rcu-journey-").FullName;
    private TestDatabase _database = null!;
    private ServiceProvider _hub = null!;
    private ShiftedClock _clock = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _clock = new ShiftedClock();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Activation:AllowedAddresses:0", "127.0.0.1")]).Build());
        services.AddSingleton(new Rcu.Ingestion.UploadSettings(Path.Combine(_folder, "uploads")));
        services.AddHub(new HubConnections(_database.App, null), _clock);
        services.AddSingleton<IJobs, JobsInLine>();
        _hub = services.BuildServiceProvider();
        await DemoData.WriteAsync(Path.Combine(_folder, "sources"), DateOnly.FromDateTime(DateTime.UtcNow), "journey", companies: 120);
    }

    public async Task DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Five_files_that_disagree_become_one_view_and_reach_a_tool()
    {
        await using var tool = await FakeTool.StartAsync();

        var loaded = await LoadAsync();
        var segment = await SegmentAsync();
        await SendAsync(tool, segment);

        // The workbook of the fair ends with a total, which is no company.
        Assert.All(loaded.Sources, source => Assert.True(source.Read > 0 && source.Rejected == (source.Name == "salon" ? 1 : 0), source.Name));
        var (accounts, contacts) = await new TruthCheck(_hub.GetRequiredService<Npgsql.NpgsqlDataSource>())
            .RunAsync(Path.Combine(_folder, "sources", "truth"), default);
        Assert.True(accounts is { Precision: >= .98, F1: >= .90 }, $"{accounts}");
        Assert.True(contacts is { Precision: >= .98, Recall: >= .80 }, $"{contacts}");

        await using var scope = _hub.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        var expected = await db.Contacts.Where(c => c.EmailReach == Reach.Allowed && c.Account!.Type == AccountType.Customer).Select(c => c.Id).ToListAsync();
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Order(), tool.Profiles.Keys.Order());
        Assert.All(tool.Calls, call => Assert.StartsWith("v1,", call.Signature, StringComparison.Ordinal));
        Assert.False(await db.Documents.AnyAsync(d => d.AccountId == Account.Unknown));
        Assert.True(await db.DocumentLines.AnyAsync(), "ledger lines are attached to the invoices they book");
        Assert.Equal(await db.Documents.CountAsync(), await db.Documents.Select(d => d.Number).Distinct().CountAsync());
    }

    [Fact]
    public async Task The_same_files_again_change_nothing()
    {
        await LoadAsync();
        var before = await PictureAsync();

        await LoadAsync();

        Assert.Equal(before, await PictureAsync());
    }

    [Fact]
    public async Task Golden_rows_can_be_dropped_and_computed_again()
    {
        await LoadAsync();
        var before = await PictureAsync();
        await using (var scope = _hub.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
            await db.Database.ExecuteSqlRawAsync(
                """
                insert into stale_clusters select distinct kind, cluster_id from links on conflict do nothing;
                delete from accounts; delete from contacts; delete from establishments; delete from roles; delete from consents;
                delete from interactions; delete from documents; delete from document_lines; delete from opportunities;
                delete from hub_settings where name = 'projected_at'
                """);
            await scope.ServiceProvider.GetRequiredService<Pipeline>().RunAsync(new StageBars(quiet: true), default);
        }

        Assert.Equal(before, await PictureAsync());
    }

    private Task<LoadSummary> LoadAsync() => new DemoLoad(_hub, _clock).RunAsync(Path.Combine(_folder, "sources"), asOfData: false, default);

    private async Task<Guid> SegmentAsync()
    {
        await using var scope = _hub.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<Segments>().CreateAsync(
            new SaveSegment("Clients", null, SegmentTarget.Contacts, new Condition.Compare("account.type", Operator.Is, ["Customer"])), "test", default);
        return made.Succeeded ? made.Value.Id : throw new InvalidOperationException(made.Error.Message);
    }

    private async Task SendAsync(FakeTool tool, Guid segment)
    {
        await using var scope = _hub.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<Destinations>().CreateAsync(
            new SaveDestination("Outil", "webhook", JsonSerializer.SerializeToElement(new { url = tool.Url }), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", segment),
            "test", default);
        Assert.True(made.Succeeded, made.Error?.Message);
        await scope.ServiceProvider.GetRequiredService<Pipeline>().RunAsync(new StageBars(quiet: true), default);
    }

    // Every golden row and fact, without the moments it was written at.
    private async Task<string> PictureAsync()
    {
        await using var read = _hub.GetRequiredService<Npgsql.NpgsqlDataSource>().CreateCommand(
            """
            select md5(string_agg(line, '|' order by line)) from (
              select (to_jsonb(a) - array['created_at', 'updated_at', 'version'])::text as line from accounts a
              union all select (to_jsonb(c) - array['created_at', 'updated_at', 'version'])::text from contacts c
              union all select to_jsonb(e)::text from establishments e union all select to_jsonb(r)::text from roles r
              union all select to_jsonb(c)::text from consents c union all select to_jsonb(i)::text from interactions i
              union all select to_jsonb(d)::text from documents d union all select to_jsonb(l)::text from document_lines l
              union all select to_jsonb(o)::text from opportunities o) rows
            """);
        return (string)(await read.ExecuteScalarAsync())!;
    }
}
