using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Rcu.Cleaning.Steward;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Cleaning;

/// <summary>Cleans the rows of a file while it is read, as the stage would once they are evidence.</summary>
public static class EarlyCleaning
{
    /// <summary>A cleaner by the rules in force now.</summary>
    public static async Task<RowCleaner> LoadAsync(RcuDb db, TimeProvider clock, CancellationToken ct)
    {
        var rules = await RuleSet.LoadAsync(db, clock, ct);
        var declared = await db.Feeds.AsNoTracking().ToListAsync(ct);
        var readers = new ConcurrentDictionary<Guid, FeedReader>();
        return new RowCleaner(
            rules.Stamp(RecordCleaner.RulesVersion, declared.Count(feed => feed.ReadsFormer)),
            RecordCleaner.RulesVersion,
            rules.KeepsOut,
            (feed, row) =>
            {
                var cleaned = readers.GetOrAdd(feed.Id, _ => FeedReader.Of(FormerRows.ReaderOf(feed, declared), rules)).Clean(row);
                var refused = rules.Blocks(feed) ? rules.Blocked(feed.Kind, cleaned) : null;
                return new CleanRow(Fields(cleaned), cleaned.Issues.Count == 0 ? null : Issues(cleaned), refused);
            });
    }

    private static byte[] Fields(CleanedRecord cleaned) => JsonBytes.Of(cleaned, static (writer, record) =>
    {
        writer.WriteStartObject();
        foreach (var (field, value) in record.Fields)
        {
            writer.WriteString(field, value);
        }

        writer.WriteEndObject();
    });

    private static byte[] Issues(CleanedRecord cleaned) => JsonBytes.Of(cleaned, static (writer, record) =>
    {
        writer.WriteStartArray();
        foreach (var issue in record.Issues)
        {
            writer.WriteStartObject();
            writer.WriteString("field", issue.Field);
            writer.WriteString("code", issue.Code);
            writer.WriteString("value", issue.Value);
            writer.WriteString("severity", issue.Severity.ToString());
            writer.WriteString("message", issue.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
