namespace Rcu.Reference;

/// <summary>
/// The last answers of a question that is asked of every row and has few different ones: a town, a date, a code. Safe to ask from
/// several threads; the answer must depend on nothing but the question.
/// </summary>
internal sealed class Recalled<TKey, TValue>(Func<TKey, TValue> find)
    where TKey : notnull
{
    private const int Places = 4_096;

    private readonly Entry?[] _entries = new Entry?[Places];

    public TValue this[TKey key]
    {
        get
        {
            ref var place = ref _entries[key.GetHashCode() & (Places - 1)];
            if (place is { } known && known.Key.Equals(key))
            {
                return known.Value;
            }

            var found = find(key);
            place = new Entry(key, found);
            return found;
        }
    }

    private sealed record Entry(TKey Key, TValue Value);
}
