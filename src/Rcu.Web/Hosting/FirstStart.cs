using Rcu.Web.Commands;
using Rcu.Web.Identity;

namespace Rcu.Web.Hosting;

/// <summary>At the start of a hub that nobody entered yet, prints the code its first administrator will show.</summary>
internal sealed class FirstStart(IServiceScopeFactory scopes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().NewCodeAsync(cancellationToken) is { } code)
        {
            await Console.Error.WriteLineAsync(Verb.Text("setup.code", code));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
