using System.Globalization;
using System.Text;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Mailjet;

/// <summary>The calls made to one Mailjet account, and its jobs followed to their end.</summary>
internal sealed class MailjetApi(ToolCalls calls, MailjetSettings settings, string? secret)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    public MailjetSettings Settings => settings;

    private string Base => settings.BaseUrl.TrimEnd('/');

    public Task<ToolAnswer> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, $"{Base}/{path}", null, ct);

    /// <summary>Does one thing to many addresses of the list, and tells which it refused, with the reason.</summary>
    public async Task<(IReadOnlyDictionary<string, string> Refused, ToolAnswer Answer)> ManageAsync(string action, IEnumerable<object> contacts, CancellationToken ct)
    {
        var manage = string.Create(CultureInfo.InvariantCulture, $"contactslist/{settings.ListId}/managemanycontacts");
        var accepted = await SendAsync(HttpMethod.Post, $"{Base}/{manage}", new { Action = action, Contacts = contacts }, ct);
        if (accepted.Failure is not null)
        {
            return (new Dictionary<string, string>(), accepted);
        }

        var job = ToolAnswer.TextAt(accepted.Rows("Data").First(), "JobID");
        for (var (waited, pause) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(50)); waited < LongestWait; waited += pause, pause *= 2)
        {
            var answer = await GetAsync($"{manage}/{job}", ct);
            var state = answer.Rows("Data").FirstOrDefault();
            if (answer.Failure is not null || ToolAnswer.TextAt(state, "Status") is "Completed" or "Error" or "Abort")
            {
                return answer.Failure is null && ToolAnswer.TextAt(state, "ErrorFile") is { Length: > 0 } file ? await RefusedAsync(file, answer, ct) : (new Dictionary<string, string>(), answer);
            }

            await Task.Delay(pause, ct);
        }

        return (new Dictionary<string, string>(), ToolAnswer.None(new Outcome.RetryAfter("Le travail de Mailjet n’est pas fini : il est repris plus tard.")));
    }

    // A line an address, its reason after it. The file may lie elsewhere: our keys only go where they belong.
    private async Task<(IReadOnlyDictionary<string, string> Refused, ToolAnswer Answer)> RefusedAsync(string file, ToolAnswer job, CancellationToken ct)
    {
        var answer = await SendAsync(HttpMethod.Get, file, null, ct);
        var refused = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cells = line.Split(',', 2);
            refused[cells[0].Trim('"')] = cells.Length > 1 ? cells[1].Trim('"') : "";
        }

        return (refused, answer.Failure is null ? job : answer);
    }

    private Task<ToolAnswer> SendAsync(HttpMethod method, string url, object? body, CancellationToken ct) => calls.SendAsync(
        "Mailjet",
        method,
        url,
        body,
        request =>
        {
            if (url.StartsWith(Base + "/", StringComparison.Ordinal))
            {
                request.Headers.TryAddWithoutValidation("authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(secret ?? ""))}");
            }
        },
        ct);
}
