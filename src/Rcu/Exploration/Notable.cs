using System.Globalization;
using Rcu.Customers;
using Rcu.Unification.Locks;

namespace Rcu.Exploration;

/// <summary>Something to keep in mind about an account: a sentence whose words are in the texts under <c>notable.{Code}</c>.</summary>
/// <param name="Values">What the sentence says <c>{0}</c>, <c>{1}</c>… for: amounts, counts, dates, names.</param>
/// <param name="On">When it happened or fell due.</param>
public sealed record Notable(string Code, NotableTone Tone, int Weight, DateOnly? On, params object[] Values)
{
    /// <summary>How many a page shows.</summary>
    public const int Shown = 5;

    /// <summary>The system that says so, or what it is read from: <c>documents</c>, <c>interactions</c>, <c>register</c>…</summary>
    public string From { get; init; } = FromOf(Code);

    /// <summary>
    /// What it says, by which one who has seen it is not told again until it changes: a fact that has a day is that day's, however
    /// many days ago that is.
    /// </summary>
    public string Said => string.Join('|', [On?.ToString("O", CultureInfo.InvariantCulture) ?? "", .. Values.Where(v => On is null || v is not (int or decimal))
        .Select(v => Convert.ToString(v, CultureInfo.InvariantCulture))]);

    /// <summary>The heaviest first.</summary>
    internal static IReadOnlyList<Notable> Of(
        Account account, AccountMetrics? metrics, IReadOnlyList<AccountContact> contacts, IReadOnlyList<Establishment> establishments,
        IReadOnlyList<AccountOpportunity> opportunities, IReadOnlyList<PossibleDuplicate> duplicates, TimelinePage timeline, DateOnly today) =>
    [
        .. Standing(account)
            .Concat(Money(metrics))
            .Concat(Touch(account, metrics, timeline, today))
            .Concat(Sales(opportunities, today))
            .Concat(People(contacts, metrics, today))
            .Concat(Places(establishments, today))
            .Concat(duplicates.Count > 0 ? [new Notable("duplicates", NotableTone.Info, 50, null, duplicates.Count)] : [])
            .OrderByDescending(n => n.Weight).ThenBy(n => n.Code, StringComparer.Ordinal),
    ];

    private static string FromOf(string code) => code switch
    {
        "overdue" or "falling" or "rising" or "no_payer" or "no_payer_overdue" => "documents",
        "complaint" or "quiet" or "never_touched" => "interactions",
        "ceased" or "ceased_on" or "partial_diffusion" or "establishment_closed" => "register",
        "proceeding" or "proceeding_ended" => "notices",
        "lock_moved" => "locks",
        "duplicates" => "matches",
        "opportunity_late" or "opportunity_near" => "opportunities",
        _ => "contacts",
    };

    private static string? Sayer(Account account, params string[] fields) => fields.Select(f => account.Origins.GetValueOrDefault(f)?.Source).OfType<string>().FirstOrDefault();

    private static IEnumerable<Notable> Standing(Account account)
    {
        if (account.ClosedOn is { } closed)
        {
            yield return new Notable("ceased_on", NotableTone.Danger, 120, closed, closed) { From = Sayer(account, "closed_on", "insee_state") ?? "register" };
        }
        else if (account.InseeState is "C")
        {
            yield return new Notable("ceased", NotableTone.Danger, 120, null) { From = Sayer(account, "insee_state") ?? "register" };
        }

        if (account.Proceeding is { } proceeding)
        {
            yield return proceeding.IsOpen
                ? new Notable("proceeding", NotableTone.Danger, 115, proceeding.Since, proceeding.Kind, proceeding.Since)
                : new Notable("proceeding_ended", NotableTone.Warning, 40, proceeding.Since, proceeding.Since);
        }

        if (account.Blocked)
        {
            yield return new Notable("blocked", NotableTone.Danger, 110, null) { From = Sayer(account, "blocked") ?? "documents" };
        }

        if (account.Origins.Values.Count(o => o.Rule is LockedValues.Moved) is > 0 and var moved)
        {
            yield return new Notable("lock_moved", NotableTone.Warning, 60, null, moved);
        }

        if (account.Diffusion is "P")
        {
            yield return new Notable("partial_diffusion", NotableTone.Warning, 90, null);
        }
    }

    private static IEnumerable<Notable> Money(AccountMetrics? metrics)
    {
        if (metrics is { OverdueCount: > 0 })
        {
            yield return new Notable("overdue", NotableTone.Danger, 100, null, metrics.OverdueCount, metrics.OverdueAmount);
        }

        if (metrics is { RevenuePrevious12m: > 0 } && metrics.Revenue12m < metrics.RevenuePrevious12m * 0.8m)
        {
            var fall = (int)Math.Round(100 * (1 - metrics.Revenue12m / metrics.RevenuePrevious12m));
            yield return new Notable("falling", NotableTone.Warning, 70, metrics.LastOrderOn, fall, metrics.RevenuePrevious12m, metrics.Revenue12m);
        }
        else if (metrics is { RevenuePrevious12m: > 0 } && metrics.Revenue12m > metrics.RevenuePrevious12m * 1.2m)
        {
            var rise = (int)Math.Round(100 * (metrics.Revenue12m / metrics.RevenuePrevious12m - 1));
            yield return new Notable("rising", NotableTone.Success, 42, metrics.LastOrderOn, rise);
        }
    }

