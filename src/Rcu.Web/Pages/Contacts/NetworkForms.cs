using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Unification.People;

namespace Rcu.Web.Pages.Contacts;

/// <summary>The form of a part a person plays.</summary>
internal sealed class RoleForm
{
    /// <summary>The one that is said otherwise; null for a new one.</summary>
    public Guid? Fact { get; set; }

    public int? Version { get; set; }

    public Guid Account { get; set; }

    public RoleFunction Function { get; set; } = RoleFunction.DecisionMaker;

    public string? JobTitle { get; set; }

    /// <summary><c>sale:</c> or <c>product:</c> and an id; empty for the account as a whole.</summary>
    public string? Subject { get; set; }

    public DateOnly? StartedOn { get; set; }

    public DateOnly? EndedOn { get; set; }

    public string? Remark { get; set; }

    public static RoleForm Of(ContactRole role) => new()
    {
        Fact = role.Typed is null ? null : role.Id,
        Version = role.Typed?.Version,
        Account = role.AccountId,
        Function = role.Function,
        JobTitle = role.JobTitle,
        Subject = role.OpportunityId is { } sale ? $"sale:{sale}" : role.ProductId is { } product ? $"product:{product}" : null,
        StartedOn = role.StartedOn,
        EndedOn = role.EndedOn,
        Remark = role.Typed?.Remark,
    };

    public SayRole For(Guid contact) => new(
        contact, Account, Function, JobTitle, IdIn("product:"), IdIn("sale:"), StartedOn, EndedOn, Remark);

    private Guid? IdIn(string kind) =>
        Subject?.StartsWith(kind, StringComparison.Ordinal) is true && Guid.TryParse(Subject.AsSpan(kind.Length), out var id) ? id : null;
}

/// <summary>The form of how a person stands towards us.</summary>
internal sealed class StanceForm
{
    public Guid Account { get; set; }

    public Stance Stance { get; set; } = Stance.Neutral;

    public DateOnly? SeenOn { get; set; }

    public string? ToldBy { get; set; }
}

/// <summary>The form of what binds a person to another.</summary>
internal sealed class RelationForm
{
    public const string Reverse = ":reverse";

    public Guid Other { get; set; }

    /// <summary>One of <see cref="RelationKinds"/>, from this person to the other, or back with <see cref="Reverse"/>.</summary>
    public string Kind { get; set; } = RelationKinds.ReportsTo;

    public DateOnly? StartedOn { get; set; }

    public string? Remark { get; set; }

    public SayRelation For(Guid contact) => Kind.EndsWith(Reverse, StringComparison.Ordinal)
        ? new(Other, contact, Kind[..^Reverse.Length], StartedOn, null, Remark)
        : new(contact, Other, Kind, StartedOn, null, Remark);
}
