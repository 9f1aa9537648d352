using Rcu.Web.Hosting;

namespace Rcu.Web.Commands;

/// <summary><c>migrate</c>: brings the database up to date, under the schema's owner.</summary>
internal static class Migrate
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var database = await HubConnections.OpenAsync(HubConnections.Configuration(args), CancellationToken.None);
        if (database.Owner is null)
        {
            await Console.Error.WriteLineAsync(Verb.Text("migrate.no_owner"));
            return Verb.Misused;
        }

        var ran = await database.MigrateAsync(CancellationToken.None);
        await Console.Out.WriteLineAsync(ran.Count == 0 ? Verb.Text("migrate.nothing") : string.Join('\n', ran));
        return 0;
    }
}
