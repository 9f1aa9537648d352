using Rcu.Customers;

namespace Rcu.Exploration;

/// <summary>Whom to call first at an account. Each reason's words are in the texts under <c>call.{code}</c>.</summary>
public sealed record CallAdvice(AccountContact Contact, IReadOnlyList<string> Reasons)
{
    /// <summary>
    /// The one who decides, or who pays when invoices are overdue; then who can be reached, thinks well of us and was met lately.
    /// </summary>
    internal static CallAdvice? Of(IReadOnlyList<AccountContact> contacts, AccountMetrics? metrics, DateOnly today) =>
        contacts
            .Where(c => c.PhoneReach is not Reach.Opposed && !c.HasLeft(today))
            .Select(c => (Contact: c, Points: Points(c, metrics, today)))
            .Where(c => c.Contact.Dial is not null || c.Contact.EmailReach is Reach.Allowed)
            .OrderByDescending(c => c.Points).ThenBy(c => c.Contact.Name, StringComparer.Ordinal)
            .Select(c => new CallAdvice(c.Contact, [.. Why(c.Contact, metrics, today)]))
            .FirstOrDefault();

    /// <summary>Those who matter most first, whether they can be called or not.</summary>
    internal static IReadOnlyList<AccountContact> Sorted(IEnumerable<AccountContact> contacts, AccountMetrics? metrics, DateOnly today) =>
        [.. contacts.OrderByDescending(c => Points(c, metrics, today)).ThenBy(c => c.Name, StringComparer.Ordinal)];

    private static int Points(AccountContact contact, AccountMetrics? metrics, DateOnly today)
    {
        var roles = contact.Roles.Where(r => r.EndedOn is null || r.EndedOn > today).ToList();
        var part = roles.Select(r => Of(r.Function, metrics)).DefaultIfEmpty(0).Max();
        var level = contact.Level switch { "C_LEVEL" => 40, "MANAGER" => 20, _ => 0 };
        var stance = roles.Select(r => r.Stance switch { Stance.Champion => 25, Stance.Favourable => 15, Stance.Hostile => -40, Stance.Reserved => -10, _ => 0 })
            .DefaultIfEmpty(0).Max();
        var reach = (contact.Dial is not null && contact.PhoneReach is Reach.Allowed ? 45 : 0) + (contact.EmailReach is Reach.Allowed ? 15 : 0);
        var recent = contact.LastInteractionAt is { } last && today.DayNumber - DateOnly.FromDateTime(last.UtcDateTime).DayNumber <= 180 ? 15 : 0;
        return part + level + stance + reach + recent - (roles.All(r => r.IsOutsider) && roles.Count > 0 ? 30 : 0) - (contact.HasLeft(today) ? 200 : 0);
    }

    private static int Of(RoleFunction function, AccountMetrics? metrics) => function switch
    {
        RoleFunction.DecisionMaker => 100,
        RoleFunction.Payer => metrics is { OverdueCount: > 0 } ? 130 : 60,
        RoleFunction.Prescriber => 50,
        RoleFunction.Influencer => 40,
        RoleFunction.User => 20,
        _ => 10,
    };

    private static IEnumerable<string> Why(AccountContact contact, AccountMetrics? metrics, DateOnly today)
    {
        if (contact.Plays(RoleFunction.Payer, today) && metrics is { OverdueCount: > 0 })
        {
            yield return "pays_overdue";
        }

        if (contact.Plays(RoleFunction.DecisionMaker, today))
        {
            yield return "decides";
        }
        else if (contact.Plays(RoleFunction.Prescriber, today))
        {
            yield return "prescribes";
        }
        else if (contact.Level is "C_LEVEL")
        {
            yield return "leads";
        }

        if (contact.Roles.Any(r => r.Stance is Stance.Champion or Stance.Favourable))
        {
            yield return "favourable";
        }

        if (contact is { Dial: not null, PhoneReach: Reach.Allowed })
        {
            yield return "reachable";
        }
    }
}
