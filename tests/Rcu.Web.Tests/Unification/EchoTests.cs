using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Activation;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Segmentation;
using Rcu.Web.Tests.Resolution;

namespace Rcu.Web.Tests.Unification;

/// <summary>A tool that is both read and fed: what the hub wrote there is no news when it comes back, what a person types there is.</summary>
public sealed class EchoTests : IAsyncLifetime
{
    private const string Field = "headcount";

    private static readonly DateTimeOffset Winter = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private DemoHub _hub = null!;
    private (Guid Account, Guid Tool, Guid Books) _about;
    private Guid _destination;

    public async Task InitializeAsync()
    {
        _hub = await DemoHub.CopyAsync();
        await using var db = _hub.Db();
        var ids = await db.Database.SqlQuery<Guid>(
            $"""
            select unnest(ids) as "Value" from (select array[l.cluster_id, crm.id, erp.id] as ids from records crm
            join sources s on s.id = crm.source_id and s.name = 'crm'
            join links l on l.record_id = crm.id and l.kind = 'Account'
            join links m on m.cluster_id = l.cluster_id and m.kind = 'Account'
            join records erp on erp.id = m.record_id and erp.kind = 'Account'
            join sources t on t.id = erp.source_id and t.name = 'erp'
            join accounts a on a.id = l.cluster_id
            where crm.kind = 'Account' order by a.record_count, crm.id, erp.id limit 1) one
            """).ToListAsync();
        _about = (ids[0], ids[1], ids[2]);
        _destination = await FeedAsync(db);
    }

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task What_the_hub_wrote_in_a_tool_never_wins_over_its_origin_and_never_goes_back_and_forth()
    {
        await SayAsync(_about.Books, "40", Winter);
        await TellAsync();
        for (var round = 1; round <= 3; round++)
        {
            // The tool dates what it was told from the day it was told, the books from long before.
            await SayAsync(_about.Tool, $"{39 + round}", Winter.AddMonths(round));
            var back = await OriginAsync();
            var again = await TellAsync();
            await SayAsync(_about.Books, $"{40 + round}", Winter.AddDays(round));
            var corrected = await OriginAsync();
            var told = await TellAsync();
            await SayAsync(_about.Books, $"{40 + round}", Winter.AddDays(round));

            Assert.Equal(($"{39 + round}", "erp", 0), (back.Value, back.Source, again));
            Assert.True(back.Lost.Single(l => l.Source == "crm").IsEcho);
            Assert.Equal(($"{40 + round}", "erp", 1), (corrected.Value, corrected.Source, told));
            Assert.Equal(($"{40 + round}", "erp"), ((await OriginAsync()).Value, (await OriginAsync()).Source));
            Assert.Equal(0, await TellAsync());
        }
    }

    [Fact]
    public async Task What_a_person_types_in_the_tool_is_news_and_stays_so()
    {
        await SayAsync(_about.Books, "40", Winter);
        await TellAsync();
        await SayAsync(_about.Tool, "40", Winter.AddMonths(1));
        await SayAsync(_about.Tool, "60", Winter.AddMonths(2));
        var typed = await OriginAsync();
        var told = await TellAsync();
        await SayAsync(_about.Tool, "60", Winter.AddMonths(3));
        var after = await OriginAsync();
        await SayAsync(_about.Books, "70", Winter.AddMonths(4));
        await TellAsync();
        await SayAsync(_about.Tool, "70", Winter.AddMonths(5));
        await SayAsync(_about.Tool, "60", Winter.AddMonths(6));

        Assert.Equal(("60", "crm", 1), (typed.Value, typed.Source, told));
        Assert.Equal(("60", "crm"), (after.Value, after.Source));
        Assert.DoesNotContain(after.Lost, l => l.IsEcho);
        Assert.Equal(("60", "crm"), ((await OriginAsync()).Value, (await OriginAsync()).Source));
    }

