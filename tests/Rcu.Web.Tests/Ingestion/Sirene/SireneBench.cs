using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Rcu.Data;
using Rcu.Ingestion.Connectors.Calls;
using Rcu.Ingestion.Sirene;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Security.Outbound;
using Rcu.Web.Tests.Register;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Ingestion.Sirene;

/// <summary>A hub's database that follows a simulator of the API Sirene, read by hand at an hour the test chooses.</summary>
internal sealed class SireneBench : IAsyncDisposable, IJobs
{
    private readonly TestDatabase? _database;
    private readonly ApiCaller _calls;
    private readonly SireneApi _api;

    private SireneBench(TestDatabase? database, string connectionString, SireneSimulator insee, PatientClock clock)
    {
        (_database, Hub, Insee, Clock) = (database, connectionString, insee, clock);
        _calls = new ApiCaller(new OutboundRules(["127.0.0.1"]), Clock);
        _api = new SireneApi(_calls, new SireneQuota(Clock));
    }

    public string Hub { get; }

    public SireneSimulator Insee { get; }

    public PatientClock Clock { get; }

    public List<Guid> Enqueued { get; } = [];

    /// <param name="hub">An application's database; null for one of its own.</param>
    public static async Task<SireneBench> CreateAsync(string? hub = null)
    {
        var clock = new PatientClock(DateTimeOffset.UtcNow);
        var database = hub is null ? await TestDatabase.CreateAsync() : null;
        return new SireneBench(database, hub ?? database!.App, await SireneSimulator.StartAsync(clock), clock);
    }

    /// <summary>An hour of Paris, so many hours from now.</summary>
    public string In(double hours) => TimeZoneInfo.ConvertTimeBySystemTimeZoneId(Clock.GetUtcNow().AddHours(hours), "Europe/Paris").ToString("s");

    public async Task FollowAsync(string key = SireneSimulator.Key, int perMinute = 30, int pageSize = 1_000)
    {
        var saved = await ActAsync(follow => follow.SaveAsync(new SaveSireneFollow(new SireneSettings(Insee.Api.Url, perMinute, pageSize), new TimeOnly(7, 0), key), "léa", default));
        Assert.True(saved.Succeeded, saved.Error?.Message);
    }

    public async Task<T> ActAsync<T>(Func<SireneFollowing, Task<T>> act)
    {
        await using var db = SampleCustomers.Open(Hub);
        return await act(new SireneFollowing(db, new SaveSireneFollowValidator(), _api, new PlainSecrets(), this, Clock));
    }

    /// <summary>One reading, as a worker would do it; it may be cut by an interceptor.</summary>
    public async Task<Run> ReadAsync(params IInterceptor[] interceptors)
    {
        var asked = await ActAsync(follow => follow.ReadNowAsync("léa", default));
        Assert.True(asked.Succeeded, asked.Error?.Message);
        await using (var db = new RcuDb(new DbContextOptionsBuilder<RcuDb>().UseNpgsql(Hub).AddInterceptors(interceptors).Options))
        {
            await new SireneJob(db, _api, new PlainSecrets(), new PipelineRuns(db, this, Clock), Clock).RunAsync(asked.Value.Id, default);
        }

        await using var looking = SampleCustomers.Open(Hub);
        return await looking.Runs.SingleAsync(r => r.Id == asked.Value.Id);
    }

    public async Task<SireneFollow> FollowedAsync() => (await ActAsync(follow => follow.FindAsync(default)))!;

    public Task<string> AskAsync(string sql) => RegisterFiles.AskAsync(Hub, sql);

    public Task EnqueueAsync<TJob>(Guid subject, CancellationToken ct)
        where TJob : IJob
    {
        Enqueued.Add(subject);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Dispose();
        await Insee.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    private sealed class PlainSecrets : ISecrets
    {
        public string Protect(string secret) => $"sealed:{secret}";

        public string? Open(string sealedSecret) => sealedSecret.StartsWith("sealed:", StringComparison.Ordinal) ? sealedSecret[7..] : null;
    }
}

/// <summary>An hour that moves when someone waits for it, and at once.</summary>
internal sealed class PatientClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    /// <summary>How long was waited for.</summary>
    public TimeSpan Waited { get; private set; }

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waited += dueTime;
        _now += dueTime;
        return TimeProvider.System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
