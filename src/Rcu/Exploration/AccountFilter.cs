using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Identifiers;
using Rcu.Resolution;

namespace Rcu.Exploration;

/// <summary>Which accounts a list shows. What is null does not filter.</summary>
public sealed record AccountFilter
{
    /// <summary>Byte by byte, as codes are sorted and their beginnings found by one index.</summary>
    internal const string Binary = "C";

    /// <summary>So many that it is quicker to go through a list and ask each account, than to gather them.</summary>
    internal const int Broad = 5_000;

    private const int QuietDays = 90;

    /// <summary>Words of a name, or a SIREN.</summary>
    public string? Text { get; init; }

    public AccountType? Type { get; init; }

    public string? Region { get; init; }

    public string? Department { get; init; }

    public string? City { get; init; }

    /// <summary>The beginning of a NAF rév. 2 code: <c>62</c>, <c>62.01Z</c>.</summary>
    public string? Naf { get; init; }

    public string? HeadcountBand { get; init; }

    /// <summary>The name of a source that speaks of it.</summary>
    public string? Source { get; init; }

    public AccountWatch? Watch { get; init; }

    /// <summary>What costs its quality points: <c>completeness.phone</c>. With a source, what costs that source's.</summary>
    public string? Problem { get; init; }

    /// <summary>The names of one person: those they are in charge of, or typed something of.</summary>
    public IReadOnlyList<string> Contributors { get; init; } = [];

    /// <summary>The e-mail of a person who follows them.</summary>
    public string? Follower { get; init; }

    /// <summary>How the sources and the hub name the person in charge, in small letters; any of them.</summary>
    public IReadOnlyList<string> Owners { get; init; } = [];

    /// <summary>Only those nobody is in charge of.</summary>
    public bool IsOwnerless { get; init; }

    /// <summary>A word people put on them.</summary>
    public string? Tag { get; init; }

    /// <summary>The stage that one of their opportunities is at.</summary>
    public OpportunityStage? Stage { get; init; }

    /// <summary>A condition of another stage, compiled.</summary>
    internal Expression<Func<Account, bool>>? Also { get; init; }

    private bool IsBroad { get; init; }

    /// <summary>The same filter, read in the way that is quicker for a page of its list.</summary>
    internal async Task<AccountFilter> ProbedAsync(RcuDb db, int broad, CancellationToken ct) => this with
    {
        IsBroad = Watch is AccountWatch.Duplicates ? await Waiting(db).Select(_ => 1).Take(broad).CountAsync(ct) == broad
            : Tag is { Length: > 0 } tag && await Desk.DeskFilter.Bearing(db, tag).Select(_ => 1).Take(broad).CountAsync(ct) == broad,
    };

    internal static DateTimeOffset QuietSince(DateTimeOffset now) => now.AddDays(-QuietDays);

    internal IQueryable<Account> Apply(IQueryable<Account> accounts, RcuDb db, DateTimeOffset now)
    {
        accounts = Siren.TryParse(Text, null, out var siren) ? accounts.Where(a => a.Siren == siren) : NameQuery.Of(Text).Narrow(accounts);
        accounts = Type is { } type ? accounts.Where(a => a.Type == type) : accounts;
        accounts = Region is { Length: > 0 } region ? accounts.Where(a => a.Address.Region == region) : accounts;
        accounts = Department is { Length: > 0 } department ? accounts.Where(a => a.Address.Department == department) : accounts;
        accounts = City is { Length: > 0 } city ? InTown(accounts, city) : accounts;
        accounts = Naf is { Length: > 0 } naf ? accounts.Where(a => EF.Functions.Like(EF.Functions.Collate(a.Naf!, Binary), Escaped(naf).ToUpperInvariant() + "%")) : accounts;
        accounts = HeadcountBand is { Length: > 0 } band ? accounts.Where(a => a.HeadcountBand == band) : accounts;
        accounts = Source is { Length: > 0 } source ? accounts.Where(a => a.Sources.Contains(source)) : accounts;
        accounts = Problem is not { Length: > 0 } problem ? accounts
            : Source is { Length: > 0 } said
                ? accounts.Where(a => db.SourceScores.Any(s => s.Kind == RecordKind.Account && s.SubjectId == a.Id && s.Source == said && s.Problems.Contains(problem)))
                : accounts.Where(a => a.Score!.Problems.Contains(problem));
        accounts = Contributors.Count == 0 ? accounts
            : accounts.Where(a => db.Contributions.Any(c => c.Kind == RecordKind.Account && c.SubjectId == a.Id && Contributors.Contains(c.Contributor)));
        accounts = Owners.Count == 0 ? accounts
            : accounts.Where(a => db.Contributions.Any(c => c.Kind == RecordKind.Account && c.SubjectId == a.Id && c.IsOwner && Owners.Contains(c.Contributor)));
        accounts = !IsOwnerless ? accounts
            : accounts.Where(a => !db.Contributions.Any(c => c.Kind == RecordKind.Account && c.SubjectId == a.Id && c.IsOwner));
        accounts = Stage is { } stage ? accounts.Where(a => db.Opportunities.Any(o => o.AccountId == a.Id && o.Stage == stage)) : accounts;
        accounts = Desk.DeskFilter.Apply(accounts, db, Follower, Tag, IsBroad);
        accounts = Also is null ? accounts : accounts.Where(Also);
        return Watch is { } watch ? Watched(accounts, watch, db, now, IsBroad) : accounts;
    }

