using System.IO.Compression;
using System.Text.Json;
using Rcu.Activation;
using Rcu.Activation.Connectors.Csv;
using Rcu.Activation.Connectors.Drop;
using Rcu.Security.Outbound;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Activation;

/// <summary>Files of what changed appear whole where a tool fetches them, once each, and only where they may go.</summary>
public sealed class DropConnectorTests : IDisposable
{
    private readonly ExportFolder _folder = new(Directory.CreateTempSubdirectory("rcu-drop").FullName);

    [Fact]
    public async Task A_batch_is_one_file_of_the_folder_whole_and_the_same_when_it_is_sent_again()
    {
        var batch = Batch(new { folder = "routage/clients", name = "clients" }, null, Told("Zoé", "zoe@exemple.example"), Told("=1+1", "b@exemple.example"));

        var outcomes = await Connector().DeliverAsync(batch, default);
        await Connector().DeliverAsync(batch, default);
        var another = await Connector().DeliverAsync(batch with { Changes = [Told("Chloé", "c@exemple.example")] }, default);

        Assert.All(outcomes.Concat(another), outcome => Assert.IsType<Outcome.Delivered>(outcome));
        var files = Directory.GetFiles(Path.Combine(_folder.Path, "depots", "routage", "clients"));
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.EndsWith(".csv", file, StringComparison.Ordinal));
        var text = files.Select(File.ReadAllText).Single(text => text.Contains("Zoé", StringComparison.Ordinal));
        Assert.StartsWith("key;type;id;name", text, StringComparison.Ordinal);
        Assert.Contains("'=1+1", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_workbook_holds_words_and_no_formula()
    {
        await Connector().DeliverAsync(Batch(new { folder = "excel", format = "xlsx" }, null, Told("=1+1", "b@exemple.example")), default);

        using var book = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "depots", "excel"), "*.xlsx")));
        using var sheet = new StreamReader(book.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var xml = await sheet.ReadToEndAsync();
        Assert.Contains("<t xml:space=\"preserve\">=1+1</t>", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../ailleurs", "noms simples")]
    [InlineData("/etc", "noms simples")]
    [InlineData("", "manque")]
    public void A_folder_that_is_not_one_of_the_hub_is_refused(string folder, string why) =>
        Assert.Contains(why, $"{Connector().Refusal(JsonSerializer.SerializeToElement(new { folder }))?.Values[0]}", StringComparison.Ordinal);

    [Fact]
    public async Task Files_reach_a_server_under_their_own_name_and_a_wrong_key_stops_the_push()
    {
        await using var server = await LoopbackSshd.StartAsync();
        await using var stranger = await LoopbackSshd.StartAsync();
        var batch = Batch(At(server), server.Key, Told("Zoé", "zoe@exemple.example"));
        Directory.CreateDirectory(Path.Combine(server.Drops));

        var tested = await Connector("127.0.0.1").TestAsync(batch.Settings, server.Key, default);
        var sent = await Connector("127.0.0.1").DeliverAsync(batch, default);
        var again = await Connector("127.0.0.1").DeliverAsync(batch, default);
        var wrong = await Connector("127.0.0.1").DeliverAsync(batch with { Secret = stranger.Key }, default);

        Assert.Contains("Le serveur répond", tested.Value, StringComparison.Ordinal);
        Assert.All(sent.Concat(again), outcome => Assert.IsType<Outcome.Delivered>(outcome));
        Assert.EndsWith(".csv", Assert.Single(Directory.GetFiles(server.Drops)), StringComparison.Ordinal);
        Assert.IsType<Outcome.CredentialsRefused>(Assert.Single(wrong));
    }

    [Fact]
    public async Task A_private_address_that_nobody_named_is_not_called()
    {
        await using var server = await LoopbackSshd.StartAsync();

        var sent = await Connector().DeliverAsync(Batch(At(server), server.Key, Told("Zoé", "zoe@exemple.example")), default);

        Assert.Contains("n’est pas publique", Assert.IsType<Outcome.Closed>(Assert.Single(sent)).Why, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(server.Drops));
    }

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    private DropConnector Connector(params string[] allowed) => new(_folder, new OutboundRules(allowed), new DropSettingsValidator());

    private static object At(LoopbackSshd server) =>
        new { folder = "drops", host = "127.0.0.1", port = server.Port, user = LoopbackSshd.User, hostKey = server.HostKey };

    private static DeliveryBatch Batch(object settings, string? secret, params Change[] changes) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), JsonSerializer.SerializeToElement(settings), secret, changes);

    private static Change Told(string name, string email) => new(
        $"k-{email}", "contact.upserted", Guid.CreateVersion7(), DateTimeOffset.UnixEpoch, JsonSerializer.SerializeToElement(new { id = Guid.CreateVersion7(), name, email }));
}
