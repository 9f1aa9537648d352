using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion;

/// <summary>
/// The rows an import could not take, as a file to correct and hand over again: their own columns, then where, what and
/// why. No cell of it is a formula for the spreadsheet that opens it.
/// </summary>
public sealed class RejectsFile(RcuDb db, UploadStore store)
{
    private const string RawColumn = "contenu";

    /// <summary>Writes it as French spreadsheets open it: semicolons, and a mark for the accents.</summary>
    public async Task<Result<Guid>> WriteAsync(Guid runId, Stream output, CancellationToken ct)
    {
        var upload = await db.Uploads.AsNoTracking().SingleOrDefaultAsync(u => u.RunId == runId, ct);
        if (upload is null && !await db.Runs.AnyAsync(r => r.Id == runId && r.Stage == PullJob.Stage, ct))
        {
            return IngestionErrors.NotFound;
        }

        await using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = ";",
            NewLine = "\r\n",
            InjectionOptions = InjectionOptions.Escape,
        });
        var columns = await ColumnsAsync(upload, ct);
        foreach (var name in columns.Concat([RawColumn, "ligne", "colonne", "code", "message"]))
        {
            csv.WriteField(name);
        }

        await csv.NextRecordAsync();
        await foreach (var reject in db.Rejects.AsNoTracking().Where(r => r.RunId == runId).OrderBy(r => r.Line).AsAsyncEnumerable().WithCancellation(ct))
        {
            var cells = reject.Raw is { ValueKind: JsonValueKind.Object } raw && columns.Count > 0 ? RowFields.OfEvidence(raw) : null;
            foreach (var column in columns)
            {
                csv.WriteField(cells?[column] ?? "");
            }

            csv.WriteField(cells is null ? Whole(reject.Raw) : "");
            csv.WriteField(reject.Line);
            csv.WriteField(reject.ColumnName ?? "");
            csv.WriteField(reject.Code);
            csv.WriteField(reject.Reason);
            await csv.NextRecordAsync();
        }

        return runId;
    }

    private static string Whole(JsonElement? raw) => raw switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } json => json.GetRawText(),
    };

    // The file's own header, while the hub still keeps the file.
    private async Task<IReadOnlyList<string>> ColumnsAsync(Upload? upload, CancellationToken ct) =>
        upload is not null && File.Exists(store.PathOf(upload.StoredName))
        && await SourceFile.OpenAsync(store.PathOf(upload.StoredName), upload.OriginalName, null, ct) is { Value: { } file }
            ? file.Columns
            : [];
}
