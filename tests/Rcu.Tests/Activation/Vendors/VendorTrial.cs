using System.Text.Json;
using Rcu.Activation;
using Rcu.Activation.Connectors.Calls;
using Rcu.Security.Outbound;
using Rcu.Simulators;

namespace Rcu.Tests.Activation.Vendors;

/// <summary>One connector before the simulator of its vendor, and how to look at what the simulator holds.</summary>
internal abstract class VendorTrial : IAsyncDisposable
{
    private readonly OutboundClient _client = new(Rules);

    public static OutboundRules Rules { get; } = new(["127.0.0.1"]);

    public MovableTime Clock { get; } = new();

    public VendorSimulators Vendors { get; private set; } = null!;

    public abstract Simulator Simulator { get; }

    public abstract IDestinationConnector Connector { get; }

    public abstract object Settings { get; }

    /// <summary>What the vendor calls the job of a person.</summary>
    public abstract string JobField { get; }

    /// <summary>How many it is told in one go; the engine keeps the pace of a tool, which nothing does here.</summary>
    public virtual int AtOnce => Connector.BatchSize;

    /// <summary>An address this vendor refuses.</summary>
    public virtual string WrongEmail => "pas une adresse";

    /// <summary>Everyone there is in the tool.</summary>
    public abstract IEnumerable<HeldPerson> People { get; }

    protected ToolCalls Calls => new(_client, Rules, Clock);

    /// <summary>Unsubscribes someone, as they would in the tool itself.</summary>
    public abstract void Unsubscribe(string email);

    public static async Task<T> StartAsync<T>()
        where T : VendorTrial, new()
    {
        var trial = new T();
        trial.Vendors = await VendorSimulators.StartAsync(0, trial.Clock);
        return trial;
    }

    /// <summary>Ends the simulators and begins them again, with what they wrote in a folder.</summary>
    public async Task RestartAsync(string memory)
    {
        await Vendors.DisposeAsync();
        Vendors = await VendorSimulators.StartAsync(0, Clock, memory);
    }

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(params Change[] changes)
    {
        var outcomes = await Connector.DeliverAsync(
            new DeliveryBatch(Guid.Empty, Guid.Empty, JsonSerializer.SerializeToElement(Settings, JsonSerializerOptions.Web), Simulator.Secret, changes), default);
        Assert.Equal(changes.Length, outcomes.Count);
        return outcomes;
    }

    /// <summary>Delivers, and tells each change as the engine would tell the next one: with what the tool answered.</summary>
    public async Task<Change[]> LearnAsync(params Change[] changes)
    {
        var outcomes = await DeliverAsync(changes);
        return [.. changes.Zip(outcomes, (change, outcome) => change with
        {
            RemoteId = Assert.IsType<Outcome.Delivered>(outcome).RemoteId ?? change.RemoteId,
            Held = change.Payload,
        })];
    }

    public Task<Result<string>> TestAsync(string? secret = null) =>
        Connector.TestAsync(JsonSerializer.SerializeToElement(Settings, JsonSerializerOptions.Web), secret ?? Simulator.Secret, default);

    /// <summary>The fields the tool has for people.</summary>
    public Task<Result<IReadOnlyList<string>>> FieldsAsync() => ((IFieldedConnector)Connector).FieldsAsync(
        JsonSerializer.SerializeToElement(Settings, JsonSerializerOptions.Web), Simulator.Secret, accounts: false, default);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Vendors.DisposeAsync();
    }
}

/// <summary>A person as a tool holds them.</summary>
/// <param name="IsIn">In the list, the audience or the segment the hub feeds.</param>
internal sealed record HeldPerson(string Email, string? FamilyName, string? Job, bool IsIn, bool IsUnsubscribed = false);

/// <summary>Time as a test tells it.</summary>
internal sealed class MovableTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
