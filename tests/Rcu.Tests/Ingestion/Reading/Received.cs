using System.Text;
using Rcu.Ingestion.Reading;

namespace Rcu.Tests.Ingestion.Reading;

/// <summary>A file as the hub receives it, read to its end, its bytes gone afterwards.</summary>
internal sealed record Received(SourceFile File, IReadOnlyList<ReadRow> Rows)
{
    public IReadOnlyList<ReadRow.Kept> Kept => [.. Rows.OfType<ReadRow.Kept>()];

    public IReadOnlyList<ReadRow.Rejected> Rejected => [.. Rows.OfType<ReadRow.Rejected>()];

    public static Task<Received> FromAsync(string text, string name = "export.csv", string encoding = "utf-8") =>
        FromAsync(EncodingGuess.Named(encoding).GetBytes(text), name);

    public static async Task<Received> FromAsync(byte[] bytes, string name, Func<FileFormat, FileFormat>? correct = null)
    {
        var path = Path.GetTempFileName();
        try
        {
            await System.IO.File.WriteAllBytesAsync(path, bytes);
            var opened = await SourceFile.OpenAsync(path, name, correct, default);
            Assert.True(opened.Succeeded, opened.Error?.Message);
            var rows = new List<ReadRow>();
            await foreach (var row in opened.Value.ReadAsync(0, default))
            {
                rows.Add(row);
            }

            return new Received(opened.Value, rows);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    /// <summary>The code of the reason why a file is refused.</summary>
    public static async Task<string?> RefusalAsync(byte[] bytes, string name)
    {
        var path = Path.GetTempFileName();
        try
        {
            await System.IO.File.WriteAllBytesAsync(path, bytes);
            return (await SourceFile.OpenAsync(path, name, null, default)).Error?.Code;
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    public string Json(int row) => Encoding.UTF8.GetString(Kept[row].Fields.ToJson());
}
