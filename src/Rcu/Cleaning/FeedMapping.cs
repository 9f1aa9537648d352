using System.Text.Json;
using Rcu.Ingestion;
using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning;

/// <summary>Reads a payload through its feed: which column feeds which canonical field, word for word.</summary>
public static class FeedMapping
{
    public static IReadOnlyDictionary<string, string?> Read(IReadOnlyList<FeedColumn> columns, JsonElement payload)
    {
        var row = new RowFields(payload);
        var raw = new Dictionary<string, string?>();
        foreach (var column in columns.Where(column => Applies(column.When, row)))
        {
            var text = column.Constant ?? string.Join(' ', column.Columns.Select(path => row[path]).Where(cell => !string.IsNullOrWhiteSpace(cell)));

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
}
