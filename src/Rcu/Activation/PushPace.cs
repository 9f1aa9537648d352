namespace Rcu.Activation;

/// <summary>
/// How many changes go in the next batch. Of a tool called once for each, as many as it takes in half a second: who says no is
/// looked up before each batch, and is not sent a second later.
/// </summary>
internal sealed class PushPace(IDestinationConnector connector, TimeProvider clock)
{
    private const int Least = 6;
    private const int First = 60;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(.5);

    public int Next { get; private set; } = connector.IsOneByOne ? Math.Min(First, connector.BatchSize) : connector.BatchSize;

    /// <summary>Waits for a batch to be sent, and learns from it.</summary>
    public async Task<IReadOnlyList<Outcome>> MeasureAsync(int changes, Task<IReadOnlyList<Outcome>> sending)
    {
        var start = clock.GetTimestamp();
        var outcomes = await sending;
        if (connector.IsOneByOne && clock.GetElapsedTime(start) is { Ticks: > 0 } took && changes > 0)
        {
            Next = (int)Math.Clamp(changes * (Moment / took), Least, connector.BatchSize);
        }

        return outcomes;
    }
}
