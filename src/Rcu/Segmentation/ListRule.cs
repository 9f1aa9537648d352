using Rcu.Exploration;
using Rcu.Identifiers;
using static Rcu.Segmentation.Condition;

namespace Rcu.Segmentation;

/// <summary>The filters of a list said as a rule of segments; those a rule has no word for are named in the refusal.</summary>
public static class ListRule
{
    public static Result<Condition> Of(AccountFilter filter)
    {
        List<string> unsaid = [];
        Unsaid(unsaid, "probleme", filter.Problem is { Length: > 0 });
        Unsaid(unsaid, "de", filter.Contributors.Count > 0);
        Unsaid(unsaid, "suivi", filter.Follower is not null);
        Unsaid(unsaid, "proprietaire", filter.Owners.Count > 0 || filter.IsOwnerless);
        Unsaid(unsaid, "etiquette", filter.Tag is { Length: > 0 });
        Unsaid(unsaid, "vue", filter.Watch is AccountWatch.Falling or AccountWatch.Duplicates or AccountWatch.Issues);
        if (unsaid.Count > 0)
        {
            return SegmentationErrors.UnsaidFilters(unsaid);
        }

        var parts = Siren.TryParse(filter.Text, null, out var siren) ? [new Compare("siren", Operator.Is, [siren.Value])] : Names(filter.Text);
        Say(parts, "type", Operator.Is, filter.Type?.ToString());
        Say(parts, "region", Operator.Is, filter.Region);
        Say(parts, "department", Operator.Is, filter.Department);
        Say(parts, "city", Operator.StartsWith, filter.City);
        Say(parts, "naf", Operator.StartsWith, filter.Naf);
        Say(parts, "headcount_band", Operator.Is, filter.HeadcountBand);
        Say(parts, "sources", Operator.Is, filter.Source);
        if (filter.Stage is { } stage)
        {
            parts.Add(new Related("opportunities", Quantifier.AtLeast, new Compare("stage", Operator.Is, [$"{stage}"])));
        }

        switch (filter.Watch)
        {
            case AccountWatch.Quiet:
                Say(parts, "type", Operator.Is, "Customer");
                Say(parts, "last_interaction", Operator.NotInLastDays, "90");
                break;
            case AccountWatch.Overdue:
                Say(parts, "overdue", Operator.Above, "0");
                break;
            case AccountWatch.Ceased:
                Say(parts, "closed", Operator.Is, "true");
                break;
        }

        return Whole(parts);
    }

    public static Result<Condition> Of(ContactFilter filter)
    {
        List<string> unsaid = [];
        Unsaid(unsaid, "probleme", filter.Problem is { Length: > 0 });
        Unsaid(unsaid, "de", filter.Contributors.Count > 0);
        Unsaid(unsaid, "etiquette", filter.Tag is { Length: > 0 });
        Unsaid(unsaid, "compte", filter.AccountId is not null);
        if (unsaid.Count > 0)
        {
            return SegmentationErrors.UnsaidFilters(unsaid);
        }

        var parts = EmailAddress.TryParse(filter.Text, null, out var email) ? [new Compare("email", Operator.Is, [email.Value])] : Names(filter.Text);
        if (filter.Function is { } function)
        {
            parts.Add(new Related("roles", Quantifier.AtLeast, new Compare("function", Operator.Is, [$"{function}"])));
        }

        Say(parts, "department", Operator.Is, filter.Department);
        Say(parts, "level", Operator.Is, filter.Level);
        Say(parts, "email_reach", Operator.Is, filter.EmailReach?.ToString());
        Say(parts, "sources", Operator.Is, filter.Source);
        return Whole(parts);
    }

    // Nothing filtered is everybody: a segment of them all is made on purpose, in the builder.
    private static Result<Condition> Whole(List<Condition> parts) => parts.Count == 0 ? SegmentationErrors.NoFilter : new All(parts);

    private static List<Condition> Names(string? text) =>
        [.. NameQuery.Of(text).Words.Select(Condition (readings) => readings.Count == 1
            ? new Compare("any_name", Operator.Contains, [readings[0]])
            : new Any([.. readings.Select(r => new Compare("any_name", Operator.Contains, [r]))]))];

    private static void Say(List<Condition> parts, string field, Operator how, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            parts.Add(new Compare(field, how, [value.Trim()]));
        }
    }

    private static void Unsaid(List<string> unsaid, string name, bool filters)
    {
        if (filters)
        {
            unsaid.Add(name);
        }
    }
}
