using System.Globalization;
using System.Text;
using System.Text.Json;
using Rcu.Activation;
using Rcu.Activation.Connectors.Csv;
using Rcu.Activation.Connectors.Drop;
using Rcu.Activation.Connectors.LinkedIn;
using Rcu.Activation.Connectors.Webhook;
using Rcu.Security;
using Rcu.Security.Outbound;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Activation;

/// <summary>A destination that is no vendor's account, and how to look at what whoever reads it holds.</summary>
internal abstract class PlainTool : IAsyncDisposable
{
    public abstract IDestinationConnector Connector { get; }

    public abstract object Settings { get; }

    public virtual string? Secret => null;

    /// <summary>The profiles that are there, and the word each was last told.</summary>
    public abstract IEnumerable<(string Name, string Word)> Held { get; }

    protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("rcu-plain-");

    public static async Task<PlainTool> StartAsync(string kind) => kind switch
    {
        "webhook" => new WebhookTool(await FakeTool.StartAsync()),
        "drop" => new DropTool(await LoopbackSshd.StartAsync()),
        "linkedin" => new LinkedInTool(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>A profile it takes, told with a word that may change.</summary>
    public virtual Change Told(int i, string? word = "Metz", string? name = null) => Person(i, word, name);

    /// <summary>One among others that it refuses, where it refuses any.</summary>
    public abstract Change Wrong(int i);

    /// <summary>It stops answering as it should; a tool that can say for how long says seven seconds.</summary>
    public abstract void Break();

    public abstract void Mend();

    /// <summary>The next call takes effect and its answer is lost, where there is an answer.</summary>
    public virtual void LoseAnswer()
    {
    }

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(int run, IReadOnlyList<Change> changes, string? secret = null)
    {
        var outcomes = await Connector.DeliverAsync(
            new DeliveryBatch(Guid.Empty, Numbered(run), JsonSerializer.SerializeToElement(Settings), secret ?? Secret, changes), default);
        Assert.Equal(changes.Count, outcomes.Count);
        return outcomes;
    }

    public Task<Result<string>> TestAsync() => Connector.TestAsync(JsonSerializer.SerializeToElement(Settings), Secret, default);

    public virtual ValueTask DisposeAsync()
    {
        Folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    protected static Change Person(int i, string? word, string? name) =>
        Of("contact", i, word, new { id = Numbered(i), name = name ?? $"Camille {i}", email = $"camille{i}@societe.example", city = word });

    protected static Change Of(string noun, int i, string? word, object payload) =>
        new($"k-{i}-{word}", $"{noun}.upserted", Numbered(i), DateTimeOffset.UnixEpoch, JsonSerializer.SerializeToElement(payload));

    private static Guid Numbered(int i) => new(i, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]);

    private sealed class WebhookTool : PlainTool
    {
        private readonly OutboundClient _client = new(ActivationBench.Rules);
        private readonly FakeTool _tool;

        public WebhookTool(FakeTool tool)
        {
            _tool = tool;
            Mend();
        }

        public override IDestinationConnector Connector => new WebhookConnector(_client, ActivationBench.Rules, new MovableClock(DateTimeOffset.UnixEpoch));

        public override object Settings => new { url = _tool.Url };

        public override string Secret => ActivationBench.Secret;

        public override IEnumerable<(string Name, string Word)> Held =>
            _tool.Profiles.Values.Select(p => (p.GetProperty("name").GetString()!, p.GetProperty("city").GetString() ?? ""));

        public override Change Wrong(int i)
        {
            var wrong = Told(i);
            _tool.Judge = call => new(call.Profile == wrong.ProfileId ? 422 : 200);
            return wrong;
        }

        public override void Break() => _tool.Judge = _ => new(503, RetryAfter: "7");

        // It lets in whoever signs as it was told they would.
        public override void Mend() => _tool.Judge = call => new(IsSigned(call) ? 200 : 401);

        public override void LoseAnswer() => _tool.ThenDrop();

        public override async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _tool.DisposeAsync();
            await base.DisposeAsync();
        }

        private static bool IsSigned(FakeCall call) => call.Signature == WebhookSignature.Sign(
            ActivationBench.Secret, call.Id, DateTimeOffset.FromUnixTimeSeconds(long.Parse(call.Timestamp, CultureInfo.InvariantCulture)), Encoding.UTF8.GetBytes(call.Body));
    }

    // Files are a journal: whoever reads them in the order of runs holds what the last line of each profile says.
    private sealed class DropTool(LoopbackSshd server) : PlainTool
    {
        private bool _isAway;

        public override IDestinationConnector Connector => new DropConnector(new ExportFolder(Folder.FullName), ActivationBench.Rules, new DropSettingsValidator());

        public override object Settings => new { folder = "drops", host = "127.0.0.1", port = _isAway ? 9 : server.Port, user = LoopbackSshd.User, hostKey = server.HostKey };

        public override string Secret => server.Key;

        public override IEnumerable<(string Name, string Word)> Held
        {
            get
            {
                var files = Directory.GetFiles(server.Drops, "*.csv").Order(StringComparer.Ordinal).Select(File.ReadAllLines).ToList();
                var columns = files.Count == 0 ? [] : files[0][0].TrimStart('\uFEFF').Split(';');
                int At(string column) => Array.IndexOf(columns, column);
                return files.SelectMany(lines => lines.Skip(1)).Select(line => line.Split(';')).GroupBy(cells => cells[At("id")]).Select(said => said.Last())
                    .Where(cells => cells[At("type")] == "contact.upserted").Select(cells => (cells[At("name")], cells[At("city")]));
            }
        }

        public override Change Wrong(int i) => Told(i, "");

        public override void Break() => _isAway = true;

        public override void Mend() => _isAway = false;

        public override async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            await base.DisposeAsync();
        }
    }

    // One list takes the place of another: what is there is the last one.
    private sealed class LinkedInTool : PlainTool
    {
        public override IDestinationConnector Connector => new LinkedInConnector(new ExportFolder(Lists));

        public override object Settings => new { };

        public override IEnumerable<(string Name, string Word)> Held =>
            File.ReadAllLines(Directory.GetFiles(Lists, "*.csv").Order(StringComparer.Ordinal).Last()).Skip(1).Select(line => line.Split(',')).Select(cells => (cells[0], cells[6]));

        private string Lists => Path.Combine(Folder.FullName, "listes");

        public override Change Told(int i, string? word = "Metz", string? name = null) => Of("account", i, word, new { id = Numbered(i), name = name ?? $"Camille {i}", city = word });

        public override Change Wrong(int i) => Person(i, null, null);

        public override void Break() => File.WriteAllText(Lists, "");

        public override void Mend() => File.Delete(Lists);
    }
}
