using Rcu.Benchmarks.Generator;
using Rcu.Matching;
using Rcu.Reference;
using Rcu.Web.Commands.Csv;
using Rcu.Web.Commands.Duplicates;

namespace Rcu.Benchmarks.Matching;

/// <summary>A file through the code of <c>./rcu dedupe</c>, up to the clusters: what a user gets.</summary>
internal static class DedupeRun
{
    public static MatchSettings Settings { get; } = new() { FreeMailDomains = MailDomains.AllFree, GenericMailboxes = MailDomains.AllGeneric };

    /// <param name="fields">As after <c>--fields</c>.</param>
    /// <param name="id">The column that names a record; null when its line does.</param>
    /// <param name="link">The column that tells two lists apart; null when there is one list.</param>
    public static MatchResult Run(string file, EntityKind kind, string fields, string? id = null, string? link = null)
    {
        var options = new DedupeOptions([file], [.. Parse(fields)], id, link, Threshold: null, Out: null, Pairs: null);
        var plan = Plan.Of([CsvDetector.Detect(file).Value!], options).Value! with { Kind = kind };
        using var records = new FileRecords(plan, _ => { });
        return Matcher.Run(records, plan.Settings(threshold: null), []);
    }

    /// <summary>The columns named, each with its kind.</summary>
    public static IEnumerable<(string Column, string Kind)> Parse(string fields) =>
        fields.Split(',').Select(field => field.Split('=')).Select(field => (field[0], field[1]));

    /// <summary>What a user would write after <c>--fields</c> for a generated set.</summary>
    public static string FieldsOf(GeneratedSet set) =>
        string.Join(',', set.Columns.Where(column => column.Kind is not null).Select(column => $"{column.Name}={ColumnKinds.NameOf(column.Kind!.Value)}"));
}
