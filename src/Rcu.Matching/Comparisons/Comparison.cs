namespace Rcu.Matching.Comparisons;

/// <summary>
/// One kind of evidence over its own encoded columns. Values are read once per record (in parallel), stored in key
/// order (so that codes do not depend on the input), then compared as integers and bytes.
/// </summary>
internal abstract class Comparison(string name, Level[] levels)
{
    public string Name => name;

    /// <summary>Level 0 is a missing value, evidence of nothing.</summary>
    public Level[] Levels { get; } = [Level.Missing, .. levels];

    /// <summary>The normalised form of a record's values; pure, so that it may run on any thread.</summary>
    public abstract object? Read(IReadOnlyList<string?> values);

    public abstract void Reserve(int rows);

    public abstract void Store(int row, object? read);

    /// <summary>Once every record is stored: how common each value is.</summary>
    public virtual void Complete(int rows)
    {
    }

    /// <summary>Forgets the values that only a looked-up record, in the row after the last, brought in.</summary>
    public abstract void Forget(int row);

    public abstract int Compare(int left, int right);

    /// <summary>For a level by frequency, how surprising the agreement is, in bits.</summary>
    public virtual double Bits(int left, int right, int level) => 0;

    public abstract string? Show(int row);
}
