using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Commands;

/// <summary><c>admin create-user</c>: lets someone in from the command line, as for a first administrator.</summary>
internal static class Admin
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["create-user", ..])
        {
            return await MisusedAsync();
        }

        var builder = Host.CreateApplicationBuilder(args[1..]);
        var (email, name, role, password) = (
            builder.Configuration["email"], builder.Configuration["name"], builder.Configuration["role"], builder.Configuration["password"]);
        if (email is null || role is null)
        {
            return await MisusedAsync();
        }

        await using var database = await HubConnections.OpenAsync(builder.Configuration, CancellationToken.None);
        await database.MigrateAsync(CancellationToken.None);
        builder.Logging.ClearProviders();
        builder.Services.AddHub(database, TimeProvider.System);
        builder.Services.AddHubUsers();
        QuartzJobs.AddTo(builder.Services, work: false);
        using var host = builder.Build();
        await using var scope = host.Services.CreateAsyncScope();

        var created = await scope.ServiceProvider.GetRequiredService<Users>()
            .CreateAsync(new CreateUser(email, name ?? email, [role], password), by: "admin create-user", CancellationToken.None);
        if (!created.Succeeded)
        {
            await Console.Error.WriteLineAsync(Verb.Text(created.Error.Code, created.Error.Values));
            return 1;
        }

        await Console.Out.WriteLineAsync($"{created.Value.User.Email} {created.Value.Password}");
        return 0;
    }

    private static async Task<int> MisusedAsync()
    {
        await Console.Error.WriteLineAsync(Verb.Text("admin.usage", string.Join('|', HubRoles.All)));
        return Verb.Misused;
    }
}