    private static IQueryable<Account> Watched(IQueryable<Account> accounts, AccountWatch watch, RcuDb db, DateTimeOffset now, bool isBroad) => watch switch
    {
        AccountWatch.Quiet => accounts.Where(a =>
            a.Type == AccountType.Customer && (a.Metrics!.LastInteractionAt == null || a.Metrics.LastInteractionAt < QuietSince(now))),
        AccountWatch.Falling => accounts.Where(a =>
            a.Metrics!.RevenuePrevious12m > 0 && a.Metrics.Revenue12m < a.Metrics.RevenuePrevious12m * 0.8m),
        AccountWatch.Overdue => accounts.Where(a => a.Metrics!.OverdueCount > 0),
        AccountWatch.Duplicates => WithDuplicates(accounts, db, isBroad),
        AccountWatch.Issues => accounts.Where(a => db.Links.Any(l =>
            l.ClusterId == a.Id && l.Kind == ClusterKind.Account && db.Issues.Any(i => i.RecordId == l.RecordId))),
        AccountWatch.Ceased => accounts.Where(a => a.InseeState == "C" || a.ClosedOn != null),
        _ => throw new ArgumentOutOfRangeException(nameof(watch)),
    };

    // In capitals, byte by byte: as the index has towns.
    private static IQueryable<Account> InTown(IQueryable<Account> accounts, string city)
    {
        var town = Escaped(city).ToUpperInvariant() + "%";
#pragma warning disable CA1304, CA1311 // the database's own
        return accounts.Where(a => EF.Functions.Like(EF.Functions.Collate(a.Address.City!.ToUpper(), Binary), town));
#pragma warning restore CA1304, CA1311
    }

    // The pairs that wait are mostly far fewer than the accounts: one begins with them, unless there are very many.
    private static IQueryable<Account> WithDuplicates(IQueryable<Account> accounts, RcuDb db, bool isBroad)
    {
        var waiting = Waiting(db);
        if (isBroad)
        {
            return accounts.Where(a => db.Links.Any(l => l.ClusterId == a.Id && l.Kind == ClusterKind.Account
                && (waiting.Any(m => m.LeftRecordId == l.RecordId) || waiting.Any(m => m.RightRecordId == l.RecordId))));
        }

        var records = waiting.Select(m => m.LeftRecordId).Union(waiting.Select(m => m.RightRecordId));
        return accounts.Where(a => db.Links.Where(l => l.Kind == ClusterKind.Account && records.Contains(l.RecordId)).Select(l => l.ClusterId).Contains(a.Id));
    }

    private static IQueryable<Match> Waiting(RcuDb db) => db.Matches.Where(m =>
        m.Judgement == Judgement.Undecided && m.ClosedAt == null && m.Band == Matching.Band.Review && m.Kind == ClusterKind.Account);

    private static string Escaped(string text) =>
        text.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}

/// <summary>What makes an account worth looking at.</summary>
public enum AccountWatch
{
    /// <summary>A customer nobody was in touch with for ninety days.</summary>
    Quiet,

    /// <summary>Twelve months of revenue lower by a fifth than the twelve before.</summary>
    Falling,
    Overdue,

    /// <summary>Possible duplicates wait for a judgement.</summary>
    Duplicates,

    /// <summary>Cleaning found something wrong in one of its records.</summary>
    Issues,
    Ceased,
}
