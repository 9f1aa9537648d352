using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rcu.Activation;
using Rcu.Activation.Connectors.Brevo;
using Rcu.Activation.Connectors.Calls;
using Rcu.Activation.Connectors.Csv;
using Rcu.Activation.Connectors.RestHook;
using Rcu.Activation.Connectors.Webhook;
using Rcu.Activation.Returns;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Pushing;
using Rcu.Jobs;
using Rcu.Security;
using Rcu.Security.Outbound;
using Rcu.Segmentation;
using Rcu.Simulators;
using Rcu.Simulators.Brevo;
using Rcu.Web.Tests.Segmentation;
using Rcu.Web.Tests.Support;
using MessageProof = Rcu.Ingestion.Connectors.Webhook.MessageProof;

namespace Rcu.Web.Tests.Activation;

/// <summary>A segment of contacts, a tool that listens, and a clock a test moves.</summary>
internal sealed class ActivationBench : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly TestDatabase _database;
    private readonly OutboundClient _client = new(Rules);
    private readonly string _folder = Directory.CreateTempSubdirectory("rcu-exports").FullName;

    private readonly NpgsqlDataSource _source;

    private ActivationBench(TestDatabase database, FakeTool tool) =>
        (_database, Tool, _source) = (database, tool, NpgsqlDataSource.Create(database.App));

    public static OutboundRules Rules { get; } = new(["127.0.0.1"]);

    public FakeTool Tool { get; }

    public MovableClock Clock { get; } = new(HoledBase.Now);

    /// <summary>What a test that works beside connects with.</summary>
    public string ConnectionString => _database.App;

    public List<Contact> People { get; } = [];

    public Guid Segment { get; private set; }

    public static async Task<ActivationBench> StartAsync(int people)
    {
        var bench = new ActivationBench(await TestDatabase.CreateAsync(), await FakeTool.StartAsync());
        await using var db = bench.Open();
        bench.People.AddRange(Enumerable.Range(0, people).Select(Person));
        db.AddRange(bench.People);
        await db.SaveChangesAsync();
        var made = await bench.SegmentsOn(db).CreateAsync(
            new SaveSegment("Tous", null, SegmentTarget.Contacts, new Condition.Compare("sources", Operator.Is, ["crm"])), "test", default);
        bench.Segment = made.Value!.Id;
        return bench;
    }

    public RcuDb Open() => HoledBase.Open(_database.App);

    public Segments SegmentsOn(RcuDb db) => new(db, new SaveSegmentValidator(), new SegmentRules(db), new SegmentRefresh(db, new SegmentRules(db), Clock), Clock);

    public IDestinationConnector[] Connectors() =>
        [new WebhookConnector(_client, Rules, Clock), new RestHookConnector(_client, Rules, Clock), new CsvConnector(new ExportFolder(_folder)), new BrevoConnector(new ToolCalls(_client, Rules, Clock))];

    public Destinations On(RcuDb db) => new(
        db, new SaveDestinationValidator(), Connectors(), new PlainSecrets(), PlanOn(db), new NoJobs(), Clock);

    public async Task<Guid> ConnectAsync(string kind = "webhook", FakeTool? tool = null)
    {
        await using var db = Open();
        var made = await On(db).CreateAsync(
            new SaveDestination("Outil", kind, JsonSerializer.SerializeToElement(new { url = (tool ?? Tool).Url }), kind == "csv" ? null : Secret, Segment), "test", default);
        return made.Value!.Id;
    }

    /// <summary>Computes the segment again, then pushes.</summary>
    public async Task<Run> PushAsync(Guid destination, CancellationToken ct = default)
    {
        await RefreshAsync();
        await using var work = Open();
        var run = new Run { Stage = "Activation", Subject = destination, Label = "Outil", RequestedBy = "test", QueuedAt = Clock.GetUtcNow() };
        work.Runs.Add(run);
        await work.SaveChangesAsync(ct);
        await PushRunAsync(run.Id, ct);
        return await RunAsync(run.Id);
    }

    public async Task RefreshAsync()
    {
        await using var db = Open();
        await new SegmentRefresh(db, new SegmentRules(db), Clock).RunAsync(Segment, default);
    }

    public async Task<Run> RunAsync(Guid id)
    {
        await using var db = Open();
        return await db.Runs.SingleAsync(r => r.Id == id);
    }

    public async Task PushRunAsync(Guid run, CancellationToken ct = default)
    {
        await using var db = Open();
        await PushOn(db).RunAsync(run, progress: null, ct);
    }

    /// <summary>As a worker does it: beside others, in the room there is.</summary>
    public async Task WorkAsync(Guid run, PushSlots slots)
    {
        await using var db = Open();
        await new ActivateJob(PushOn(db), new PushQueue(db, new NoJobs(), Clock), slots).RunAsync(run, default);
    }

    /// <summary>What the pipeline does last.</summary>
    public async Task<IReadOnlyList<Run>> AskAllAsync()
    {
        await using var db = Open();
        await new ActivateStage(db, new PushQueue(db, new NoJobs(), Clock)).RunAsync(new Quiet(), default);
        return await db.Runs.AsNoTracking().Where(r => r.Status == RunStatus.Queued).OrderBy(r => r.Id).ToListAsync();
    }

    /// <summary>A simulated Brevo, fed with everybody.</summary>
    public async Task<Guid> ConnectAsync(VendorSimulators vendors)
    {
        await using var db = Open();
        var made = await On(db).CreateAsync(
            new SaveDestination(
                "Brevo", "brevo", JsonSerializer.SerializeToElement(new BrevoSettings(BrevoSimulator.ListId, $"{vendors.UrlOf(vendors.Brevo)}/v3"), JsonSerializerOptions.Web),
                vendors.Brevo.Secret, Segment),
            "test", default);
        return made.Value!.Id;
    }

    public FieldRules FieldsOn(RcuDb db) => new(db, new PushMembers(db, Connectors()), Connectors(), new PlainSecrets(), Clock);

    /// <summary>What people decide of pushes, with the same database.</summary>
    public PushActs ActsOn(RcuDb db) => new(db, new PlainSecrets(), new NoJobs(), Clock);

    public async Task<string> InboundSecretAsync(Guid destination)
    {
        await using var db = Open();
        return (await ActsOn(db).RenewInboundSecretAsync(destination, "test", default)).Value!;
    }

    /// <summary>A message of a tool, as it signs it.</summary>
    public async Task<Result<ReturnReceipt>> ReturnAsync(
        Guid destination, string secret, string? id, byte[] body, string? bearer = null, DateTimeOffset? signedAt = null)
    {
        await using var db = Open();
        var at = signedAt ?? Clock.GetUtcNow();
        var proof = id is null
            ? new MessageProof(null, null, null, null)
            : new MessageProof(id, $"{at.ToUnixTimeSeconds()}", WebhookSignature.Sign(secret, id, at, body), null);
        var jobs = new NoJobs();
        var records = new PushedRecords(db, new PushRecordValidator(), new PipelineRuns(db, jobs, Clock), _ => Task.FromResult<RowJudge?>(null), Clock);
        var inbox = new ReturnInbox(db, new PlainSecrets(), records, new PushQueue(db, jobs, Clock), Clock);
        return await inbox.ReceiveAsync(destination, proof, bearer, "application/json", body, default);
    }

    /// <summary>The pushes that wait to be taken up.</summary>
    public async Task<IReadOnlyList<Run>> AskedAsync()
    {
        await using var db = Open();
        return await db.Runs.AsNoTracking().Where(r => r.Stage == "Activation" && r.Status == RunStatus.Queued).ToListAsync();
    }

    private PushPlan PlanOn(RcuDb db) => new(db, new PushMembers(db, Connectors()), Clock);

    private Push PushOn(RcuDb db) =>
        new(db, PlanOn(db), new PushBatch(db, new PlainSecrets(), new CallBudgets(_source, Clock), Clock, NullLogger<PushBatch>.Instance), new PushOutcomes(db, Clock), Connectors(), Clock);

    public string ExportOf(Guid run) => File.ReadAllText(new ExportFolder(_folder).FileOf(run));

    public async Task<Destination> DestinationAsync(Guid id)
    {
        await using var db = Open();
        return await db.Destinations.SingleAsync(d => d.Id == id);
    }

    /// <summary>Says something new of one person, or of all.</summary>
    public async Task SayAsync(string? jobTitle, params Contact[] people)
    {
        await using var db = Open();
        var ids = people.Select(p => p.Id).ToList();
        await db.Contacts.Where(c => ids.Count == 0 || ids.Contains(c.Id)).ExecuteUpdateAsync(c => c.SetProperty(x => x.JobTitle, jobTitle));
    }

    public async Task OpposeAsync(Contact contact)
    {
        await using var db = Open();
        await db.Contacts.Where(c => c.Id == contact.Id).ExecuteUpdateAsync(
            c => c.SetProperty(x => x.EmailReach, Reach.Opposed).SetProperty(x => x.EmailReachReason, "S’est opposée le 3 mars."));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _source.DisposeAsync();
        await Tool.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static Contact Person(int i) => new()
    {
        Name = $"Personne {i:00}",
        Email = $"p{i}@societe.example",
        EmailReach = Reach.Allowed,
        EmailReachReason = "Adresse professionnelle, pas d’opposition.",
        Sources = ["crm"],
        CreatedAt = HoledBase.Now,
        UpdatedAt = HoledBase.Now,
    };

    private sealed class PlainSecrets : ISecrets
    {
        public string Protect(string secret) => $"sealed:{secret}";

        public string? Open(string sealedSecret) => sealedSecret["sealed:".Length..];
    }

    private sealed class Quiet : IStageProgress
    {
        public Task EnterAsync(string stage, CancellationToken ct) => Task.CompletedTask;

        public Task ReportAsync(long done, long? total, CancellationToken ct) => Task.CompletedTask;
    }

    private sealed class NoJobs : IJobs
    {
        public Task EnqueueAsync<TJob>(Guid subject, CancellationToken ct)
            where TJob : IJob => Task.CompletedTask;
    }
}
