namespace Rcu.Matching.Blocking;

/// <summary>Finds, among the rows of an index, those that one row would be compared with, each under the first rule that does.</summary>
internal sealed class Neighbourhood(KeyLookup[] lookups)
{
    private readonly HashSet<int> _removed = [];
    private readonly HashSet<int> _changed = [];

    public bool IsRemoved(int row) => _removed.Contains(row);

    public Dictionary<int, byte> Of(int row)
    {
        var found = new Dictionary<int, byte>();
        Span<uint> keys = stackalloc uint[BlockingRule.MostKeys];
        for (var rule = 0; rule < lookups.Length; rule++)
        {
            foreach (var key in keys[..lookups[rule].Rule.KeysOf(row, keys)])
            {
                foreach (var other in lookups[rule].Known(key, row))
                {
                    Add(found, row, other, (byte)rule, key);
                }

                foreach (var other in lookups[rule].Added(key))
                {
                    Add(found, row, other, (byte)rule, key);
                }
            }
        }

        return found;
    }

    /// <summary>Keys a row under what it says now.</summary>
    public void Put(int row, bool isNew)
    {
        _removed.Remove(row);
        if (!isNew)
        {
            _changed.Add(row);
        }

        foreach (var lookup in lookups)
        {
            lookup.Add(row);
        }
    }

    public void Remove(int row) => _removed.Add(row);

    // A changed row is still listed under what it said before.
    private void Add(Dictionary<int, byte> found, int row, int other, byte rule, uint key)
    {
        if (other == row || _removed.Contains(other) || found.ContainsKey(other))
        {
            return;
        }

        Span<uint> keys = stackalloc uint[BlockingRule.MostKeys];
        if (!_changed.Contains(other) || keys[..lookups[rule].Rule.KeysOf(other, keys)].Contains(key))
        {
            found.Add(other, rule);
        }
    }
}
