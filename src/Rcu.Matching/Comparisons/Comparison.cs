namespace Rcu.Matching.Comparisons;

/// <summary>
/// One kind of evidence over its own encoded columns. Values are normalised and encoded once, by one thread per comparison,
/// then compared as integers and bytes.
/// </summary>
internal abstract class Comparison(string name, Level[] levels)
{
    public string Name => name;

    /// <summary>Level 0 is a missing value, evidence of nothing.</summary>
    public Level[] Levels { get; private set; } = [Level.Missing, .. levels];

    /// <summary>Normalises and encodes the values of a record into its place of the batch.</summary>
    public abstract void Store(int record, RecordText text);

    /// <summary>Once every record is stored: how common each value is.</summary>
    public virtual void Complete(int rows)
    {
    }

    /// <summary>From here to the end, what is stored is only looked up, then forgotten.</summary>
    public abstract void BeginTemporary();

    public abstract void EndTemporary();

    /// <summary>The level of two records and, for a level by frequency, how surprising the agreement is, in bits.</summary>
    public abstract int Compare(int left, int right, out double bits);

    /// <summary>The most that <see cref="Compare"/> could say of the rarity of what two records share.</summary>
    public virtual double MostBits(int left, int right) => double.PositiveInfinity;

    public abstract string? Show(int row);

    protected void Weigh(Level[] levels) => Levels = [Level.Missing, .. levels];
}
