using System.Security.Cryptography;
using System.Text.Json;
using Rcu.Activation;
using Rcu.Data;
using Rcu.Segmentation;
using Rcu.Web.Identity;

namespace Rcu.Web.Commands;

/// <summary>What a demonstration hub holds besides its customers: people to sign in as, segments, destinations that really run.</summary>
internal static class DemoSetup
{
    private const string By = "demo";

    private static readonly (string Email, string Name, string Role)[] People =
    [
        ("camille@demo.example", "Camille Rey", HubRoles.Commercial),
        ("malik@demo.example", "Malik Osei", HubRoles.Marketing),
        ("sofia@demo.example", "Sofia Lenoir", HubRoles.Steward),
        ("alex@demo.example", "Alex Martin", HubRoles.Admin),
    ];

    // The simulators say so in their names. One is always out of order, to show what that looks like.
    private static readonly (string Name, string Kind, object Settings, string? Secret, string Segment)[] Tools =
    [
        ("E-mailing (simulateur)", "webhook", new { url = DemoTool.Url + "/recoit" }, NewSecret(), "decision_makers_idf"),
        ("CRM (simulateur en panne)", "webhook", new { url = DemoTool.Url + "/en-panne" }, NewSecret(), "top_customers"),
        ("Fichier pour la comptabilité", "csv", new { }, null, "overdue"),
        .. DemoVendors.Tools,
    ];

    public static async Task RunAsync(IServiceProvider hub, CancellationToken ct)
    {
        await using (var scope = hub.CreateAsyncScope())
        {
            await PeopleAsync(scope.ServiceProvider, ct);
            await OutputsAsync(scope.ServiceProvider, ct);
            await DemoSayings.SayAsync(scope.ServiceProvider, By, ct);
        }

        // The segments are filled and the tools told, in front of nobody: the stages before have nothing left to do.
        await using var again = hub.CreateAsyncScope();
        await again.ServiceProvider.GetRequiredService<Pipeline>().RunAsync(new StageBars(quiet: true), ct);
    }

    /// <summary>One line per person: role, e-mail, password. Only a demonstration keeps passwords it can show again.</summary>
    public static async Task<IReadOnlyList<string>> LoginsAsync(IServiceProvider hub, CancellationToken ct) =>
        await hub.GetRequiredService<HubSettings>().GetAsync<List<string>>("demo_logins", ct) ?? [];

    private static async Task PeopleAsync(IServiceProvider hub, CancellationToken ct)
    {
        var logins = new List<string>();
        foreach (var (email, name, role) in People)
        {
            var created = await hub.GetRequiredService<Users>().CreateAsync(new CreateUser(email, name, [role], null), By, ct);
            if (created.Succeeded)
            {
                logins.Add($"{role,-12} {email,-24} {created.Value.Password}");
            }
        }

        await hub.GetRequiredService<HubSettings>().SetAsync("demo_logins", logins, ct);
    }

    private static async Task OutputsAsync(IServiceProvider hub, CancellationToken ct)
    {
        var made = new Dictionary<string, Guid>();
        foreach (var template in SegmentTemplates.List)
        {
            var segment = await hub.GetRequiredService<Segments>()
                .CreateAsync(new SaveSegment(template.Name, template.Description, template.Target, template.Rule), By, ct);
            made[template.Key] = segment.Succeeded ? segment.Value.Id : throw new InvalidOperationException($"{template.Key}: {segment.Error.Message}");
        }

        foreach (var (name, kind, settings, secret, segment) in Tools)
        {
            var destination = await hub.GetRequiredService<Destinations>()
                .CreateAsync(new SaveDestination(name, kind, JsonSerializer.SerializeToElement(settings, JsonSerializerOptions.Web), secret, made[segment]), By, ct);
            if (!destination.Succeeded)
            {
                throw new InvalidOperationException($"{name}: {destination.Error.Message}");
            }
        }
    }

    private static string NewSecret() => $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(24))}";
}
