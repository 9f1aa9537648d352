using System.Text;
using Rcu.Matching.Clustering;
using Rcu.Matching.Scoring;
using Rcu.Matching.Text;

namespace Rcu.Matching;

/// <summary>
/// A resolved set that records are added to, changed in and removed from. Only what a change touches is compared and
/// clustered again, by the rules of a full run; how common each value is stays as the full run counted it.
/// </summary>
public sealed class LiveResolution
{
    private readonly MatchIndex _index;
    private readonly Clusters _clusters;
    private readonly PairGraph _graph;
    private readonly LiveIds _ids;
    private readonly Dictionary<ulong, int> _rowOf = [];
    private readonly double _floor;
    private PairJudge _judge;

    /// <summary>Takes a result over: it must not be asked any more.</summary>
    public LiveResolution(MatchResult result)
    {
        (_index, _clusters, _judge) = (result.Index, result.Clusters, result.Judge);
        _graph = new PairGraph(result.Judged.Table, _index.Count);
        _floor = Matcher.FloorOf(_judge.Settings);
        _ids = new LiveIds(_clusters, _index.Count);
        for (var row = _index.Count - 1; row >= 0; row--)
        {
            _rowOf[Hash.Of(_index.KeyBytes(row))] = row;
        }

        foreach (var pair in result.Pairs)
        {
            Remember(pair);
        }
    }

    /// <summary>How many records there have been, the removed ones included.</summary>
    public int Count => _index.Count;

    public MatchIndex Index => _index;

    /// <summary>Ids that are no more, and the id that took their records.</summary>
    public IReadOnlyDictionary<long, long> Redirects => _ids.Redirects;

    /// <summary>The place of a record; null when no record bears the key.</summary>
    public int? RecordOf(string key) => RowOf(key) is { } row && !_index.Neighbours.IsRemoved(row) ? _index.IndexOf(row) : null;

    public long ClusterOf(int record) => _ids[_index.RowOf(record)];

    /// <summary>The records of one cluster, this one's own included.</summary>
    public IReadOnlyList<int> Together(int record) =>
        [.. _clusters.Members(_clusters.RootOf(_index.RowOf(record))).Select(_index.IndexOf).Order()];

    /// <summary>The clusters of some records that a person should look at, the most doubtful first.</summary>
    public IReadOnlyList<SuspectCluster> SuspectsAmong(IEnumerable<int> records) => SuspectClusters.Of(
        _index, _judge.Model, _clusters, records.Select(record => _clusters.RootOf(_index.RowOf(record))).Distinct());

    /// <summary>The strongest pair that joined a record to its cluster; null when it stands alone.</summary>
    public ScoredPair? JoinedBy(int record)
    {
        var joined = _graph.Of(_index.RowOf(record)).Where(pair => _graph[pair].Band == Band.Automatic).ToList();
        return joined.Count == 0 ? null : Made(joined.MaxBy(pair => _judge.WeightOf(_graph.Pairs[pair].Score)));
    }

    /// <summary>Why any two records are, or are not, one.</summary>
    public Explanation Explain(int left, int right)
    {
        var (a, b) = (_index.RowOf(left), _index.RowOf(right));
        var known = _graph.Of(a).Where(pair => _graph.Other(pair, a) == b).Select(pair => (int?)pair).FirstOrDefault();
        return _index.ExplainRows(
            _judge.Model, a, b, (_index.KeyOf(a), _index.KeyOf(b)),
            known is { } found ? _index.RuleName(_graph.Pairs[found].Rule) : _index.RuleOf(a, b),
            known is { } judged ? _graph[judged].Veto : _index.VetoOf(a, b, _judge.Model.Score(a, b).Pattern));
    }

    /// <summary>Applies what the sources say since. Removing an unknown record changes nothing.</summary>
    /// <param name="decisions">All decisions in force, when some are new or revoked; null when they are the same as before.</param>
    public LiveChange Apply(IReadOnlyList<RecordChange> changes, IReadOnlyList<Decision>? decisions = null)
    {
        lock (_index.Gate)
        {
            var touched = new HashSet<int>();
            var written = changes.Select(change => Write(change, touched)).Where(row => row >= 0).ToHashSet();
            Compare(written, touched);
            if (decisions is not null)
            {
                Follow(decisions, touched);
            }

            var component = new Component(_clusters, _graph, _judge).Of(touched);
            foreach (var removed in component.Where(_index.Neighbours.IsRemoved).ToList())
            {
                _clusters.Part(removed);
                component.Remove(removed);
            }

            Cluster(component);
            var (clusters, gone, splits) = _ids.Follow(_clusters, component, touched, _index);
            return new LiveChange(clusters, gone, splits, [.. PairsOf(written).Select(Made)]);
        }
    }

