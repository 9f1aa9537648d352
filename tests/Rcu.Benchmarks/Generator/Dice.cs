namespace Rcu.Benchmarks.Generator;

/// <summary>The throws that decide one thing: they depend on the seed and on what is decided, never on the rows before.</summary>
internal struct Dice(ulong seed, long key, int purpose)
{
    private ulong _state = Mixed(Mixed(seed + (ulong)purpose) ^ (ulong)key);

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mixed(_state);
    }

    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>From 0 to 1, 1 excluded.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Share() < probability;

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    /// <summary>One of a list in which the first are met much more often than the last.</summary>
    public T PickEarly<T>(IReadOnlyList<T> list)
    {
        var share = Share();
        return list[(int)(share * share * list.Count)];
    }

    public static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
