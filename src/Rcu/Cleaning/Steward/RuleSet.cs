using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning.Steward;

/// <summary>The steward's rules in force, read once for a whole run. They are asked of clean fields, after the rules of the hub.</summary>
public sealed class RuleSet
{
    /// <summary>No rule at all.</summary>
    public static readonly RuleSet None = new([], new HashSet<Guid>());

    private readonly Dictionary<RecordKind, CompiledRule[]> _rules;
    private readonly IReadOnlySet<Guid> _exempt;

    private RuleSet(Dictionary<RecordKind, CompiledRule[]> rules, IReadOnlySet<Guid> exempt) => (_rules, _exempt) = (rules, exempt);

    public static async Task<RuleSet> LoadAsync(RcuDb db, TimeProvider clock, CancellationToken ct)
    {
        var rules = (await InForce(db.Set<StewardRule>()).AsNoTracking().ToListAsync(ct)).Where(rule => rule.State is RuleState.On).ToList();
        return rules.Count == 0 ? None : Of(rules, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), await ExemptAsync(db, ct));
    }

    /// <summary>Who keeps rows out of an import: nobody while no rule blocks.</summary>
    public static async Task<RowJudge?> JudgeAsync(RcuDb db, TimeProvider clock, CancellationToken ct)
    {
        var set = await LoadAsync(db, clock, ct);
        if (!set.KeepsOut)
        {
            return null;
        }

        var readers = new Dictionary<Guid, FeedReader>();
        return (feed, row) =>
        {
            if (!set.Blocks(feed))
            {
                return null;
            }

            if (!readers.TryGetValue(feed.Id, out var reader))
            {
                readers[feed.Id] = reader = FeedReader.Of(feed);
            }

            return set.Blocked(feed.Kind, reader.Clean(row));
        };
    }

    /// <summary>Whether some rule keeps rows out.</summary>
    internal bool KeepsOut => _rules.Values.Any(rules => Array.Exists(rules, rule => rule.Effect is RuleEffect.Block));

    /// <summary>The same for two sets of the same rules, beside rules of the hub and mappings that stand alike.</summary>
    /// <param name="version">Of the rules of the hub.</param>
    /// <param name="mappings">How many mappings read the rows of former ones.</param>
    internal long Stamp(int version, int mappings) => _rules.Values.SelectMany(rules => rules).OrderBy(rule => rule.Number)
        .Aggregate(((long)version * 1_000_003) + mappings, (stamp, rule) => unchecked((((stamp * 1_000_003) + rule.Number) * 1_000_003) + rule.Version));

    /// <summary>The rules as they stand, those that are off or deleted too.</summary>
    internal static IQueryable<StewardRule> InForce(IQueryable<StewardRule> versions) =>
        versions.Where(rule => !versions.Any(later => later.Number == rule.Number && later.Version > rule.Version));

    internal static RuleSet Of(IEnumerable<StewardRule> rules, DateOnly today, IReadOnlySet<Guid> exempt) => new(
        rules.GroupBy(rule => rule.Kind).ToDictionary(
            group => group.Key,
            group => group.OrderBy(rule => rule.Number).Select(rule => CompiledRule.Read(rule, today, out _)).OfType<CompiledRule>().ToArray()),
        exempt);

    // What is typed in the hub is told at once, and what the register says is not the steward's to mend.
    internal static async Task<IReadOnlySet<Guid>> ExemptAsync(RcuDb db, CancellationToken ct) =>
        (await db.Sources.Where(s => s.Name == Source.Saisie || s.Name == Source.Sirene).Select(s => s.Id).ToListAsync(ct)).ToHashSet();

    /// <summary>This set, or none for a source whose records are not asked.</summary>
    internal RuleSet For(Guid source) => _exempt.Contains(source) ? None : this;

    /// <summary>The clean record with what the rules find in it.</summary>
    public CleanedRecord On(RecordKind kind, CleanedRecord cleaned)
    {
        if (!_rules.TryGetValue(kind, out var rules))
        {
            return cleaned;
        }

        var found = Find(rules, cleaned.Fields);
        return found.Count == 0 ? cleaned : cleaned with { Issues = [.. cleaned.Issues, .. found] };
    }

    /// <summary>Why the record may not come in; null when it may.</summary>
    internal RejectReason? Blocked(RecordKind kind, CleanedRecord cleaned) =>
        _rules.TryGetValue(kind, out var rules)
        && Find(rules, cleaned.Fields).Find(issue => issue.Severity is Severity.Error) is { } issue
            ? new RejectReason(issue.Code, issue.Message, issue.Field, RejectReason.Cut(issue.Value))
            : null;

    /// <summary>What the rules of one kind find, without the rules of the hub.</summary>
    internal IReadOnlyList<Issue> Find(RecordKind kind, IReadOnlyDictionary<string, string> fields) =>
        _rules.TryGetValue(kind, out var rules) ? Find(rules, fields) : [];

    /// <summary>Whether a row of this feed may be kept out.</summary>
    internal bool Blocks(Feed feed) =>
        !_exempt.Contains(feed.SourceId) && _rules.TryGetValue(feed.Kind, out var rules) && Array.Exists(rules, rule => rule.Effect is RuleEffect.Block);

    private static List<Issue> Find(CompiledRule[] rules, IReadOnlyDictionary<string, string> fields)
    {
        var found = new List<Issue>();
        foreach (var rule in rules)
        {
            if (rule.Find(fields) is { } issue)
            {
                found.Add(issue);
            }
        }

        return found;
    }
}
