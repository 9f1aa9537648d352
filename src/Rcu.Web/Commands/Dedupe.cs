using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Rcu.Ingestion.Reading;
using Rcu.Matching;
using Rcu.Reference;

namespace Rcu.Web.Commands;

/// <summary>
/// <c>dedupe FILE.csv</c>: finds the records of a file that are the same company or person, without a database. Writes
/// <c>FILE.doublons.csv</c>: the file's columns, then the group of each line, its probability and why, in one sentence.
/// </summary>
internal static class Dedupe
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var path, ..] || !File.Exists(path))
        {
            await Console.Error.WriteLineAsync(Verb.Text("dedupe.usage"));
            return Verb.Misused;
        }

        var opened = await SourceFile.OpenAsync(path, Path.GetFileName(path), null, CancellationToken.None);
        if (!opened.Succeeded)
        {
            await Console.Error.WriteLineAsync(Verb.Text(opened.Error.Code, opened.Error.Values));
            return 1;
        }

        var columns = opened.Value.Columns;
        var (kind, known) = DedupeColumns.Guess(columns);
        if (known.Count == 0)
        {
            await Console.Error.WriteLineAsync(Verb.Text("dedupe.no_columns", string.Join(", ", columns)));
            return 1;
        }

        var records = new RecordSet(kind, [.. known.Select(k => new Field(k.Column, k.Kind))]);
        var rows = new List<string?[]>();
        await foreach (var row in opened.Value.ReadAsync(0, CancellationToken.None))
        {
            if (row is ReadRow.Kept kept)
            {
                rows.Add([.. columns.Select(c => kept.Fields[c])]);
                records.Add(rows.Count.ToString("D9", CultureInfo.InvariantCulture), "file", [.. known.Select(k => kept.Fields[k.Column])]);
            }
        }

        var settings = new MatchSettings { FreeMailDomains = MailDomains.AllFree, GenericMailboxes = MailDomains.AllGeneric };
        var result = Matcher.Run(records, settings, [], null, null, CancellationToken.None);
        var to = Path.ChangeExtension(path, null) + ".doublons.csv";
        await WriteAsync(to, columns, rows, result);
        var groups = result.ClusterOf.Distinct().Count();
        await Console.Error.WriteLineAsync(Verb.Text("dedupe.done", rows.Count, groups, to));
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(
            new { records = rows.Count, entities = groups, toReview = result.Pairs.Count(p => p.Band is Band.Review), kind, file = to }, JsonSerializerOptions.Web));
        return 0;
    }

    private static async Task WriteAsync(string path, IReadOnlyList<string> columns, List<string?[]> rows, MatchResult result)
    {
        await using var csv = new CsvWriter(
            new StreamWriter(path, append: false, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true)),
            new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = ";", InjectionOptions = InjectionOptions.Escape });
        foreach (var column in (IEnumerable<string>)[.. columns, "groupe", "probabilite", "pourquoi"])
        {
            csv.WriteField(column);
        }

        await csv.NextRecordAsync();
        foreach (var i in Enumerable.Range(0, rows.Count).OrderBy(i => result.ClusterOf[i]).ThenBy(i => i))
        {
            foreach (var value in rows[i])
            {
                csv.WriteField(value);
            }

            var pair = result.JoinedBy(i);
            var why = pair is null ? null : result.Explain(pair.Left, pair.Right);
            csv.WriteField(result.ClusterOf[i] + 1);
            csv.WriteField(why?.Probability.ToString("0.0000", CultureInfo.InvariantCulture));
            csv.WriteField(why?.Sentence);
            await csv.NextRecordAsync();
        }
    }
}
