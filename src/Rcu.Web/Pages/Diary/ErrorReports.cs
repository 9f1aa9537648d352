using Microsoft.Extensions.Localization;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Diary;

/// <summary>« Signaler une erreur »: what somebody saw wrong on an account becomes a task of a data steward.</summary>
internal sealed class ErrorReports(Rcu.Exploration.Desk.Tasks tasks, Colleagues colleagues, IStringLocalizer<Texts> texts)
{
    public async Task<Result<TaskLine>> TellAsync(AccountScope scope, Guid accountId, string text, string by, CancellationToken ct)
    {
        // Without a steward, whoever saw it keeps it in mind.
        var steward = (await colleagues.ListAsync(ct)).FirstOrDefault(c => c.IsSteward)?.Email ?? by;
        var said = text.Trim();
        return said.Length == 0 ? TaskErrors.NothingReported
            : await tasks.AddAsync(scope, accountId, new SaveTask(texts["report.title", said].Value, Assignee: steward), by, ct);
    }
}