    [Fact]
    public async Task What_the_tool_said_before_it_was_told_anything_is_its_own()
    {
        await SayAsync(_about.Books, "40", Winter);
        await SayAsync(_about.Tool, "60", Winter.AddMonths(1));
        await TellAsync();
        await SayAsync(_about.Tool, "60", Winter.AddMonths(2));

        Assert.Equal(("60", "crm"), ((await OriginAsync()).Value, (await OriginAsync()).Source));
    }

    private async Task<Origin> OriginAsync()
    {
        await using var db = _hub.Db();
        return (await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == _about.Account)).Origins[Field];
    }

    // A source that says something: its record is written as the cleaning would, with the day it says it.
    private async Task SayAsync(Guid record, string value, DateTimeOffset at)
    {
        await using (var db = _hub.Db())
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                update records set fields = fields || jsonb_build_object({Field}::text, {value}::text, 'updated_at', {$"{at:O}"}::text), changed_at = now() where id = {record};
                insert into stale_clusters (kind, cluster_id) values ('Account', {_about.Account}) on conflict do nothing
                """);
        }

        await _hub.RunStagesAsync();
    }

    // A push whose tool takes everything under the name its own record has.
    private Task<int> TellAsync() => _hub.InAsync(async hub =>
    {
        var db = hub.GetRequiredService<RcuDb>();
        var plan = hub.GetRequiredService<PushPlan>();
        var destination = await db.Destinations.SingleAsync(d => d.Id == _destination);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var (figures, _) = await plan.PlanAsync(destination, SegmentTarget.Accounts, only: null, default);
        await plan.WriteAsync(destination, Guid.CreateVersion7(), isTrial: false, default);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into destination_profiles (destination_id, profile_id, content_hash, remote_id, payload, name, sent_at)
            select o.destination_id, o.profile_id, o.content_hash, r.external_key, o.payload, '', now()
            from outbox o join records r on r.id = {_about.Tool} where o.destination_id = {_destination} and o.status = 'Waiting'
            on conflict (destination_id, profile_id) do update set content_hash = excluded.content_hash, payload = excluded.payload, sent_at = excluded.sent_at;
            update outbox set status = 'Sent' where destination_id = {_destination}
            """);
        await transaction.CommitAsync();
        return figures.ToSend;
    });

    // The CRM becomes a HubSpot account that is read, and that a segment of this one account is pushed to. Its own words are the newest
    // from the beginning, so that only the field told changes hands.
    private async Task<Guid> FeedAsync(RcuDb db)
    {
        var now = DateTimeOffset.UtcNow;
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into source_connections (id, source_id, feed_id, name, kind, settings, state, created_by, created_at)
            select new_id(), s.id, f.id, 'HubSpot', 'hubspot', jsonb_build_object(), 'Paused', 'test', {now}
            from sources s join feeds f on f.source_id = s.id where s.name = 'crm' limit 1;
            update records set fields = fields - {Field}::text - 'headcount_band' where id in (select record_id from links where kind = 'Account' and cluster_id = {_about.Account});
            update records set fields = fields || jsonb_build_object('updated_at', {$"{Winter.AddHours(1):O}"}::text) where id = {_about.Tool}
            """);
        var segment = await _hub.InAsync(hub => hub.GetRequiredService<Segments>().CreateAsync(
            new SaveSegment("Un compte", null, SegmentTarget.Accounts, SegmentTemplates.List.First(t => t.Target is SegmentTarget.Accounts).Rule), "test", default));
        await db.Database.ExecuteSqlAsync(
            $"""
            update segments set is_frozen = true where id = {segment.Value!.Id};
            delete from segment_members where segment_id = {segment.Value!.Id};
            insert into segment_members (segment_id, member_id, entered_at) values ({segment.Value!.Id}, {_about.Account}, {now})
            """);
        var destination = new Destination
        {
            Name = "HubSpot",
            Kind = "hubspot",
            Settings = JsonSerializer.SerializeToElement(new { }),
            SegmentId = segment.Value!.Id,
            State = DestinationState.Paused,
            CreatedBy = "test",
            CreatedAt = now,
        };
        db.Add(destination);
        await db.SaveChangesAsync();
        return destination.Id;
    }
}
