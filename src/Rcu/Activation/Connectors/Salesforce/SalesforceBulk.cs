using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Salesforce;

/// <summary>A large batch by Bulk API 2.0: one file for the whole, then what became of each row, read from the two files it gives back.</summary>
internal sealed class SalesforceBulk(SalesforceApi api, Rows rows, bool accounts)
{
    /// <summary>More rows than this go by Bulk, as Salesforce advises.</summary>
    public const int From = 2000;

    // What Bulk takes for an emptied field: an empty one is left as it is.
    private const string Emptied = "#N/A";
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    public async Task DeliverAsync(IReadOnlyList<Row> open, CancellationToken ct)
    {
        var made = await api.PostAsync(
            "jobs/ingest",
            new { @object = accounts ? "Account" : "Contact", externalIdFieldName = api.Settings.ExternalIdField, operation = "upsert", contentType = "CSV", lineEnding = "LF" },
            ct);
        if (Stops(made) || Stops(await api.UploadAsync($"jobs/ingest/{made.At("id")}/batches", File(open), ct))
            || Stops(await api.PatchAsync($"jobs/ingest/{made.At("id")}", new { state = "UploadComplete" }, ct)))
        {
            return;
        }

        if (await FollowAsync(made.At("id")!, ct) is { } failed)
        {
            rows.Stop(failed);
            return;
        }

        var (taken, refused) = (await ResultsAsync(made.At("id")!, "successfulResults", "sf__Id", ct), await ResultsAsync(made.At("id")!, "failedResults", "sf__Error", ct));
        if (taken is null || refused is null)
        {
            return;
        }

        foreach (var row in open)
        {
            var key = $"{row.Change.ProfileId}";
            rows.Say(row, taken.TryGetValue(key, out var id) ? new Outcome.Delivered(id)
                : SalesforceRecords.Refused(row, refused.GetValueOrDefault(key) ?? "", refused.GetValueOrDefault(key) ?? "la ligne n’est dans aucun résultat"));
        }
    }

    // A refused job concerns every row: nothing of it is known to be taken.
    private bool Stops(ToolAnswer answer)
    {
        if (answer.Failure is { } failure)
        {
            rows.Stop(failure is Outcome.Rejected refused ? new Outcome.Closed($"Salesforce refuse le travail Bulk : {refused.Answer}") : failure);
        }

        return !rows.GoOn;
    }

    private async Task<Outcome?> FollowAsync(string job, CancellationToken ct)
    {
        for (var (waited, pause) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(100)); waited < LongestWait; waited += pause, pause = TimeSpan.FromSeconds(Math.Min(10, pause.TotalSeconds * 2)))
        {
            var answer = await api.GetAsync($"jobs/ingest/{job}", ct);
            switch (answer.At("state"))
            {
                case "JobComplete":
                    return null;
                case "Failed" or "Aborted":
                    return new Outcome.Closed($"Salesforce a abandonné le travail Bulk : {answer.At("errorMessage")}", answer.Text);
                case null when answer.Failure is { } failed:
                    return failed;
                default:
                    await Task.Delay(pause, ct);
                    break;
            }
        }

        return new Outcome.RetryAfter("Le travail Bulk de Salesforce n’est pas fini : il est repris plus tard.");
    }

    private string File(IReadOnlyList<Row> open)
    {
        var records = open.Select(row => SalesforceRecords.Fields(row.Change, api.Settings)).ToList();
        var columns = records.SelectMany(record => record.Keys).Distinct().ToList();
        using var text = new StringWriter(new StringBuilder(), CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        columns.ForEach(csv.WriteField);
        csv.NextRecord();
        foreach (var record in records)
        {
            foreach (var column in columns)
            {
                csv.WriteField(!record.TryGetValue(column, out var value) ? "" : value switch { null or "" => Emptied, bool ticked => ticked ? "true" : "false", _ => Convert.ToString(value, CultureInfo.InvariantCulture) });
            }

            csv.NextRecord();
        }

        csv.Flush();
        return text.ToString();
    }

    private async Task<Dictionary<string, string>?> ResultsAsync(string job, string results, string column, CancellationToken ct)
    {
        var answer = await api.GetAsync($"jobs/ingest/{job}/{results}", ct);
        if (Stops(answer))
        {
            return null;
        }

        using var csv = new CsvReader(new StringReader(answer.Text), CultureInfo.InvariantCulture);
        var read = new Dictionary<string, string>();
        if (csv.Read() && csv.ReadHeader())
        {
            while (csv.Read())
            {
                read[csv.GetField(api.Settings.ExternalIdField)!] = csv.GetField(column)!;
            }
        }

        return read;
    }
}
