using System.Globalization;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Brevo;

/// <summary>An import of contacts by Brevo, from when it is accepted to the numbers of those it took.</summary>
internal static class BrevoImport
{
    private const int Page = 1000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <returns>The numbers by address in capitals, or why nothing is known.</returns>
    public static async Task<(Dictionary<string, string> Ids, Outcome? Failure)> FollowAsync(
        BrevoApi api, ToolAnswer accepted, IEnumerable<string> emails, CancellationToken ct)
    {
        if (accepted.Failure is { } refused)
        {
            return ([], refused is Outcome.Rejected ? new Outcome.Closed($"Brevo refuse l’import : {accepted.At("message")}", accepted.Text) : refused);
        }

        for (var (waited, pause) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(50)); waited < LongestWait; waited += pause, pause *= 2)
        {
            var process = await api.GetAsync($"processes/{accepted.At("processId")}", ct);
            if (process.Failure is { } failed)
            {
                return ([], failed);
            }

            if (process.At("status") is "completed")
            {
                return await ReadBackAsync(api, [.. emails.Select(email => email.ToUpperInvariant())], ct);
            }

            await Task.Delay(pause, ct);
        }

        return ([], new Outcome.RetryAfter("L’import de Brevo n’est pas fini : il est repris plus tard."));
    }

    public static object Confirmation(BrevoSettings settings, string email, Dictionary<string, object> attributes) => new
    {
        email,
        attributes,
        includeListIds = new[] { settings.ListId },
        templateId = settings.DoubleOptInTemplate,
        redirectionUrl = settings.ConfirmationUrl,
    };

    // The newest first: what was just imported is on the first pages, unless it was there before.
    private static async Task<(Dictionary<string, string> Ids, Outcome? Failure)> ReadBackAsync(BrevoApi api, HashSet<string> wanted, CancellationToken ct)
    {
        var ids = new Dictionary<string, string>();
        for (var offset = 0; ; offset += Page)
        {
            var answer = await api.GetAsync(
                string.Create(CultureInfo.InvariantCulture, $"contacts/lists/{api.Settings.ListId}/contacts?limit={Page}&offset={offset}&sort=desc"), ct);
            if (answer.Failure is { } failed)
            {
                return (ids, failed);
            }

            var page = answer.Rows("contacts").ToList();
            foreach (var contact in page)
            {
                var email = ToolAnswer.TextAt(contact, "email")!.ToUpperInvariant();
                if (wanted.Remove(email))
                {
                    ids[email] = ToolAnswer.TextAt(contact, "id")!;
                }
            }

            if (page.Count < Page || wanted.Count == 0)
            {
                return (ids, null);
            }
        }
    }
}
