using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;

namespace Rcu.Benchmarks;

/// <summary>A CRM export of a hundred thousand accounts made evidence: how fast, how fast again, and in how much memory.</summary>
internal static class ImportBenchmark
{
    private const int Rows = 100_000;
    private const double Megabyte = 1024 * 1024;
    private const string Columns = "Account ID,Account Name,SIRET,Billing Street,Billing Zip/Postal Code,Billing City,Phone,Website,Type,Created Date";

    public static async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        var file = Path.Combine(data.Folder, "crm_accounts.csv");
        await WriteAsync(file, ct);
        await using var hub = await data.NewHubAsync(ct);
        await using (var scope = hub.Services.CreateAsyncScope())
        {
            await KnownFeeds.DeclareAsync(scope.ServiceProvider.GetRequiredService<RcuDb>(), hub.Clock, ct);
        }

        var copy = await RawCopy.SecondsAsync(hub, Columns.Split(',').Length, Cells(), ct);
        GC.Collect();
        var before = Environment.WorkingSet;
        using var peak = new PeakMemory();
        var first = await ImportAsync(hub, file, ct);
        var growth = Math.Max(0, peak.Bytes - before) / Megabyte;
        var again = await ImportAsync(hub, file, ct);

        yield return new Figure("import.rows_per_second", Rows / first, "rows/s", "raw binary COPY of the same rows into an unindexed table", copy / first)
            .ValueAtLeast(10_000, hard: false);
        yield return new Figure("import.again", Rows / again, "rows/s", "the first import of the same file", first / again).RatioAtLeast(3);
        yield return new Figure("memory.import", growth, "MB of resident memory more at the peak", "resident memory before", peak.Bytes / (double)before)
            .ValueAtMost(300, hard: true);
    }

    private static async Task<double> ImportAsync(BenchHub hub, string file, CancellationToken ct)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        await using var content = File.OpenRead(file);
        var received = await scope.ServiceProvider.GetRequiredService<Imports>().ReceiveAsync(new ImportRequest("crm_accounts.csv", "crm", "bench"), content, ct);
        var watch = Stopwatch.StartNew();
        await scope.ServiceProvider.GetRequiredKeyedService<IJob>(nameof(IngestJob)).RunAsync(received.Value, ct);
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task WriteAsync(string file, CancellationToken ct)
    {
        await using var text = new StreamWriter(file, append: false, Encoding.UTF8);
        await text.WriteLineAsync(Columns.AsMemory(), ct);
        foreach (var cells in Cells())
        {
            await text.WriteLineAsync(string.Join(',', cells.Select(cell => $"\"{cell}\"")).AsMemory(), ct);
        }
    }

    private static IEnumerable<string[]> Cells() => Enumerable.Range(0, Rows).Select(InventedCompanies.At).Select(company => new[]
    {
        $"A{company.Number:000000}", $"{company.Name} {company.Form}", $"{company.Siren}00011", $"{company.Number % 180 + 1} rue de la Gare",
        company.PostalCode, company.Town, $"01 99 00 {company.Number / 100 % 100:00} {company.Number % 100:00}", $"www.c{company.Number}.example",
        "Client", "12/03/2024",
    });
}
