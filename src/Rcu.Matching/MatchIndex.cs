using Rcu.Matching.Blocking;
using Rcu.Matching.Comparisons;
using Rcu.Matching.Scoring;

namespace Rcu.Matching;

/// <summary>Records normalised, encoded and keyed: what an unknown record is looked up in, and every pair explained from.</summary>
public sealed class MatchIndex
{
    private const int MostNeighbours = 2000;
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
        Model = Model.Shipped(Evidence.All, records.Count, records.Kind);
    }

    public RecordSet Records { get; }

    /// <summary>How many records there are; answers name them by their place in the input, from 0.</summary>
    public int Count => Records.Count;

    public string RecordKey(int record) => Records.KeyOf(record);

    public string RecordSource(int record) => Records.SourceOf(record);

    internal MatchSettings Settings { get; }

    internal ComparisonSet Evidence { get; }

    internal IReadOnlyList<KeyTable> Tables { get; }

    internal Model Model { get; set; }

    /// <summary>The known records that these values may be, best first, down to the least probability asked for.</summary>
    public IReadOnlyList<Candidate> Candidates(IReadOnlyList<string?> values, int most = 10, double least = .01)
    {
        lock (_lock)
        {
            var probe = Records.Count;
            foreach (var comparison in Evidence.All)
            {
                comparison.Store(probe, comparison.Read(values));
            }

            IReadOnlyList<Candidate> candidates =
            [
                .. Neighbours(probe)
                    .Select(found => (Row: found.Key, Rule: found.Value, Weight: Model.Score(found.Key, probe)))
                    .Where(found => Model.Probability(found.Weight) >= least)
                    .OrderByDescending(found => found.Weight).ThenBy(found => found.Row)
                    .Take(most)
                    .Select(found => new Candidate(_indexOf[found.Row], Model.Probability(found.Weight),
                        ExplainRows(found.Row, probe, KeyOf(found.Row), "", found.Rule, VetoOf(found.Row, probe)))),
            ];
            foreach (var comparison in Evidence.All)
            {
                comparison.Forget(probe);
            }

            return candidates;
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

    // The rows that share a key with the one looked up, under the first rule that finds them.
    private SortedDictionary<int, string> Neighbours(int probe)
    {
        var found = new SortedDictionary<int, string>();
        Span<ulong> keys = stackalloc ulong[BlockingRule.MostKeys];
        foreach (var table in Tables)
        {
            var count = KeyTable.KeysOf(table.Rule, probe, keys);
            foreach (var key in keys[..count])
            {
                var rows = table.RowsOf(key);
                foreach (var row in rows[..Math.Min(rows.Length, MostNeighbours)])
                {
                    found.TryAdd(row, table.Rule.Name);
                }
            }
        }

        return found;
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
