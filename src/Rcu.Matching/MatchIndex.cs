using Rcu.Matching.Blocking;
using Rcu.Matching.Comparisons;
using Rcu.Matching.Scoring;

namespace Rcu.Matching;

/// <summary>Records normalised, encoded and keyed: what an unknown record is looked up in, and every pair explained from.</summary>
public sealed class MatchIndex
{
    private readonly Lock _lock = new();
    private readonly int[] _indexOf;
    private readonly int[] _rowOf;
    private readonly IReadOnlyList<BlockingRule> _rules;

    internal MatchIndex(
        RecordSet records, MatchSettings settings, IReadOnlyList<(string, string)>? sirenAliases, CancellationToken ct)
    {
        (Records, Settings) = (records, settings);
        _indexOf = records.InKeyOrder();
        _rowOf = new int[_indexOf.Length];
        for (var row = 0; row < _indexOf.Length; row++)
        {
            _rowOf[_indexOf[row]] = row;
        }

        Evidence = new ComparisonSet(records, _indexOf, settings);
        RecordReader.Fill(records, _indexOf, Evidence.All, settings.Threads, ct);
        Evidence.Complete(records.Count, sirenAliases ?? []);
        _rules = Evidence.Rules();
        var nameRank = NameRank();
        Tables = [.. _rules.Select(rule => new KeyTable(rule, records.Count, nameRank))];
        Model = Model.Shipped(Evidence.All, records.Count);
    }

    public RecordSet Records { get; }

    internal MatchSettings Settings { get; }

    internal ComparisonSet Evidence { get; }

    internal IReadOnlyList<KeyTable> Tables { get; }

    internal Model Model { get; set; }

    /// <summary>The known records that these values may be, best first, down to the review cut.</summary>
    public IReadOnlyList<Candidate> Candidates(IReadOnlyList<string?> values, int most = 10)
    {
        lock (_lock)
        {
            var probe = Records.Count;
            foreach (var comparison in Evidence.All)
            {
                comparison.Store(probe, comparison.Read(values));
            }

            var found = new SortedDictionary<int, string>();
            Span<ulong> keys = stackalloc ulong[BlockingRule.MostKeys];
            foreach (var table in Tables)
            {
                var count = KeyTable.KeysOf(table.Rule, probe, keys);
                for (var i = 0; i < count; i++)
                {
                    var rows = table.RowsOf(keys[i]);
                    foreach (var row in rows[..Math.Min(rows.Length, 2000)])
                    {
                        found.TryAdd(row, table.Rule.Name);
                    }
                }
            }

            return [.. found
                .Select(candidate => (Row: candidate.Key, Rule: candidate.Value, Weight: Model.Score(candidate.Key, probe)))
                .Where(candidate => Model.Probability(candidate.Weight) >= Settings.ReviewThreshold)
                .OrderByDescending(candidate => candidate.Weight).ThenBy(candidate => candidate.Row)
                .Take(most)
                .Select(candidate => new Candidate(_indexOf[candidate.Row], Model.Probability(candidate.Weight),
                    ExplainRows(candidate.Row, probe, KeyOf(candidate.Row), "", candidate.Rule, VetoOf(candidate.Row, probe))))];
        }
    }

    internal int RowOf(int index) => _rowOf[index];

    internal int IndexOf(int row) => _indexOf[row];

    internal string KeyOf(int row) => Records.KeyOf(_indexOf[row]);

    internal string SourceOf(int row) => Records.SourceOf(_indexOf[row]);

    /// <summary>The first rule that would compare two rows; none when no rule would.</summary>
    internal string RuleOf(int left, int right) =>
        Tables.FirstOrDefault(table => table.Pairs(left, right, 0))?.Rule.Name ?? "none";

    internal string? VetoOf(int left, int right) =>
        Evidence.Siren is { } siren && siren.Valid(left) != 0 && siren.Valid(right) != 0
            && siren.Valid(left) != siren.Valid(right) ? Vetoes.Siren
            : Evidence.Contradict(left, right) ? Vetoes.Contradiction : null;

    internal Explanation ExplainRows(int left, int right, string leftKey, string rightKey, string rule, string? veto)
    {
        var evidence = new List<Evidence>();
        var total = Model.Prior;
        for (var i = 0; i < Evidence.All.Length; i++)
        {
            var comparison = Evidence.All[i];
            var level = comparison.Compare(left, right);
            var (weight, frequency) = Model.Parts(i, level, left, right);
            var (shownLeft, shownRight) = (comparison.Show(left), comparison.Show(right));
            total += weight + frequency;
            if (shownLeft is not null || shownRight is not null)
            {
                evidence.Add(new Evidence(
                    comparison.Name, shownLeft, shownRight, comparison.Levels[level].Name, weight, frequency));
            }
        }

        return new Explanation(
            leftKey, rightKey, Model.Prior, evidence, total, Model.Probability(total), rule, veto);
    }

    // Rows in the order of their names: neighbours in a block too large to be compared in full.
    private int[] NameRank()
    {
        var names = new string[Records.Count];
        var rank = new int[Records.Count];
        var order = new int[Records.Count];
        for (var row = 0; row < order.Length; row++)
        {
            names[row] = Evidence.Lead?.Show(row) ?? "";
            order[row] = row;
        }

        Array.Sort(names, order, StringComparer.Ordinal);
        for (var i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i > 0 && names[i] == names[i - 1] ? rank[order[i - 1]] : i;
        }

        return rank;
    }
}
