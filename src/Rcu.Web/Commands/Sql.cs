using Rcu.Web.Hosting;

namespace Rcu.Web.Commands;

/// <summary><c>sql</c>: how to reach the database of the hub that runs, with any PostgreSQL client.</summary>
internal static class Sql
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (await HubConnections.FindAsync(HubConnections.Configuration(args), CancellationToken.None) is { } running)
        {
            await Console.Out.WriteLineAsync(running);
            return 0;
        }

        await Console.Error.WriteLineAsync(Verb.Text("sql.not_running"));
        return 1;
    }
}
