namespace Rcu.Matching.Text;

/// <summary>Edit distances on ASCII bytes: Myers' bit-parallel form up to 64 characters, and a one-error test.</summary>
internal static class Levenshtein
{
    public static int Distance(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        left = left.Length > 64 ? left[..64] : left;
        right = right.Length > 64 ? right[..64] : right;
        if (left.Length == 0)
        {
            return right.Length;
        }

        Span<ulong> equal = stackalloc ulong[128];
        equal.Clear();
        for (var i = 0; i < left.Length; i++)
        {
            equal[left[i] & 127] |= 1UL << i;
        }

        ulong rising = ulong.MaxValue, falling = 0;
        var last = 1UL << (left.Length - 1);
        var distance = left.Length;
        foreach (var c in right)
        {
            var match = equal[c & 127];
            var vertical = match | falling;
            var horizontal = (((match & rising) + rising) ^ rising) | match;
            var up = falling | ~(horizontal | rising);
            var down = rising & horizontal;
            distance += (up & last) != 0 ? 1 : (down & last) != 0 ? -1 : 0;
            up = (up << 1) | 1;
            down <<= 1;
            rising = down | ~(vertical | up);
            falling = up & vertical;
        }

        return distance;
    }

    /// <summary>Whether one typing error parts them: a character added, lost, changed, or two neighbours swapped.</summary>
    public static bool OneErrorApart(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length > right.Length)
        {
            var swap = left;
            left = right;
            right = swap;
        }

        if (right.Length - left.Length > 1)
        {
            return false;
        }

        var i = left.CommonPrefixLength(right);
        if (left.Length < right.Length)
        {
            return left[i..].SequenceEqual(right[(i + 1)..]);
        }

        if (i == left.Length)
        {
            return false;
        }

        return left[(i + 1)..].SequenceEqual(right[(i + 1)..])
            || (i + 1 < left.Length && left[i] == right[i + 1] && left[i + 1] == right[i]
                && left[(i + 2)..].SequenceEqual(right[(i + 2)..]));
    }
}
