namespace Rcu.Web.Pages.Matches;

/// <summary>Where two texts part, character by character, so that the eye goes to the one that matters. Capitals do not.</summary>
internal static class CharacterDiff
{
    // Beyond, the table of the comparison costs more than it shows.
    private const int Longest = 200;

    public static (IReadOnlyList<TextPart> Left, IReadOnlyList<TextPart> Right) Of(string left, string right)
    {
        if (left.Length > Longest || right.Length > Longest)
        {
            return ([new TextPart(left, !IsSame(left, right))], [new TextPart(right, !IsSame(left, right))]);
        }

        var common = Common(left, right);
        var (keptLeft, keptRight) = (new bool[left.Length], new bool[right.Length]);
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            if (Same(left[i], right[j]))
            {
                keptLeft[i++] = keptRight[j++] = true;
            }
            else if (common[i + 1, j] >= common[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return (Parts(left, keptLeft), Parts(right, keptRight));
    }

    private static bool IsSame(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);

    // The length of the longest common subsequence of what follows each pair of places.
    private static int[,] Common(string left, string right)
    {
        var common = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
            {
                common[i, j] = Same(left[i], right[j]) ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static List<TextPart> Parts(string text, bool[] kept)
    {
        List<TextPart> parts = [];
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && kept[end] == kept[start])
            {
                end++;
            }

            parts.Add(new TextPart(text[start..end], !kept[start]));
            start = end;
        }

        return parts;
    }
}

/// <summary>A run of characters that both texts have, or that only this one has.</summary>
internal sealed record TextPart(string Text, bool Differs);
