using Rcu.Data;
using Rcu.Web.Identity;

namespace Rcu.Web.Commands;

/// <summary>What a demonstration hub holds besides its customers: people to sign in as, segments, destinations.</summary>
internal static class DemoSetup
{
    private static readonly (string Email, string Name, string Role)[] People =
    [
        ("camille@demo.example", "Camille Rey", HubRoles.Commercial),
        ("malik@demo.example", "Malik Osei", HubRoles.Marketing),
        ("sofia@demo.example", "Sofia Lenoir", HubRoles.Steward),
        ("alex@demo.example", "Alex Martin", HubRoles.Admin),
    ];

    public static async Task RunAsync(IServiceProvider hub, CancellationToken ct)
    {
        var users = hub.GetRequiredService<Users>();
        var logins = new List<string>();
        foreach (var (email, name, role) in People)
        {
            var created = await users.CreateAsync(new CreateUser(email, name, [role], null), "demo", ct);
            if (created.Succeeded)
            {
                logins.Add($"{role,-12} {email,-24} {created.Value.Password}");
            }
        }

        await hub.GetRequiredService<HubSettings>().SetAsync("demo_logins", logins, ct);
    }

    /// <summary>One line per person: role, e-mail, password. Only a demonstration keeps passwords it can show again.</summary>
    public static async Task<IReadOnlyList<string>> LoginsAsync(IServiceProvider hub, CancellationToken ct) =>
        await hub.GetRequiredService<HubSettings>().GetAsync<List<string>>("demo_logins", ct) ?? [];
}
