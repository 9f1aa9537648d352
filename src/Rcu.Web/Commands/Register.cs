using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Npgsql;
using Rcu.Ingestion.Reading.Parquet;
using Rcu.Reference.Register;
using Rcu.Web.Commands.Duplicates;
using Rcu.Web.Hosting;

namespace Rcu.Web.Commands;

/// <summary>
/// <c>register FILE…</c>: replaces the French register by Insee's stock files, recognised by their headers, as CSV, zipped, or Parquet,
/// and runs every stage on what it changed. The last line is JSON: rows, seconds, rows per second, peak memory.
/// </summary>
internal static class Register
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> RunAsync(string[] args)
    {
        var files = args.TakeWhile(arg => !arg.StartsWith("--", StringComparison.Ordinal)).ToList();
        if (files.Count == 0 || files.Find(file => !File.Exists(file)) is not null)
        {
            await Console.Error.WriteLineAsync(files.Find(file => !File.Exists(file)) is { } missing
                ? Verb.Text("import.missing_file", missing)
                : Verb.Text("register.usage"));
            return Verb.Misused;
        }

        var settings = HubConnections.Configuration(args[files.Count..]);
        await using var database = await HubConnections.OpenAsync(settings, CancellationToken.None);
        await database.MigrateAsync(CancellationToken.None);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.App) { CommandTimeout = 0 });
        var code = await LoadAsync(new RegisterLoad(source, TimeProvider.System), files, Console.Out, Console.Error);
        if (code == 0)
        {
            await using var hub = ForegroundImport.HubOn(database, settings);
            await new ForegroundImport(hub, TimeProvider.System).FollowAsync(new StageBars(), Environment.UserName, CancellationToken.None);
        }

        return code;
    }

    /// <param name="to">Gets the figures, on one line.</param>
    /// <param name="aside">Gets what a person reads meanwhile.</param>
    public static async Task<int> LoadAsync(RegisterLoad register, IReadOnlyList<string> files, TextWriter to, TextWriter aside)
    {
        var watch = Stopwatch.StartNew();
        var bar = new ProgressBar();
        var opened = new List<IDisposable>();
        try
        {
            var sources = new List<RegisterSource>();
            var bytes = 1L;
            foreach (var file in files)
            {
                var (source, length) = await OpenAsync(file, opened);
                if (!source.Succeeded)
                {
                    await aside.WriteLineAsync(Verb.Text(source.Error.Code, source.Error.Values));
                    return 1;
                }

                sources.Add(source.Value);
                bytes += length;
            }

            bar.Enter(Verb.Text("register.loading"));
            var loaded = await register.RunAsync(
                sources,
                Environment.UserName,
                new Read(bar, bytes),
                CancellationToken.None);
            bar.Clear();
            if (!loaded.Succeeded)
            {
                await aside.WriteLineAsync(Verb.Text(loaded.Error.Code, loaded.Error.Values));
                return 1;
            }

            await SayAsync(loaded.Value, watch.Elapsed, to, aside);
            return 0;
        }
        catch (InvalidDataException unreadable)
        {
            bar.Clear();
            await aside.WriteLineAsync(Verb.Text("register.unreadable", unreadable.Message));
            return 1;
        }
        finally
        {
            opened.ForEach(stream => stream.Dispose());
        }
    }

    private static async Task SayAsync(IReadOnlyList<LoadedFile> loaded, TimeSpan took, TextWriter to, TextWriter aside)
    {
        foreach (var file in loaded)
        {
            await aside.WriteLineAsync(Verb.Text("register.loaded", file.File, file.Rows, file.Twins, file.SetAside.Values.Sum()));
            foreach (var bad in file.Examples)
            {
                await aside.WriteLineAsync(Verb.Text("register.set_aside", bad.Row, bad.Number, Verb.Text($"register.bad.{bad.Reason}")));
            }
        }

        var rows = loaded.Sum(file => file.Rows);
        using var self = Process.GetCurrentProcess();
        await to.WriteLineAsync(JsonSerializer.Serialize(
            new
            {
                Rows = rows,
                Seconds = Math.Round(took.TotalSeconds, 2),
                RowsPerSecond = Math.Round(rows / Math.Max(.001, took.TotalSeconds)),
                PeakMemoryMb = self.PeakWorkingSet64 >> 20,
                Files = loaded.Select(file => new { file.Kind, file.File, file.Rows, file.Twins, file.SetAside }),
            },
            Snake));
    }

    private static async Task<(Result<RegisterSource> Source, long Bytes)> OpenAsync(string file, List<IDisposable> opened)
    {
        var content = File.OpenRead(file);
        opened.Add(content);
        if (RegisterParquet.IsOne(content))
        {
            return (await RegisterParquet.OpenAsync(content, CancellationToken.None), content.Length);
        }

        if (!file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return (new RegisterSource(Path.GetFileName(file), content), content.Length);
        }

        var archive = new ZipArchive(content);
        opened.Insert(0, archive);
        var entries = archive.Entries.Where(entry => entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)).ToList();
        if (entries.Count != 1)
        {
            throw new InvalidDataException(Verb.Text("register.zip", Path.GetFileName(file), entries.Count));
        }

        var inside = entries[0].Open();
        opened.Insert(0, inside);
        return (new RegisterSource(Path.GetFileName(file), inside), entries[0].Length);
    }

    private sealed class Read(ProgressBar bar, long bytes) : IProgress<long>
    {
        public void Report(long value) => bar.Report((double)value / bytes);
    }
}
