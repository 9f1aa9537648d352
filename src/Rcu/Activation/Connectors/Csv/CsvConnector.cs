using System.Text;
using System.Text.Json;
using Rcu.Segmentation;

namespace Rcu.Activation.Connectors.Csv;

/// <summary>Writes each run to a file a spreadsheet opens, for tools that only import files.</summary>
public sealed class CsvConnector(ExportFolder folder) : IDestinationConnector
{
    public string Kind => "csv";

    public Type Settings => typeof(CsvSettings);

    public int BatchSize => 2000;

    public Error? Refusal(JsonElement settings) => null;

    public Task<Result<string>> TestAsync(JsonElement settings, string? secret, CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Path);
        return Task.FromResult<Result<string>>("");
    }

    public string Show(Change change) => SafeCsv.Line(ProfileColumns.Of(change));

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(DeliveryBatch batch, CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Path);
        var path = folder.FileOf(batch.RunId);
        try
        {
            var written = await KeysAsync(path, ct);
            var text = new StringBuilder();
            if (written.Count == 0)
            {
                text.Append('\uFEFF').Append(SafeCsv.Line(ProfileColumns.All)).Append("\r\n");
            }

            foreach (var change in batch.Changes.Where(change => !written.Contains(change.Key)))
            {
                text.Append(Show(change)).Append("\r\n");
            }

            await File.AppendAllTextAsync(path, text.ToString(), new UTF8Encoding(false), ct);
            return [.. batch.Changes.Select(_ => new Outcome.Delivered(null))];
        }
        catch (IOException full)
        {
            return [.. batch.Changes.Select(_ => new Outcome.RetryAfter("Le fichier ne peut pas être écrit.", Answer: full.Message))];
        }
    }

    // A run that was cut goes on in its file: the line it was writing goes, the others are not written twice.
    private static async Task<HashSet<string>> KeysAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var text = await File.ReadAllTextAsync(path, ct);
        var whole = text.LastIndexOf("\r\n", StringComparison.Ordinal) is >= 0 and var end ? text[..(end + 2)] : "";
        if (whole.Length != text.Length)
        {
            await File.WriteAllTextAsync(path, whole, new UTF8Encoding(true), ct);
        }

        return [.. whole.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';')[0].TrimStart('\uFEFF'))];
    }
}
