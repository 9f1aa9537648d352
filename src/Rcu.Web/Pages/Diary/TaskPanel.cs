using Rcu.Exploration.Desk;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Diary;

/// <summary>What « À faire » of an account shows: <c>&lt;partial name="_Tasks" model="…" /&gt;</c>.</summary>
/// <param name="Colleagues">Those a task may be given to; none for a reader who may give none.</param>
/// <param name="Me">The e-mail of the reader.</param>
internal sealed record TaskPanel(Guid AccountId, IReadOnlyList<TaskLine> Lines, IReadOnlyList<Colleague> Colleagues, string Me, DateOnly Today);
