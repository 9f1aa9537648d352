using Rcu.Ingestion.Drafts;

namespace Rcu.Cleaning.Checking;

/// <summary>Counts the rows of a file and gathers what is wrong in them by problem, in a memory that does not grow with the file.</summary>
internal sealed class CheckTally(HashSet<long> skipped)
{
    private const int Shown = 3;

    private readonly Dictionary<(string Field, string Code), Group> _problems = [];
    private readonly HashSet<ulong> _keys = [];
    private long _rows;
    private long _ready;
    private long _warned;
    private long _rejected;
    private long _left;
    private long _twins;

    /// <summary>Counts a row; the problems met on it are given back, to be kept with its line.</summary>
    public IReadOnlyList<(string Field, string Code)> Add(CheckedRow row)
    {
        _rows++;
        if (row.Refused is { } reason)
        {
            _rejected++;
            return [Met(reason.Column ?? "", reason.Code, "Rejected", row.Line, reason.Value, reason.Message)];
        }

        if (!_keys.Add(HashOf(row.Key!)))
        {
            _twins++;
        }

        var issues = row.Cleaned!.Issues;
        var left = skipped.Contains(row.Line);
        _left += left ? 1 : 0;
        _ready += !left && issues.Count == 0 ? 1 : 0;
        _warned += !left && issues.Count > 0 ? 1 : 0;

        return issues.Count == 0 ? [] : [.. issues.Select(issue => Met(issue.Field, issue.Code, issue.Severity.ToString(), row.Line, issue.Value, issue.Message))];
    }

    public DraftTally Total() => new()
    {
        Rows = _rows,
        Ready = _ready,
        Warned = _warned,
        Rejected = _rejected,
        Skipped = _left,
        Twins = _twins,
    };

    public IEnumerable<DraftProblem> Problems(Guid draft) => _problems.Select(problem => new DraftProblem
    {
        DraftId = draft,
        Field = problem.Key.Field,
        Code = problem.Key.Code,
        Severity = problem.Value.Severity,
        Rows = problem.Value.Rows,
        Examples = problem.Value.Examples,
    });

    private (string Field, string Code) Met(string field, string code, string severity, long line, string? value, string message)
    {
        if (!_problems.TryGetValue((field, code), out var group))
        {
            _problems[(field, code)] = group = new Group(severity);
        }

        group.Rows++;
        if (group.Examples.Count < Shown && !group.Examples.Exists(example => example.Value == value))
        {
            group.Examples.Add(new ProblemExample(line, value, message));
        }

        return (field, code);
    }

    private static ulong HashOf(string key)
    {
        var hash = 14695981039346656037UL; // FNV-1a, 64 bits: among a million keys two meet by chance in one file of some thirty million
        foreach (var c in key)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash;
    }

    private sealed class Group(string severity)
    {
        public string Severity => severity;

        public long Rows { get; set; }

        public List<ProblemExample> Examples { get; } = [];
    }
}
