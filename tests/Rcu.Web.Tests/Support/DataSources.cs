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
}
