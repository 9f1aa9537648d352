namespace Rcu.Simulators;

/// <summary>Finds what a simulator holds by one of its values, however much it holds: a tool is fed by the ten thousand.</summary>
internal sealed class KeyIndex<T>(List<T> all, Func<T, string?> key)
    where T : class
{
    private readonly Dictionary<string, T> _byKey = new(StringComparer.OrdinalIgnoreCase);
    private int _read;

    public T? Find(string? wanted)
    {
        for (; _read < all.Count; _read++)
        {
            Moved(all[_read]);
        }

        // Who has another value by now is no longer found under the former one.
        return wanted is not null && _byKey.TryGetValue(wanted, out var found) && string.Equals(key(found), wanted, StringComparison.OrdinalIgnoreCase) ? found : null;
    }

    /// <summary>The value of this one may have changed.</summary>
    public void Moved(T one)
    {
        if (key(one) is { Length: > 0 } value)
        {
            _byKey[value] = one;
        }
    }
}
