using System.Text.Json;
using Rcu.Ingestion.Reading;
using Xunit.Abstractions;

namespace Rcu.Tests.Ingestion.Reading.Corpus;

/// <summary>
/// Whatever its bytes are, a file is refused with a reason, or each of its rows is kept or set aside with its line and a
/// reason. The long form is asked for by RCU_TEST_LONG=1.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261122;
    private const int Short = 5_000;
    private const int Long = 100_000;

    // No answer after so long is no answer at all.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private static readonly string[] InvoiceNames = ["CII_example6.cii.xml", "ubl-tc434-creditnote1.ubl.xml"];

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task No_file_makes_the_reader_fail_or_hang()
    {
        var isLong = Environment.GetEnvironmentVariable("RCU_TEST_LONG") is "1";
        var mutants = new Mutants([.. CorpusTests.Files(), .. Invoices()]);
        var failures = new List<string>();
        var (refused, kept, rejected) = (0, 0L, 0L);
        for (var number = 0; number < (isLong ? Long : Short); number++)
        {
            var (name, bytes) = mutants.Next(Seed + number);
            (long Kept, long Rejected)? seen;
            try
            {
                await File.WriteAllBytesAsync(_path, bytes);
                seen = await Task.Run(() => CountAsync(name)).WaitAsync(Hang);
            }
            catch (Exception failure)
            {
                failures.Add($"{number} ({name}): {failure}");
                continue;
            }

            refused += seen is null ? 1 : 0;
            kept += seen?.Kept ?? 0;
            rejected += seen?.Rejected ?? 0;
        }

        output.WriteLine(JsonSerializer.Serialize(new { id = "R34", figure = "fuzzed files that fail or hang", cases = isLong ? Long : Short, refused, kept, rejected, value = failures.Count, target = 0, pass = failures.Count == 0 }));
        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(5)));
        Assert.True(refused > 0 && kept > 0 && rejected > 0);
    }

    private static IEnumerable<CorpusFile> Invoices() =>
        from name in InvoiceNames
        select new CorpusFile(name, BinaryWorkbookTests.Fixture(Path.Combine("einvoice", name)), "");

    private async Task<(long Kept, long Rejected)?> CountAsync(string name)
    {
        var opened = await SourceFile.OpenAsync(_path, name, null, default);
        if (opened.Error is { } refusal)
        {
            Assert.StartsWith("file.", refusal.Code);
            return null;
        }

        var (kept, rejected) = (0L, 0L);
        await foreach (var row in opened.Value!.ReadAsync(0, default))
        {
            Assert.True(row.Line > 0);
            if (row is ReadRow.Rejected bad)
            {
                Assert.NotEmpty(bad.Reason.Message);
                rejected++;
            }
            else
            {
                using var json = JsonDocument.Parse(((ReadRow.Kept)row).Fields.ToJson());
                Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
                kept++;
            }
        }

        return (kept, rejected);
    }
}
