using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>What happened with an account or a contact, newest first: interactions, documents, and opportunities won or lost, in one line.</summary>
public sealed class Timeline(RcuDb db)
{
    public const int PageSize = 30;

    public async Task<TimelinePage> ReadAsync(
        AccountScope scope, TimelineFilter filter, TimelineCursor? after, CancellationToken ct, int size = PageSize)
    {
        List<TimelineItem> items = [];
        if (filter.Shows(TimelineNature.Interaction))
        {
            items.AddRange(await Interactions(scope, filter, after).Take(size + 1).ToListAsync(ct));
        }

        if (filter.Shows(TimelineNature.Document))
        {
            items.AddRange(await Documents(scope, filter, after).Take(size + 1).ToListAsync(ct));
        }

        if (filter.Shows(TimelineNature.Opportunity))
        {
            items.AddRange(await Opportunities(scope, filter, after).Take(size + 1).ToListAsync(ct));
        }

        items = [.. items.OrderByDescending(i => i.At).ThenBy(i => i.Nature).ThenBy(i => i.Id).Take(size + 1)];
        var next = items.Count <= size ? null : TimelineCursor.Of(items[size - 1]);
        return new TimelinePage([.. items.Take(size)], next);
    }

    private IQueryable<TimelineItem> Interactions(AccountScope scope, TimelineFilter filter, TimelineCursor? after)
    {
        var rows = scope.Interactions(db);
        rows = filter.AccountId is { } account ? rows.Where(i => i.AccountId == account) : rows;
        rows = filter.ContactId is { } contact ? rows.Where(i => i.ContactId == contact) : rows;
        rows = filter.Channel is { } channel ? rows.Where(i => i.Channel == channel) : rows;
        rows = filter.Source is { } source ? rows.Where(i => i.Source == source) : rows;
        rows = filter.Words is { } words ? Words.In(rows, words) : rows;
        if (after is { Nature: TimelineNature.Interaction })
        {
            rows = rows.Where(i => i.At <= after.At && (i.At < after.At || i.Id > after.Id));
        }
        else if (after is not null)
        {
            rows = rows.Where(i => i.At < after.At);
        }

        return from i in rows
               orderby i.At descending, i.Id
               select new TimelineItem(
                   TimelineNature.Interaction, i.Id, i.AccountId, i.At, i.Kind, i.Channel, i.Subject, i.Text, null, null, i.Direction, null, null,
                   i.ContactId, scope.Contacts(db).Where(c => c.Id == i.ContactId).Select(c => c.Name).FirstOrDefault(), i.Campaign, i.Source, i.Details);
    }

    private IQueryable<TimelineItem> Documents(AccountScope scope, TimelineFilter filter, TimelineCursor? after)
    {
        var rows = scope.Documents(db);
        rows = filter.AccountId is { } account ? rows.Where(d => d.AccountId == account) : rows;
        rows = filter.ContactId is { } contact ? rows.Where(d => d.ContactId == contact) : rows;
        rows = filter.Source is { } source ? rows.Where(d => d.Source == source) : rows;
        if (after is not null)
        {
            var (day, whole) = after.Day(TimelineNature.Document);
            rows = after.Nature is TimelineNature.Document
                ? rows.Where(d => d.Date <= day && (d.Date < day || d.Id > after.Id))
                : rows.Where(d => d.Date < day || (whole && d.Date == day));
        }

        return from d in rows
               orderby d.Date descending, d.Id
               select new TimelineItem(
                   TimelineNature.Document, d.Id, d.AccountId, new DateTimeOffset(d.Date, TimeOnly.MinValue, TimeSpan.Zero), d.Type.ToString(), "document",
                   d.Number, null, d.Net, d.Currency, null, d.DueOn, d.Paid,
                   d.ContactId, scope.Contacts(db).Where(c => c.Id == d.ContactId).Select(c => c.Name).FirstOrDefault(), null, d.Source, null);
    }

    private IQueryable<TimelineItem> Opportunities(AccountScope scope, TimelineFilter filter, TimelineCursor? after)
    {
        var rows = scope.Opportunities(db).Where(o =>
            o.CloseOn != null && (o.Stage == OpportunityStage.Won || o.Stage == OpportunityStage.Lost));
        rows = filter.AccountId is { } account ? rows.Where(o => o.AccountId == account) : rows;
        rows = filter.ContactId is { } contact ? rows.Where(o => o.ContactId == contact) : rows;
        rows = filter.Source is { } source ? rows.Where(o => o.Source == source) : rows;
        if (after is not null)
        {
            var (day, whole) = after.Day(TimelineNature.Opportunity);
            rows = after.Nature is TimelineNature.Opportunity
                ? rows.Where(o => o.CloseOn <= day && (o.CloseOn < day || o.Id > after.Id))
                : rows.Where(o => o.CloseOn < day || (whole && o.CloseOn == day));
        }

        return from o in rows
               orderby o.CloseOn descending, o.Id
               select new TimelineItem(
                   TimelineNature.Opportunity, o.Id, o.AccountId, new DateTimeOffset(o.CloseOn!.Value, TimeOnly.MinValue, TimeSpan.Zero), o.Stage.ToString(),
                   "opportunity", o.Name, o.StageLabel, o.Amount, o.Currency, null, o.CloseOn, null,
                   o.ContactId, scope.Contacts(db).Where(c => c.Id == o.ContactId).Select(c => c.Name).FirstOrDefault(), null, o.Source, null);
    }
}

/// <summary>Whose timeline, and what of it.</summary>
/// <param name="Channel">Only interactions of this channel.</param>
/// <param name="Nature">Only one of the three natures.</param>
/// <param name="Words">Only what was said with these words.</param>
public sealed record TimelineFilter(
    Guid? AccountId, Guid? ContactId = null, TimelineNature? Nature = null, string? Channel = null, string? Source = null, string? Words = null)
{
    internal bool Shows(TimelineNature nature) =>
        (Nature is null || Nature == nature) && ((Channel is null && Words is null) || nature is TimelineNature.Interaction);
}

public sealed record TimelinePage(IReadOnlyList<TimelineItem> Items, TimelineCursor? Next);

/// <summary>One thing that happened.</summary>
/// <param name="Kind">The kind of interaction, the type of document or the stage of the opportunity.</param>
public sealed record TimelineItem(
    TimelineNature Nature, Guid Id, Guid AccountId, DateTimeOffset At, string Kind, string Channel, string? Subject, string? Text, decimal? Amount,
    string? Currency, Direction? Direction, DateOnly? DueOn, bool? Paid, Guid? ContactId, string? ContactName, string? Campaign, string Source,
    IReadOnlyDictionary<string, string>? Details);
