using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>
/// Whether an identifier of people is their own (a social security number) or that of a group (their employer's account):
/// the records that share it bear one name, or many.
/// </summary>
internal static class IdentifierNature
{
    private const int EnoughPairs = 20;

    public static bool IsPersonal(ValueComparison identifier, PersonNameComparison? names, int rows)
    {
        var held = new List<ulong>(rows);
        for (var row = 0; row < rows; row++)
        {
            if (identifier.Code(row) is > 0 and var code)
            {
                held.Add(((ulong)(uint)code << 32) | (uint)row);
            }
        }

        var sorted = RadixSort.Sort(held);
        int pairs = 0, alike = 0;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] >> 32 == sorted[i - 1] >> 32)
            {
                pairs++;
                alike += names is not null && ShareName(names, (int)(uint)sorted[i - 1], (int)(uint)sorted[i]) ? 1 : 0;
            }
        }

        return pairs >= EnoughPairs && alike >= pairs * .7;
    }

    private static bool ShareName(PersonNameComparison names, int left, int right)
    {
        var (given, family) = (names.Given(left), names.Family(left));
        return (given != 0 && (given == names.Given(right) || given == names.Family(right)))
            || (family != 0 && (family == names.Family(right) || family == names.Given(right)));
    }
}
