using System.Buffers.Binary;
using System.IO.Compression;
using Rcu.Ingestion.Reading;

namespace Rcu.Tests.Ingestion.Reading;

/// <summary>A binary workbook of 2007 (.xlsb), written by another program, and what would lead its reader astray.</summary>
public class BinaryBookTests
{
    private const string Sheet = "xl/worksheets/sheet2.bin";
    private const int Mutants = 400;
    private const int Seed = 20261122;

    [Fact]
    public async Task Its_cells_are_those_of_a_workbook_of_today()
    {
        var received = await Received.FromAsync(BinaryWorkbookTests.Fixture("clients.xlsb"), "clients.xlsb");

        Assert.Equal(["Société", "SIRET", "CP", "Actif", "Date", "Montant", "Code"], received.File.Columns);
        Assert.Equal("""{"Société":"Café É","SIRET":"80245678900012","CP":"01000","Actif":"true","Date":"2025-10-14","Montant":"1234.5","Code":""}""", received.Json(0));
        Assert.Equal(["", "A1", "A1", "A1"], received.Kept.Select(row => row.Fields["Code"])); // the last two are one merged cell
        Assert.Contains(received.File.Format.Doubts, doubt => doubt.Code == FormatDoubt.HiddenRows);
    }

    [Theory]
    [InlineData(0, 1_048_576u, "file.far_cell")]
    [InlineData(0, 500_000u, "file.far_cell")]
    [InlineData(7, 5_000u, "file.far_cell")]
    [InlineData(7 + 1000, 99u, "file.damaged")]
    public async Task A_cell_lost_far_away_or_a_text_that_is_not_there_is_refused(int kind, uint value, string code) =>
        Assert.Equal(code, await RefusalAsync(bytes =>
        {
            // The last record of its kind: its row or its column stands first, the number of its shared text after its style.
            var at = Records(bytes).Last(record => record.Kind == kind % 1000).At + (kind >= 1000 ? 8 : 0);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
            return bytes;
        }));

    [Fact]
    public async Task A_record_that_is_cut_and_rows_that_go_back_are_refused()
    {
        var cut = await RefusalAsync(bytes => bytes[..^40]);
        var back = await RefusalAsync(bytes =>
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Records(bytes).Last(record => record.Kind == 0).At), 0);
            return bytes;
        });

        Assert.Equal(("file.damaged", "file.damaged"), (cut, back));
    }

    [Theory]
    [InlineData("xl/vbaProject.bin", "file.macros")]
    [InlineData("xl/macrosheets/sheet1.bin", "file.macros")]
    [InlineData("xl/workbook.xml", "file.not_a_workbook")]
    public async Task Macros_and_a_second_book_are_refused(string part, string code) =>
        Assert.Equal(code, await Received.RefusalAsync(Workbook.Zip([.. Parts(), (part, "<workbook/>"u8.ToArray())]), "x.xlsb"));

    [Fact]
    public async Task A_part_that_inflates_without_end_is_refused() =>
        Assert.Equal("file.bomb", await Received.RefusalAsync(Workbook.Zip([.. Parts(), ("xl/worksheets/sheet3.bin", new byte[20_000_000])]), "x.xlsb"));

    [Fact]
    public async Task Bytes_changed_at_random_in_its_parts_neither_fail_nor_hang()
    {
        var random = new Random(Seed);
        var (refused, read) = (0, 0);
        for (var number = 0; number < Mutants; number++)
        {
            var parts = Parts();
            var name = random.Next(4) switch { 0 => "xl/sharedStrings.bin", 1 => "xl/workbook.bin", 2 => "xl/styles.bin", _ => Sheet };
            var chosen = parts.FindIndex(part => part.Name == name);
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                parts[chosen].Content[random.Next(parts[chosen].Content.Length)] = (byte)random.Next(256);
            }

            var reading = Task.Run(() => RefusedAsync(Workbook.Zip(parts)));
            var isRefused = await reading.WaitAsync(TimeSpan.FromSeconds(60));
            (refused, read) = isRefused ? (refused + 1, read) : (refused, read + 1);
        }

        Assert.True(refused > 0 && read > 0);
    }

    private static async Task<bool> RefusedAsync(byte[] bytes)
    {
        if (await Received.RefusalAsync(bytes, "x.xlsb") is { } code)
        {
            Assert.StartsWith("file.", code);
            return true;
        }

        await Received.FromAsync(bytes, "x.xlsb");
        return false;
    }

    private static Task<string?> RefusalAsync(Func<byte[], byte[]> change) => Received.RefusalAsync(
        Workbook.Zip(Parts().Select(part => part.Name == Sheet ? (part.Name, change(part.Content)) : part)), "x.xlsb");

    private static List<(string Name, byte[] Content)> Parts()
    {
        using var archive = new ZipArchive(new MemoryStream(BinaryWorkbookTests.Fixture("clients.xlsb")));
        return [.. archive.Entries.Select(part =>
        {
            using var content = part.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return (part.FullName, bytes.ToArray());
        })];
    }

    // Where the content of each record begins.
    private static List<(int Kind, int At)> Records(byte[] bytes)
    {
        var records = new List<(int, int)>();
        for (var at = 0; at < bytes.Length;)
        {
            int kind = bytes[at++];
            kind = kind < 0x80 ? kind : (kind & 0x7F) | ((bytes[at++] & 0x7F) << 7);
            var (length, shift) = (0, 0);
            byte read;
            do
            {
                read = bytes[at++];
                length |= (read & 0x7F) << shift;
                shift += 7;
            }
            while (read >= 0x80);
            records.Add((kind, at));
            at += length;
        }

        return records;
    }
}
