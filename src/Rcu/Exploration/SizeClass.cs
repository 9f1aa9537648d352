using Rcu.Reference;

namespace Rcu.Exploration;

/// <summary>Companies of about one size: fewer than ten people, than fifty, than two hundred and fifty, or more.</summary>
public sealed record SizeClass(int From, int? To, IReadOnlyList<string> Bands)
{
    private static readonly int[] Steps = [0, 10, 50, 250];

    public static SizeClass Of(HeadcountBand band)
    {
        var step = Array.FindLastIndex(Steps, from => from <= band.Min);
        var next = step + 1 < Steps.Length ? Steps[step + 1] : (int?)null;
        return new SizeClass(
            Steps[step], next - 1,
            [.. HeadcountBands.All.Where(b => b.Code != "NN" && b.Min >= Steps[step] && (next is null || b.Min < next)).Select(b => b.Code)]);
    }
}
