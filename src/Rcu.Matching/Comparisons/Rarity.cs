namespace Rcu.Matching.Comparisons;

/// <summary>How surprising it is that two strangers share a value, in bits, from how many hold it.</summary>
/// <param name="usual">The share of records that hold a value as common as usual, before anything was counted.</param>
/// <param name="trust">After how many records the counts weigh as much as that.</param>
internal sealed class Rarity(double usual, double trust)
{
    private int[] _counts = [];
    private int _total;

    public int HoldersOf(int code) => code < _counts.Length ? Math.Max(1, _counts[code]) : 1;

    public double Bits(int code) => Math.Log2((_total + trust) / (HoldersOf(code) + (trust * usual)));

    /// <summary>Counts holders: every record, or, with a witness, the different witnesses (0 is none).</summary>
    public void Count(Column column, int rows, int codes, Func<int, int>? witness = null)
    {
        _counts = new int[codes];
        _total = rows;
        if (witness is null)
        {
            for (var row = 0; row < rows; row++)
            {
                foreach (var code in column[row])
                {
                    _counts[code]++;
                }
            }
        }
        else
        {
            CountWitnesses(column, rows, witness);
        }

        _counts[0] = 0;
    }

    private void CountWitnesses(Column column, int rows, Func<int, int> witness)
    {
        var seen = new List<ulong>(rows);
        for (var row = 0; row < rows; row++)
        {
            var by = (ulong)(uint)witness(row);
            foreach (var code in column[row])
            {
                if (code != 0 && by != 0)
                {
                    seen.Add(((ulong)code << 32) | by);
                }
            }
        }

        seen.Sort();
        for (var i = 0; i < seen.Count; i++)
        {
            if (i == 0 || seen[i] != seen[i - 1])
            {
                _counts[(int)(seen[i] >> 32)]++;
            }
        }
    }
}
