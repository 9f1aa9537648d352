using System.Text;
using Npgsql;
using Rcu.Reference.Register;

namespace Rcu.Web.Tests.Register;

/// <summary>The thousand units of the fixture, and small files in Insee's headers.</summary>
internal static class RegisterFiles
{
    public const string Units = "StockUniteLegale.csv";
    public const string Establishments = "StockEtablissement.csv";

    public static string Text(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Sirene", name));

    public static string Headers(string name) => Text(name).Split('\n')[0];

    /// <summary>One row in the columns of a file; what is not given is empty.</summary>
    public static string Row(string headers, params (string Column, string Value)[] values) =>
        string.Join(',', headers.Split(',').Select(column => values.FirstOrDefault(value => value.Column == column).Value ?? ""));

    public static async Task<Result<IReadOnlyList<LoadedFile>>> LoadAsync(string connectionString, params (string Name, string Content)[] files)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        return await new RegisterLoad(database, TimeProvider.System).RunAsync(
            [.. files.Select(file => new RegisterSource(file.Name, new MemoryStream(Encoding.UTF8.GetBytes(file.Content))))], "test", null, default);
    }

    public static Task<Result<IReadOnlyList<LoadedFile>>> LoadFixtureAsync(string connectionString) =>
        LoadAsync(connectionString, (Units, Text(Units)), (Establishments, Text(Establishments)));

    public static async Task<string> AskAsync(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var ask = database.CreateCommand(sql);
        return (await ask.ExecuteScalarAsync())?.ToString() ?? "";
    }
}
