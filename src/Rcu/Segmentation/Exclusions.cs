using System.Linq.Expressions;
using Rcu.Customers;

namespace Rcu.Segmentation;

/// <summary>
/// Who is left out of everything that leaves the hub from a segment, without anyone having to think of it. Each is lifted for one
/// segment at a time, with a reason that is kept.
/// </summary>
public static class Exclusions
{
    /// <summary>Those that matter to a segment of accounts, and to one of contacts.</summary>
    public static IReadOnlyList<Exclusion> For(SegmentTarget target) => target is SegmentTarget.Accounts
        ? [Exclusion.PartialDiffusion, Exclusion.Closed]
        : [Exclusion.Opposition, Exclusion.InvalidEmail, Exclusion.PartialDiffusion, Exclusion.Closed];

    /// <summary>Whether something is left out for this reason.</summary>
    public static bool Holds(this Segment segment, Exclusion why) => !segment.Lifted.Any(lifted => lifted.Why == why);

    /// <summary>The accounts that may leave the hub.</summary>
    public static IQueryable<Account> Allow(this Segment segment, IQueryable<Account> accounts)
    {
        foreach (var why in For(SegmentTarget.Accounts).Where(segment.Holds))
        {
            accounts = accounts.Where(Not(OfAccount(why)));
        }

        return accounts;
    }

    /// <summary>The contacts that may leave the hub.</summary>
    public static IQueryable<Contact> Allow(this Segment segment, IQueryable<Contact> contacts)
    {
        foreach (var why in For(SegmentTarget.Contacts).Where(segment.Holds))
        {
            contacts = contacts.Where(Not(OfContact(why)));
        }

        return contacts;
    }

    /// <summary>Who one reason leaves out.</summary>
    public static Expression<Func<Account, bool>> OfAccount(Exclusion why) => why switch
    {
        Exclusion.PartialDiffusion => a => a.Diffusion == "P",
        Exclusion.Closed => a => a.InseeState == "C" || a.ClosedOn != null,
        _ => a => false,
    };

    /// <summary>Who one reason leaves out.</summary>
    public static Expression<Func<Contact, bool>> OfContact(Exclusion why) => why switch
    {
        Exclusion.Opposition => c => c.EmailReach == Reach.Opposed || c.EmailReach == Reach.NoBasis || c.EmailReach == Reach.ToCheck,
        Exclusion.InvalidEmail => c => c.EmailReach == Reach.Invalid,
        Exclusion.PartialDiffusion => c => c.Account != null && c.Account.Diffusion == "P",
        Exclusion.Closed => c => c.Account != null && (c.Account.InseeState == "C" || c.Account.ClosedOn != null),
        _ => c => false,
    };

    internal static Expression<Func<T, bool>> Not<T>(Expression<Func<T, bool>> left) => Expression.Lambda<Func<T, bool>>(Expression.Not(left.Body), left.Parameters);
}

/// <summary>Why someone is left out.</summary>
public enum Exclusion
{
    /// <summary>They said no, or nothing says they may be written to.</summary>
    Opposition,

    /// <summary>Their e-mail does not work: a hard bounce, a broken form.</summary>
    InvalidEmail,

    /// <summary>Their company asked Insee not to be used for prospecting.</summary>
    PartialDiffusion,

    /// <summary>Their company has ceased.</summary>
    Closed,
}

/// <summary>An exclusion someone lifted for one segment.</summary>
public sealed record LiftedExclusion(Exclusion Why, string Reason, string By, DateTimeOffset At);
