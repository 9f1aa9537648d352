namespace Rcu.Activation.Connectors.Calls;

/// <summary>
/// The changes of one batch and what became of each. Once the tool is away, busy or closed, those it has said nothing of yet all
/// share that answer, and nothing more is sent.
/// </summary>
public sealed class Rows(IReadOnlyList<Change> changes)
{
    private readonly Outcome?[] _outcomes = new Outcome?[changes.Count];

    /// <summary>Why nothing more is sent; null while things go on.</summary>
    public Outcome? Stopped { get; private set; }

    public bool GoOn => Stopped is null;

    /// <summary>One for each change, in their order.</summary>
    public IReadOnlyList<Outcome> Outcomes =>
        [.. _outcomes.Select(outcome => outcome ?? Stopped ?? throw new InvalidOperationException("A change was left without an outcome."))];

    /// <summary>Those nothing is known of yet.</summary>
    public IReadOnlyList<Row> Open(Func<Change, bool>? where = null) =>
        [.. Enumerable.Range(0, changes.Count).Where(i => _outcomes[i] is null && (where is null || where(changes[i]))).Select(i => new Row(i, changes[i]))];

    public void Say(Row row, Outcome outcome) => _outcomes[row.Index] = outcome;

    public void Done(Row row, string? remoteId, string? answer = null) => Say(row, new Outcome.Delivered(remoteId, answer));

    /// <summary>Says the same of each.</summary>
    public void Say(IEnumerable<Row> rows, Outcome outcome)
    {
        foreach (var row in rows)
        {
            Say(row, outcome);
        }
    }

    public void Stop(Outcome why) => Stopped ??= why;

    /// <returns>True when the answer tells that nothing more is to be sent.</returns>
    public bool StopsOn(ToolAnswer answer)
    {
        if (answer.StopsAll)
        {
            Stop(answer.Failure!);
        }

        return answer.StopsAll;
    }
}

/// <summary>One change of a batch, and its place there.</summary>
public readonly record struct Row(int Index, Change Change);
