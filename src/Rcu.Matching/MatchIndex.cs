using System.Text;
using Rcu.Matching.Blocking;
using Rcu.Matching.Comparisons;
using Rcu.Matching.Scoring;

namespace Rcu.Matching;

/// <summary>Records normalised, encoded and keyed: what an unknown record is looked up in, and every pair explained from.</summary>
public sealed class MatchIndex
{
    private const int MostNeighbours = 2000;
    private readonly Lock _lock = new();
    private readonly RecordKeys _keys;
    private readonly int[] _indexOf;
    private readonly int[] _rowOf;
    private readonly List<BlockingRule> _rules;
    private readonly Lazy<KeyLookup[]> _lookups;

    internal MatchIndex(
        IRecordStream records, MatchSettings settings, IReadOnlyList<(string, string)>? sirenAliases, CancellationToken ct)
    {
        (Settings, Fields, Kind) = (settings, records.Fields, records.Kind);
        Options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, settings.Threads), CancellationToken = ct };
        _keys = new RecordKeys();
        Evidence = new ComparisonSet(Kind, Fields, settings);
        RecordReader.Fill(records, _keys, Evidence, Options);
        _indexOf = RowOrder.Of(_keys, Evidence);
        Evidence.Rows.Reorder(_indexOf);
        _rowOf = new int[_indexOf.Length];
        for (var row = 0; row < _indexOf.Length; row++)
        {
            _rowOf[_indexOf[row]] = row;
        }

        Evidence.Complete(Count, sirenAliases ?? []);
        _rules = Evidence.Rules();
        _lookups = new Lazy<KeyLookup[]>(() => [.. _rules.Select(rule => new KeyLookup(rule, Count))]);
        Model = Model.Shipped(Evidence.All, Count, Kind);
    }

    /// <summary>How many records there are; answers name them by their place in the input, from 0.</summary>
    public int Count => _keys.Count;

    public EntityKind Kind { get; }

    public IReadOnlyList<Field> Fields { get; }

    internal MatchSettings Settings { get; }

    internal ParallelOptions Options { get; }

    internal ComparisonSet Evidence { get; }

    internal Model Model { get; set; }

    public string RecordKey(int record) => _keys.KeyOf(record);

    public string RecordSource(int record) => _keys.SourceOf(record);

    /// <summary>The known records that these values may be, best first, down to the least probability asked for.</summary>
    public IReadOnlyList<Candidate> Candidates(IReadOnlyList<string?> values, int most = 10, double least = .01)
    {
        if (values.Count != Fields.Count)
        {
            throw new ArgumentException($"{Fields.Count} values were expected, not {values.Count}.", nameof(values));
        }

        var batch = new RecordBatch(Fields.Count, 1);
        batch.Begin(default, default);
        foreach (var value in values)
        {
            batch.Add(Encoding.UTF8.GetBytes(value ?? ""));
        }

        lock (_lock)
        {
            return Candidates(batch, most, Model.BitsOf(Math.Clamp(least, 1e-9, 1 - 1e-9)));
        }
    }

    internal KeyTable[] Blocks()
    {
        var tables = new KeyTable[_rules.Count];
        Parallel.For(0, tables.Length, Options, rule => tables[rule] = new KeyTable(_rules[rule], Count));
        return tables;
    }

    internal int RowOf(int index) => _rowOf[index];

    internal int IndexOf(int row) => _indexOf[row];

    internal string KeyOf(int row) => _keys.KeyOf(_indexOf[row]);

    internal ReadOnlySpan<byte> KeyBytes(int row) => _keys.KeyBytes(_indexOf[row]);

    internal int SourceCode(int row) => _keys.SourceCode(_indexOf[row]);

    internal int SourceCodeOf(string source) => _keys.SourceCodeOf(source);

    internal string RuleName(int rule) => _rules[rule].Name;

    /// <summary>The first rule under which two rows share a key; none when there is none.</summary>
    internal string RuleOf(int left, int right)
    {
        Span<uint> a = stackalloc uint[BlockingRule.MostKeys];
        Span<uint> b = stackalloc uint[BlockingRule.MostKeys];
        foreach (var rule in _rules)
        {
            if (a[..rule.KeysOf(left, a)].IndexOfAny(b[..rule.KeysOf(right, b)]) >= 0)
            {
                return rule.Name;
            }
        }

        return "none";
    }

    internal string? VetoOf(int left, int right, ulong pattern) =>
        Evidence.Siren is { } siren && siren.Differ(left, right) ? Vetoes.Siren
            : Model.Contradicts(pattern) ? Vetoes.Contradiction : null;

    internal Explanation ExplainRows(int left, int right, string leftKey, string rightKey, string rule, string? veto)
    {
        var evidence = new List<Evidence>();
        double weights = 0, frequencies = 0;
        for (var i = 0; i < Evidence.All.Length; i++)
        {
            var comparison = Evidence.All[i];
            var level = comparison.Compare(left, right, out var bits);
            var (weight, frequency) = Model.Parts(i, level, bits);
            var (shownLeft, shownRight) = (comparison.Show(left), comparison.Show(right));
            weights += weight;
            frequencies += frequency;
            if (shownLeft is not null || shownRight is not null)
            {
                evidence.Add(new Evidence(
                    comparison.Name, shownLeft, shownRight, comparison.Levels[level].Name, weight, frequency));
            }
        }

        var total = Model.Prior + weights + frequencies;
        return new Explanation(leftKey, rightKey, Model.Prior, evidence, total, Model.Probability(total), rule, veto);
    }

    private List<Candidate> Candidates(RecordBatch batch, int most, double floor)
    {
        var probe = Count;
        var lookups = _lookups.Value;
        foreach (var store in Evidence.Stores)
        {
            store.BeginTemporary();
            store.Store(0, new RecordText(batch, 0));
        }

        Evidence.Rows.Write(probe);
        var found = new List<(int Row, string Rule, PairScore Score)>();
        foreach (var (row, rule) in Neighbours(lookups, probe))
        {
            if (Model.Score(row, probe, floor, out var score))
            {
                found.Add((row, rule, score));
            }
        }

        found.Sort((a, b) => b.Score.Weight != a.Score.Weight ? b.Score.Weight.CompareTo(a.Score.Weight) : a.Row.CompareTo(b.Row));
        List<Candidate> candidates =
        [
            .. found.Take(most).Select(one => new Candidate(
                _indexOf[one.Row], Model.Probability(one.Score.Weight),
                ExplainRows(one.Row, probe, KeyOf(one.Row), "", one.Rule, VetoOf(one.Row, probe, one.Score.Pattern)))),
        ];
        foreach (var store in Evidence.Stores)
        {
            store.EndTemporary();
        }

        Evidence.Rows.Clear(probe);
        return candidates;
    }

    // The rows that share a key with the one looked up, under the first rule that finds them.
    private static Dictionary<int, string> Neighbours(KeyLookup[] lookups, int probe)
    {
        var found = new Dictionary<int, string>();
        Span<uint> keys = stackalloc uint[BlockingRule.MostKeys];
        foreach (var lookup in lookups)
        {
            foreach (var key in keys[..lookup.Rule.KeysOf(probe, keys)])
            {
                var rows = lookup.Known(key);
                foreach (var row in rows[..Math.Min(rows.Length, MostNeighbours)])
                {
                    found.TryAdd(row, lookup.Rule.Name);
                }
            }
        }

        return found;
    }
}
