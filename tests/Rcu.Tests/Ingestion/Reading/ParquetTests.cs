using Rcu.Ingestion.Reading;
using Rcu.Ingestion.Reading.Parquet;

namespace Rcu.Tests.Ingestion.Reading;

public class ParquetTests
{
    [Fact]
    public async Task A_parquet_file_is_read_or_says_what_to_install()
    {
        var bytes = BinaryWorkbookTests.Fixture("clients.parquet");
        if (!DuckLibrary.IsPresent)
        {
            Assert.Equal("file.no_parquet", await Received.RefusalAsync(bytes, "clients.parquet"));
            return;
        }

        var received = await Received.FromAsync(bytes, "clients.parquet");

        Assert.Equal(FileKind.Parquet, received.File.Format.Kind);
        Assert.Equal(["Société", "siret", "cp", "actif", "jour", "montant", "instant", "note"], received.File.Columns);
        Assert.Equal(
            """{"Société":"Café de l'Élysée et de la République","siret":"80245678900012","cp":"1000","actif":"true","jour":"2025-10-14","montant":"1234.50","instant":"2025-10-14 08:30:00","note":""}""",
            received.Json(0));
        Assert.Equal(["", "é"], received.Kept.Select(row => row.Fields["note"]));
        Assert.Equal([2L, 3L], received.Kept.Select(row => row.Line));
    }

    [Fact]
    public async Task One_that_is_cut_or_locked_is_refused_unread()
    {
        var bytes = BinaryWorkbookTests.Fixture("clients.parquet");

        Assert.Equal("file.damaged", await Received.RefusalAsync(bytes[..^20], "x.parquet"));
        Assert.Equal("file.damaged", await Received.RefusalAsync([.. bytes[..^8], 0xFF, 0xFF, 0xFF, 0x7F, .. "PAR1"u8], "x.parquet"));
        Assert.Equal("file.encrypted", await Received.RefusalAsync([.. "PARE"u8, .. bytes[4..]], "x.parquet"));
    }

    [Fact]
    public async Task One_whose_bytes_were_altered_never_stops_the_reader()
    {
        for (var seed = 0; seed < 200 && DuckLibrary.IsPresent; seed++)
        {
            var dice = new Random(seed);
            var bytes = BinaryWorkbookTests.Fixture("clients.parquet");
            for (var times = dice.Next(1, 8); times > 0; times--)
            {
                bytes[dice.Next(4, bytes.Length - 8)] = (byte)dice.Next(256);
            }

            var path = Path.GetTempFileName();
            try
            {
                await File.WriteAllBytesAsync(path, bytes);
                if ((await SourceFile.OpenAsync(path, "x.parquet", null, default)).Value is { } file)
                {
                    await foreach (var row in file.ReadAsync(0, default))
                    {
                        Assert.True(row.Line > 0);
                    }
                }
            }
            finally
            {
                File.Delete(path);
            }
        }
    }
}
