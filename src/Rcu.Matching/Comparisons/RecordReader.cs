namespace Rcu.Matching.Comparisons;

/// <summary>Reads the records on several threads and stores them on one, in key order, so that the codes never vary.</summary>
internal static class RecordReader
{
    private const int Batch = 8192;

    public static void Fill(
        RecordSet records, int[] order, Comparison[] comparisons, int threads, CancellationToken ct)
    {
        foreach (var comparison in comparisons)
        {
            comparison.Reserve(order.Length + 1);
        }

        var read = new object?[Batch * comparisons.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = ct };
        for (var start = 0; start < order.Length; start += Batch)
        {
            var (from, count) = (start, Math.Min(Batch, order.Length - start));
            Parallel.For(0, (count + 255) / 256, options, chunk =>
            {
                for (var i = chunk * 256; i < Math.Min(count, (chunk + 1) * 256); i++)
                {
                    var values = records.ValuesOf(order[from + i]);
                    for (var c = 0; c < comparisons.Length; c++)
                    {
                        read[(i * comparisons.Length) + c] = comparisons[c].Read(values);
                    }
                }
            });

            for (var i = 0; i < count; i++)
            {
                for (var c = 0; c < comparisons.Length; c++)
                {
                    comparisons[c].Store(from + i, read[(i * comparisons.Length) + c]);
                }
            }
        }
    }
}
