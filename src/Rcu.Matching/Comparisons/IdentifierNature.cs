using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>
/// Whether an identifier of people is their own (a social security number) or that of a group (their employer's account):
/// the records that share it bear one name, or many.
/// </summary>
internal static class IdentifierNature
{
    private const int EnoughPairs = 20;

    public static bool IsPersonal(RecordSet records, int[] order, int field, int[] names)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        int pairs = 0, alike = 0;
        foreach (var index in order)
        {
            var value = records.ValuesOf(index)[field];
            if (string.IsNullOrWhiteSpace(value))
            {
                continue;
            }

            if (last.TryGetValue(value, out var previous))
            {
                pairs++;
                alike += ShareWord(records, previous, index, names) ? 1 : 0;
            }

            last[value] = index;
        }

        return pairs >= EnoughPairs && alike >= pairs * .7;
    }

    private static bool ShareWord(RecordSet records, int left, int right, int[] names)
    {
        var words = names.SelectMany(field => Words(records.ValuesOf(left)[field])).ToHashSet(StringComparer.Ordinal);
        return names.SelectMany(field => Words(records.ValuesOf(right)[field])).Any(words.Contains);
    }

    private static List<string> Words(string? text) => text is null ? [] : Folding.Words(Folding.Fold(text));
}
