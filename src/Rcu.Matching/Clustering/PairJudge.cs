using Rcu.Matching.Scoring;

namespace Rcu.Matching.Clustering;

/// <summary>What becomes of a scored pair under given cuts, weights and decisions: joined, shown to a person, or refused.</summary>
internal sealed class PairJudge
{
    private const int Part = 1 << 14;
    private readonly MatchIndex _index;
    private readonly HashSet<int> _uniqueSources;

    public PairJudge(MatchIndex index, MatchSettings settings, Model model, Verdicts verdicts)
    {
        (_index, Settings, Model, Verdicts) = (index, settings, model, verdicts);
        _uniqueSources = [.. settings.SourcesWithoutDuplicates.Select(index.SourceCodeOf).Where(code => code != 0)];
        ReviewFloor = Model.BitsOf(settings.ReviewThreshold);
        AutoFloor = Model.BitsOf(settings.AutoThreshold);
    }

    public MatchSettings Settings { get; }

    public Model Model { get; }

    public Verdicts Verdicts { get; }

    /// <summary>The least weight that a person sees.</summary>
    public double ReviewFloor { get; }

    /// <summary>The least weight that joins.</summary>
    public double AutoFloor { get; }

    public bool HasUniqueSources => Settings.LinksLists || _uniqueSources.Count > 0;

    public bool IsUnique(int source) => Settings.LinksLists || _uniqueSources.Contains(source);

    public double WeightOf(in PairScore score) =>
        ReferenceEquals(Model, _index.Model) ? score.Weight : Model.WeightOf(score.Pattern, score.Frequency);

    /// <summary>Which veto each of some pairs carries in itself, in their order.</summary>
    public string?[] OwnVetoes(PairTable pairs, int[] order, ParallelOptions options)
    {
        var vetoes = new string?[order.Length];
        Parallel.For(0, (order.Length + Part - 1) / Part, options, part =>
        {
            for (var i = part * Part; i < Math.Min(order.Length, (part + 1) * Part); i++)
            {
                ref readonly var pair = ref pairs[order[i]];
                vetoes[i] = OwnVeto(pair.Left, pair.Right, pair.Score.Pattern);
            }
        });
        return vetoes;
    }

    public (Band Band, string? Veto) Judge(Clusters clusters, int left, int right, double weight, ulong pattern) =>
        Judge(clusters, left, right, weight, OwnVeto(left, right, pattern));

    /// <param name="own">The veto that the pair carries in itself.</param>
    public (Band Band, string? Veto) Judge(Clusters clusters, int left, int right, double weight, string? own)
    {
        if (own is not null)
        {
            return (own == Vetoes.Contradiction ? Band.Review : Band.Rejected, own);
        }

        if (weight < AutoFloor)
        {
            return (Band.Review, null);
        }

        var veto = clusters.Join(left, right);
        return (veto is null ? Band.Automatic : Band.Review, veto);
    }

    private string? OwnVeto(int left, int right, ulong pattern)
    {
        var source = _index.SourceCode(left);
        return Verdicts.Part(left, right) ? Vetoes.Decision
            : _index.VetoOf(left, right, pattern)
                ?? (source == _index.SourceCode(right) && IsUnique(source) ? Vetoes.Source : null);
    }
}