    private int? RowOf(string key) => _rowOf.TryGetValue(Hash.Of(Encoding.UTF8.GetBytes(key)), out var row) ? row : null;

    private int Write(RecordChange change, HashSet<int> touched)
    {
        var known = RowOf(change.Key);
        if (known is { } former)
        {
            touched.Add(former);
            foreach (var pair in _graph.Of(former).ToList())
            {
                touched.Add(_graph.Other(pair, former));
                _graph.Remove(pair);
            }
        }

        if (change.Values is not { } values)
        {
            if (known is { } removed)
            {
                _index.Neighbours.Remove(removed);
            }

            return -1;
        }

        var row = _index.Put(_index.BatchOf(change.Key, change.Source, values), known ?? _index.Count);
        _rowOf[Hash.Of(_index.KeyBytes(row))] = row;
        _graph.Reserve(_index.Count);
        if (known is null)
        {
            _clusters.Part(row);
            _ids.Add();
        }

        touched.Add(row);
        return row;
    }

    private void Compare(HashSet<int> written, HashSet<int> touched)
    {
        var siren = _index.Evidence.Siren;
        foreach (var row in written)
        {
            foreach (var (other, rule) in _index.Neighbours.Of(row))
            {
                // Two written rows find each other: the first one is enough.
                if ((written.Contains(other) && other < row) || (siren is not null && siren.Differ(other, row)))
                {
                    continue;
                }

                var (left, right) = other < row ? (other, row) : (row, other);
                if (_index.Model.Score(left, right, _floor, out var score))
                {
                    var pair = _graph.Add(left, right, rule, score);
                    if (_judge.WeightOf(score) >= _judge.AutoFloor)
                    {
                        touched.Add(other);
                    }
                    else if (_judge.WeightOf(score) >= _judge.ReviewFloor)
                    {
                        _graph[pair] = _judge.Judge(_clusters, left, right, _judge.WeightOf(score), score.Pattern);
                    }
                }
            }
        }
    }

    private void Follow(IReadOnlyList<Decision> decisions, HashSet<int> touched)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in decisions.SelectMany(decision => (string[])[decision.LeftKey, decision.RightKey]))
        {
            if (RowOf(key) is { } row && !_index.Neighbours.IsRemoved(row))
            {
                rows[key] = row;
            }
        }

        touched.UnionWith(_judge.Verdicts.Rows);
        _judge = new PairJudge(_index, _judge.Settings, _judge.Model, new Verdicts(decisions, rows));
        touched.UnionWith(_judge.Verdicts.Rows);
        _clusters.Follow(_judge);
    }

    // What a full run does, on the rows that hang together with what changed.
    private void Cluster(HashSet<int> component)
    {
        foreach (var row in component)
        {
            _clusters.Part(row);
        }

        var decided = new HashSet<(int, int)>();
        foreach (var (left, right) in _judge.Verdicts.Same)
        {
            if (component.Contains(left) && component.Contains(right))
            {
                _clusters.Force(left, right);
                decided.Add((left, right));
            }
        }

        var pairs = component.SelectMany(row => _graph.Of(row).Where(pair => _graph.Pairs[pair].Left == row)).ToList();
        foreach (var (pair, weight) in pairs.Select(pair => (Pair: pair, Weight: _judge.WeightOf(_graph.Pairs[pair].Score)))
            .Where(one => one.Weight >= _judge.ReviewFloor)
            .OrderByDescending(one => one.Weight).ThenBy(one => _graph.Pairs[one.Pair].Left).ThenBy(one => _graph.Pairs[one.Pair].Right))
        {
            var (left, right, _, score) = _graph.Pairs[pair];
            _graph[pair] = decided.Contains((left, right))
                ? (Band.Automatic, null)
                : _judge.Judge(_clusters, left, right, weight, score.Pattern);
        }
    }

    private IEnumerable<int> PairsOf(HashSet<int> rows) => rows.SelectMany(_graph.Of).Distinct()
        .Where(pair => _judge.WeightOf(_graph.Pairs[pair].Score) >= _judge.ReviewFloor).Order();

    private void Remember(ScoredPair scored)
    {
        var row = _index.RowOf(scored.Left);
        var other = _index.RowOf(scored.Right);
        foreach (var pair in _graph.Of(row).Where(pair => _graph.Other(pair, row) == other))
        {
            _graph[pair] = (scored.Band, scored.Veto);
            return;
        }
    }

    private ScoredPair Made(int pair)
    {
        var (left, right, rule, score) = _graph.Pairs[pair];
        var weight = _judge.WeightOf(score);
        return new ScoredPair(
            _index.IndexOf(left), _index.IndexOf(right), weight, Model.Probability(weight), _graph[pair].Band, _index.RuleName(rule), _graph[pair].Veto);
    }
}
