using System.Text;
using Rcu.Matching.Blocking;
using Rcu.Matching.Comparisons;
using Rcu.Matching.Scoring;

namespace Rcu.Matching;

/// <summary>Records normalised, encoded and keyed: what an unknown record is looked up in, and every pair explained from.</summary>
public sealed class MatchIndex
{
    private readonly RecordKeys _keys;
    private readonly List<BlockingRule> _rules;
    private readonly Lazy<Neighbourhood> _neighbours;
    private int[] _indexOf;
    private int[] _rowOf;
    private int _cap;

    internal MatchIndex(
        IRecordStream records, MatchSettings settings, IReadOnlyList<(string, string)>? sirenAliases, CancellationToken ct)
    {
        (Settings, Fields, Kind) = (settings, records.Fields, records.Kind);
        Options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, settings.Threads), CancellationToken = ct };
        _keys = new RecordKeys(Fields);
        Evidence = new ComparisonSet(Kind, Fields, settings);
        RecordReader.Fill(records, _keys, Evidence, Options);
        _indexOf = RowOrder.Of(_keys, Evidence, Options);
        Evidence.Rows.Reorder(_indexOf, Options);
        FreedRoom.Of(Count);
        _rowOf = RowOrder.Inverse(_indexOf);

        Evidence.Complete(Count, sirenAliases ?? [], Options);
        _rules = Evidence.Rules(Count);
        _neighbours = new Lazy<Neighbourhood>(LookUp);
        Model = settings.Model is { } given ? Model.Given(given, Evidence.All, Count) : Model.Shipped(Evidence.All, Count, Kind);
    }

    /// <summary>How many records there are; answers name them by their place in the input, from 0.</summary>
    public int Count => _keys.Count;

    public EntityKind Kind { get; }

    public IReadOnlyList<Field> Fields { get; }

    /// <summary>Held by whoever looks a record up or changes one.</summary>
    internal Lock Gate { get; } = new();

    internal MatchSettings Settings { get; }

    internal ParallelOptions Options { get; }

    internal ComparisonSet Evidence { get; }

    internal Model Model { get; set; }

    public string RecordKey(int record) => _keys.KeyOf(record);

    public string RecordSource(int record) => _keys.SourceOf(record);

    /// <summary>The known records that these values may be, best first, down to the least probability asked for.</summary>
    public IReadOnlyList<Candidate> Candidates(IReadOnlyList<string?> values, int most = 10, double least = .01)
    {
        var batch = BatchOf("", "", values);
        lock (Gate)
        {
            return Candidates(batch, most, Model.BitsOf(Math.Clamp(least, 1e-9, 1 - 1e-9)));
        }
    }

    /// <summary>
    /// Says anew what a record says, or adds one after the last, for whoever is looked up from now on. How common each value
    /// is stays as it was counted.
    /// </summary>
    public void Put(int record, string key, string source, IReadOnlyList<string?> values)
    {
        var batch = BatchOf(key, source, values);
        lock (Gate)
        {
            Put(batch, record < Count ? RowOf(record) : Count);
        }
    }

    /// <summary>Takes a record away: nobody finds it any more, until it is put again.</summary>
    public void Remove(int record)
    {
        lock (Gate)
        {
            Neighbours.Remove(RowOf(record));
        }
    }

    internal Neighbourhood Neighbours => _neighbours.Value;

    /// <summary>The blocks of all rules, and what they may cost.</summary>
    internal CandidateSearch Blocks()
    {
        var search = new CandidateSearch(KeyTable.Of(_rules, Count, Options), Count);
        _cap = search.CapFor(Settings.PairBudgetPerRecord);
        FreedRoom.Of(Count);
        return search;
    }

    /// <summary>One record as the engine reads it.</summary>
    internal RecordBatch BatchOf(string key, string source, IReadOnlyList<string?> values)
    {
        if (values.Count != Fields.Count)
        {
            throw new ArgumentException($"{Fields.Count} values were expected, not {values.Count}.", nameof(values));
        }

        var batch = new RecordBatch(Fields.Count, 1);
        batch.Begin(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(source));
        foreach (var value in values)
        {
            batch.Add(Encoding.UTF8.GetBytes(value ?? ""));
        }

        return batch;
    }

    /// <summary>Adds the one record of a batch after the last, or says anew what a row says; tells the row.</summary>
    internal int Put(RecordBatch batch, int row)
    {
        var neighbours = Neighbours;
        foreach (var store in Evidence.Stores)
        {
            store.Store(0, new RecordText(batch, 0));
        }

        var isNew = row == Count;
        Evidence.Rows.Write(row);
        if (isNew)
        {
            Evidence.Rows.Keep();
            _keys.Add(batch);
            if (row >= _indexOf.Length)
            {
                Array.Resize(ref _indexOf, row + (row / 2) + 1);
                Array.Resize(ref _rowOf, row + (row / 2) + 1);
            }

            (_indexOf[row], _rowOf[row]) = (row, row);
        }

        neighbours.Put(row, isNew);
        return row;
    }

    internal int RowOf(int index) => _rowOf[index];
    internal int IndexOf(int row) => _indexOf[row];
    internal string KeyOf(int row) => _keys.KeyOf(_indexOf[row]);
    internal ReadOnlySpan<byte> KeyBytes(int row) => _keys.KeyBytes(_indexOf[row]);

    internal int SourceCode(int row) => _keys.SourceCode(_indexOf[row]);

    internal int SourceCodeOf(string source) => _keys.SourceCodeOf(source);

    internal string RuleName(byte rule) => rule == Clustering.JudgedPairs.ByDecision ? "decision" : _rules[rule].Name;

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

    internal Explanation ExplainRows(
        Model model, int left, int right, (string Left, string Right) keys, string rule, string? veto)
    {
        var evidence = new List<Evidence>();
        double weights = 0, frequencies = 0;
        for (var i = 0; i < Evidence.All.Length; i++)
        {
            var comparison = Evidence.All[i];
            var level = comparison.Compare(left, right, out var bits);
            var (weight, frequency) = model.Parts(i, level, bits);
            var (shownLeft, shownRight) = (comparison.Show(left), comparison.Show(right));
            weights += weight;
            frequencies += frequency;
            if (shownLeft is not null || shownRight is not null)
            {
                evidence.Add(new Evidence(
                    comparison.Name, shownLeft, shownRight, comparison.Levels[level].Name, weight, frequency));
            }
        }

        var total = model.Prior + weights + frequencies;
        return new Explanation(keys.Left, keys.Right, model.Prior, evidence, total, Model.Probability(total), rule, veto);
    }

    private List<Candidate> Candidates(RecordBatch batch, int most, double floor)
    {
        var probe = Count;
        var neighbours = Neighbours;
        foreach (var store in Evidence.Stores)
        {
            store.BeginTemporary();
            store.Store(0, new RecordText(batch, 0));
        }

        Evidence.Rows.Write(probe);
        var found = new List<(int Row, byte Rule, PairScore Score)>();
        foreach (var (row, rule) in neighbours.Of(probe))
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
                ExplainRows(Model, one.Row, probe, (KeyOf(one.Row), ""), RuleName(one.Rule), VetoOf(one.Row, probe, one.Score.Pattern)))),
        ];
        foreach (var store in Evidence.Stores)
        {
            store.EndTemporary();
        }

        Evidence.Rows.Clear(probe);
        return candidates;
    }

    private Neighbourhood LookUp()
    {
        if (_cap == 0)
        {
            Blocks();
        }

        return new Neighbourhood([.. _rules.Select(rule => new KeyLookup(rule, Count, _cap, Evidence.NameOf))]);
    }
}
