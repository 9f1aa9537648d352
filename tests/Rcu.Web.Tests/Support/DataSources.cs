using Npgsql;

namespace Rcu.Web.Tests.Support;

/// <summary>What a test reads of the database by itself.</summary>
internal static class DataSources
{
    public static async Task<List<Guid>> ListAsync(this NpgsqlDataSource database, string sql)
    {
#pragma warning disable CA2100 // written in the tests
        await using var read = database.CreateCommand(sql);
#pragma warning restore CA2100
        var ids = new List<Guid>();
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            ids.Add(rows.GetGuid(0));
        }

        return ids;
    }

    public static async Task<List<string>> ListTextAsync(this NpgsqlDataSource database, string sql)
    {
#pragma warning disable CA2100 // written in the tests
        await using var read = database.CreateCommand(sql);
#pragma warning restore CA2100
        var texts = new List<string>();
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            texts.Add(rows.GetString(0));
        }

        return texts;
    }
}