    private static IEnumerable<Notable> Touch(Account account, AccountMetrics? metrics, TimelinePage timeline, DateOnly today)
    {
        var complaint = timeline.Items.FirstOrDefault(i => i.Kind == "complaint");
        if (complaint is not null && today.DayNumber - Day(complaint.At).DayNumber <= 90)
        {
            yield return new Notable("complaint", NotableTone.Danger, 95, Day(complaint.At), complaint.Subject ?? complaint.Text ?? "…");
        }

        if (metrics?.LastInteractionAt is { } last && today.DayNumber - Day(last).DayNumber is > 60 and var days)
        {
            yield return new Notable("quiet", NotableTone.Warning, days > 180 ? 75 : 60, Day(last), days);
        }
        else if (metrics is { LastInteractionAt: null } && account.Type is AccountType.Customer or AccountType.Prospect)
        {
            yield return new Notable("never_touched", NotableTone.Warning, 55, null);
        }
    }

    private static IEnumerable<Notable> Sales(IReadOnlyList<AccountOpportunity> opportunities, DateOnly today)
    {
        var open = opportunities.Where(o => o is { IsOpen: true, CloseOn: not null }).OrderBy(o => o.CloseOn).ToList();
        if (open.FirstOrDefault(o => o.CloseOn < today) is { } late)
        {
            yield return new Notable("opportunity_late", NotableTone.Warning, 65, late.CloseOn, late.Name, late.CloseOn!, late.Amount ?? 0) { From = late.Source };
        }

        if (open.FirstOrDefault(o => o.CloseOn >= today && o.CloseOn <= today.AddDays(30)) is { } near)
        {
            yield return new Notable("opportunity_near", NotableTone.Success, 68, near.CloseOn, near.Name, near.CloseOn!, near.Amount ?? 0) { From = near.Source };
        }
    }

    private static IEnumerable<Notable> People(IReadOnlyList<AccountContact> contacts, AccountMetrics? metrics, DateOnly today)
    {
        if (contacts.Count == 0)
        {
            yield return new Notable("no_contact", NotableTone.Warning, 58, null);
        }
        else if (!contacts.Any(c => c.Plays(RoleFunction.DecisionMaker, today)))
        {
            var gone = contacts
                .SelectMany(c => c.Roles.Where(r => r.Function is RoleFunction.DecisionMaker && r.EndedOn <= today), (c, r) => (c.Name, r.EndedOn))
                .OrderByDescending(d => d.EndedOn).ThenBy(d => d.Name, StringComparer.Ordinal).FirstOrDefault();
            yield return gone.EndedOn is { } left
                ? new Notable("decision_maker_left", NotableTone.Warning, 63, left, gone.Name, left)
                : new Notable("no_decision_maker", NotableTone.Info, 45, null);
        }

        if (contacts.Count > 0 && metrics is { OrderCount: > 0 } && !contacts.Any(c => c.Plays(RoleFunction.Payer, today)))
        {
            yield return metrics is { OverdueCount: > 0 }
                ? new Notable("no_payer_overdue", NotableTone.Warning, 64, null)
                : new Notable("no_payer", NotableTone.Info, 40, null);
        }

        if (contacts.FirstOrDefault(c => c.Level is "C_LEVEL" && c.InPostSince > today.AddDays(-90) && c.InPostSince <= today) is { } leader)
        {
            yield return new Notable("new_leader", NotableTone.Info, 62, leader.InPostSince, leader.Name, leader.JobTitle ?? "—");
        }

        if (metrics is { ContactCount: > 0, ReachableByEmail: 0 })
        {
            yield return new Notable("nobody_by_email", NotableTone.Info, 35, null, metrics.ContactCount);
        }
    }

    private static IEnumerable<Notable> Places(IReadOnlyList<Establishment> establishments, DateOnly today) =>
        establishments
            .Where(e => e.ClosedOn > today.AddYears(-1) && e.ClosedOn <= today)
            .OrderByDescending(e => e.ClosedOn).Take(1)
            .Select(e => new Notable("establishment_closed", NotableTone.Info, 56, e.ClosedOn, e.Address.City ?? e.Name ?? e.Siret ?? "—", e.ClosedOn!));

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

/// <summary>How a reader should take it.</summary>
public enum NotableTone
{
    Info,
    Success,
    Warning,
    Danger,
}
