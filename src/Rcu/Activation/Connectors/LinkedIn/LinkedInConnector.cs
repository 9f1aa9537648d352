using System.Text;
using System.Text.Json;
using Rcu.Activation.Connectors.Calls;
using Rcu.Activation.Connectors.Csv;

namespace Rcu.Activation.Connectors.LinkedIn;

/// <summary>
/// Writes the company list that LinkedIn's campaign manager takes (matched audiences): each run gives the whole list as it is by then,
/// for LinkedIn puts one list in the place of another. Companies alone, no person.
/// </summary>
public sealed class LinkedInConnector(ExportFolder folder) : IDestinationConnector
{
    /// <summary>The fewest companies LinkedIn makes an audience of.</summary>
    private const int Fewest = 300;

    // The columns of LinkedIn's own template, and what the hub puts there.
    private static readonly (string Name, string? Field)[] Columns =
    [
        ("companyname", "name"), ("companywebsite", "website"), ("companyemaildomain", null), ("linkedincompanypageurl", null), ("stocksymbol", null),
        ("industry", null), ("city", "city"), ("state", "region"), ("companycountry", "country"), ("zipcode", "postal_code"),
    ];

    public string Kind => "linkedin";

    public Type Settings => typeof(CsvSettings);

    public int BatchSize => 10_000;

    public Error? Refusal(JsonElement settings) => null;

    public Task<Result<string>> TestAsync(JsonElement settings, string? secret, CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Path);
        return Task.FromResult<Result<string>>($"LinkedIn demande au moins {Fewest} entreprises par liste.");
    }

    public string Show(Change change) => string.Join(',', Columns.Select(column => Cell(change, column.Field)));

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(DeliveryBatch batch, CancellationToken ct)
    {
        var rows = new Rows(batch.Changes);
        rows.Say(rows.Open(change => !change.IsAccount), new Outcome.Rejected("LinkedIn prend ici des entreprises : choisissez un segment de comptes."));
        rows.Say(rows.Open(change => !change.IsRemoval && FieldMap.Text(change.Payload, "name") is null), new Outcome.Rejected("Cette entreprise n’a pas de nom."));
        try
        {
            Directory.CreateDirectory(folder.Path);
            var kept = Path.Combine(folder.Path, $"{batch.DestinationId:n}.json");
            var list = File.Exists(kept) ? JsonSerializer.Deserialize<SortedDictionary<Guid, string>>(await File.ReadAllTextAsync(kept, ct))! : [];
            foreach (var row in rows.Open())
            {
                if (row.Change.IsRemoval)
                {
                    list.Remove(row.Change.ProfileId);
                }
                else
                {
                    list[row.Change.ProfileId] = Show(row.Change);
                }
            }

            var text = new StringBuilder().AppendJoin(',', Columns.Select(column => column.Name)).Append("\r\n");
            foreach (var line in list.Values)
            {
                text.Append(line).Append("\r\n");
            }

            await WriteAsync(kept, JsonSerializer.Serialize(list), ct);
            await WriteAsync(folder.FileOf(batch.RunId), text.ToString(), ct);
            foreach (var row in rows.Open())
            {
                rows.Done(row, null);
            }
        }
        catch (Exception failed) when (failed is IOException or JsonException or UnauthorizedAccessException)
        {
            rows.Stop(new Outcome.RetryAfter("La liste ne peut pas être écrite.", Answer: failed.Message));
        }

        return rows.Outcomes;
    }

    // A reader sees the file before or after, never half of it.
    private static async Task WriteAsync(string path, string text, CancellationToken ct)
    {
        await File.WriteAllTextAsync(path + ".new", text, new UTF8Encoding(false), ct);
        File.Move(path + ".new", path, overwrite: true);
    }

    // No cell begins as a formula does.
    private static string Cell(Change change, string? field)
    {
        var text = (field is null ? null : FieldMap.Text(change.Payload, field))?.Trim().ReplaceLineEndings(" ") ?? "";
        text = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? $"'{text}" : text;
        return text.AsSpan().ContainsAny(',', '"') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
