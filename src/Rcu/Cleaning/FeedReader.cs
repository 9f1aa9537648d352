using System.Text.Json;
using System.Text.RegularExpressions;
using Rcu.Cleaning.Steward;
using Rcu.Customers;
using Rcu.Ingestion;
using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning;

/// <summary>
/// Reads the rows of a feed: which column feeds which canonical field, what is declared of its dates, amounts and values, then
/// the cleaning rules, then the steward's, then what a person decided about the problems they find.
/// </summary>
public sealed partial class FeedReader(RecordKind kind, IReadOnlyList<FeedColumn> columns, FeedOptions options, RuleSet? rules = null)
{
    private static readonly HashSet<string> Dates = ["date", "due_on", "created_on", "seen_at", "at", "close_on", "entry_date", "lettered_on"];

    private static readonly HashSet<string> Amounts = ["net", "tax", "gross", "amount", "debit", "credit", "quantity", "unit_price"];

    private readonly Dictionary<(string, string), FixAction> _fixes = (options.Fixes ?? []).ToDictionary(fix => (fix.Field, fix.Code), fix => fix.Action);

    /// <param name="feed">How the rows are mapped.</param>
    /// <param name="rules">What the stewards demand besides; null for nothing.</param>
    public static FeedReader Of(Feed feed, RuleSet? rules = null) => new(feed.Kind, feed.Columns, FeedOptions.Of(feed), rules?.For(feed.SourceId));

    public CleanedRecord Clean(JsonElement payload) => Clean(RowFields.OfEvidence(payload));

    public CleanedRecord Clean(RowFields row)
    {
        var cleaned = RecordCleaner.Clean(kind, Read(row));
        cleaned = rules?.On(kind, cleaned) ?? cleaned;
        return _fixes.Count == 0 || cleaned.Issues.Count == 0 ? cleaned : Decided(cleaned);
    }

    /// <summary>The raw text of each canonical field.</summary>
    public IReadOnlyDictionary<string, string?> Read(RowFields row)
    {
        var raw = new Dictionary<string, string?>();
        foreach (var column in columns)
        {
            if (!Applies(column.When, row))
            {
                continue;
            }

            var text = column.Constant ?? Declared(column, Text(column, row));

            // Several columns may feed one field, each under its condition: the first that says something speaks.
            if (text.Length > 0 && string.IsNullOrWhiteSpace(raw.GetValueOrDefault(column.Field)))
            {
                raw[column.Field] = text;
            }
        }

        return raw;
    }

    private static bool Applies(FeedCondition? when, RowFields row) =>
        when is null || when.Values.Contains(row[when.Column]?.Trim() ?? "", StringComparer.OrdinalIgnoreCase);

    private static string Text(FeedColumn column, RowFields row) => column.Columns.Count == 1
        ? row[column.Columns[0]] ?? ""
        : string.Join(' ', column.Columns.Select(path => row[path]).Where(cell => !string.IsNullOrWhiteSpace(cell)));

    private string Declared(FeedColumn column, string text)
    {
        if (column.Part is { } part)
        {
            text = PartOf(text, part);
        }

        if (column.Values is { } values && values.FirstOrDefault(value => string.Equals(value.Key, text.Trim(), StringComparison.OrdinalIgnoreCase)) is { Key: not null } known)
        {
            text = known.Value;
        }

        return options.DateOrder is { } order && Dates.Contains(column.Field) ? DayFirst(text, order)
            : options.DecimalSign is { } sign && Amounts.Contains(column.Field) ? WithPoint(text, sign)
            : text;
    }

    private static string PartOf(string text, FeedPart part)
    {
        var pieces = text.Trim().Split(part.Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var index = part.Index < 0 ? pieces.Length + part.Index : part.Index;
        return index < 0 || index >= pieces.Length ? "" : part.IsRest ? string.Join(part.Separator, pieces[index..]) : pieces[index];
    }

    // The rules read a day first; what a person declared is put in that order.
    private static string DayFirst(string text, string order)
    {
        var form = Numbers().Match(text);
        return !form.Success || form.Groups[1].Length == 4 ? text
            : order == "mdy" ? $"{form.Groups[2].Value}/{form.Groups[1].Value}/{form.Groups[3].Value}{form.Groups[4].Value}"
            : order == "ymd" ? $"{form.Groups[3].Value}/{form.Groups[2].Value}/{form.Groups[1].Value}{form.Groups[4].Value}"
            : text;
    }

    // « 12,345 » is twelve and a bit once the comma is known to part decimals: a fourth decimal leaves no doubt.
    private static string WithPoint(string text, char sign)
    {
        var plain = text.Replace(sign == ',' ? "." : ",", "", StringComparison.Ordinal).Replace(',', '.');
        return ThreeDecimals().IsMatch(plain) ? ThreeDecimals().Replace(plain, "$&0") : plain;
    }

    private CleanedRecord Decided(CleanedRecord cleaned)
    {
        var (fields, issues) = (new Dictionary<string, string>(cleaned.Fields), new List<Issue>());
        foreach (var issue in cleaned.Issues)
        {
            if (!_fixes.TryGetValue((issue.Field, issue.Code), out var action))
            {
                issues.Add(issue);
            }
            else if (action == FixAction.Blank)
            {
                fields.Remove(issue.Field);
            }
        }

        return new CleanedRecord(fields, issues);
    }

    [GeneratedRegex(@"^\s*(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{1,4})(\D.*)?$")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\.\d{3}(?!\d)")]
    private static partial Regex ThreeDecimals();
}
