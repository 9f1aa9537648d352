using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>How surprising it is that two strangers share a value, in bits, from how many hold it.</summary>
/// <param name="usual">The share of records that hold a value as common as usual, before anything was counted.</param>
/// <param name="trust">After how many records the counts weigh as much as that.</param>
internal sealed class Rarity(double usual, double trust)
{
    private int[] _counts = [];
    private float[] _bits = [];
    private float _unknown;

    public int HoldersOf(int code) => code < _counts.Length ? Math.Max(1, _counts[code]) : 1;

    public double Bits(int code) => code < _bits.Length ? _bits[code] : _unknown;

    /// <summary>Counts holders: every record, or, with a witness, the different witnesses (0 is none).</summary>
    public void Count(Column column, int rows, int codes, Func<int, int>? witness = null) =>
        Count(rows, codes, witness is null ? Holders(column, rows, codes) : Witnesses(column, rows, codes, witness));

    /// <summary>Takes the holders of each code as counted.</summary>
    public void Count(int rows, int[] holders) => Count(rows, holders.Length, holders);

    private void Count(int rows, int codes, int[] holders)
    {
        _counts = holders;
        _counts[0] = 0;
        _unknown = BitsOf(rows, 1);
        _bits = new float[codes];
        for (var code = 0; code < codes; code++)
        {
            _bits[code] = BitsOf(rows, Math.Max(1, holders[code]));
        }
    }

    private float BitsOf(int rows, int holders) => (float)Math.Log2((rows + trust) / (holders + (trust * usual)));

    private static int[] Holders(Column column, int rows, int codes)
    {
        var holders = new int[codes];
        for (var row = 0; row < rows; row++)
        {
            foreach (var code in column[row])
            {
                holders[Math.Abs(code)]++;
            }
        }

        return holders;
    }

    private static int[] Witnesses(Column column, int rows, int codes, Func<int, int> witness)
    {
        var seen = new List<ulong>(rows);
        for (var row = 0; row < rows; row++)
        {
            var by = (ulong)(uint)witness(row);
            foreach (var code in column[row])
            {
                if (code != 0 && by != 0)
                {
                    seen.Add(((ulong)(uint)Math.Abs(code) << 32) | by);
                }
            }
        }

        var holders = new int[codes];
        var sorted = RadixSort.Sort(seen);
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                holders[(int)(sorted[i] >> 32)]++;
            }
        }

        return holders;
    }
}
