using Npgsql;
using Rcu.Ingestion.Reading.Parquet;
using Rcu.Reference.Register;
using Rcu.Web.Tests.Support;
using static Rcu.Web.Tests.Register.RegisterFiles;

namespace Rcu.Web.Tests.Register;

public class RegisterParquetTests
{
    [Fact]
    public async Task The_same_units_load_from_parquet_as_from_csv()
    {
        var folder = Directory.CreateTempSubdirectory("rcu-parquet-").FullName;
        try
        {
            if (!DuckLibrary.IsPresent)
            {
                await using var none = File.Create(Path.Combine(folder, "x.parquet"));
                await none.WriteAsync("PAR1 nothing PAR1"u8.ToArray());
                Assert.NotNull((await RegisterParquet.OpenAsync(none, default)).Error);
                return;
            }

            await using var database = await TestDatabase.CreateAsync();
            await LoadFixtureAsync(database.App);
            var fromCsv = await AskAsync(database.App, RegisterLoadTests.Picture);

            var loaded = await LoadParquetAsync(database.App, Parquet(folder, Units), Parquet(folder, Establishments));

            Assert.Equal([1000, 1151], loaded.Value!.Select(file => file.Rows));
            Assert.All(loaded.Value!, file => Assert.Empty(file.SetAside));
            Assert.Equal(fromCsv, await AskAsync(database.App, RegisterLoadTests.Picture));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Insee's own files have dates and booleans where the CSV has texts: DuckDB guesses them here.
    private static string Parquet(string folder, string name)
    {
        var to = Path.Combine(folder, Path.ChangeExtension(name, ".parquet"));
        var from = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Sirene", name);
        var texts = string.Join(
            ", ",
            Headers(name).Trim().Split(',').Where(column => !column.StartsWith("date", StringComparison.Ordinal) && column != "etablissementSiege")
                .Select(column => $"'{column}': 'VARCHAR'"));
        using var written = DuckQuery.Run([], $"copy (select * from read_csv('{from}', header = true, types = {{{texts}}})) to '{to}' (format parquet)");
        return to;
    }

    private static async Task<Result<IReadOnlyList<LoadedFile>>> LoadParquetAsync(string connectionString, params string[] files)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        var sources = new List<RegisterSource>();
        foreach (var file in files)
        {
            sources.Add((await RegisterParquet.OpenAsync(File.OpenRead(file), default)).Value!);
        }

        var loaded = await new RegisterLoad(database, TimeProvider.System).RunAsync(sources, "test", null, default);
        sources.ForEach(source => source.Content.Dispose());
        return loaded;
    }
}
