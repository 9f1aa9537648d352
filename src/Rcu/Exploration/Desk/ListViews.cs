using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Exploration.Desk;

/// <summary>The lists people named for themselves, and the columns they want to see.</summary>
public sealed class ListViews(RcuDb db, TimeProvider clock)
{
    public const int Most = 20;

    private const int LongestName = 40;
    private const int LongestQuery = 1_000;

    /// <summary>By name; the one without a name, if there is one, first.</summary>
    public async Task<IReadOnlyList<ListView>> OfAsync(string owner, ListKind list, CancellationToken ct)
    {
        var who = owner.Trim().ToLowerInvariant();
        return await db.Set<ListView>().AsNoTracking().Where(v => v.Owner == who && v.List == list).OrderBy(v => v.Name).ToListAsync(ct);
    }

    /// <summary>Writes a view, in place of the one of that name.</summary>
    public async Task<Result<ListView>> SaveAsync(
        string owner, ListKind list, string name, string query, IReadOnlyList<string> columns, CancellationToken ct)
    {
        var (who, called) = (owner.Trim().ToLowerInvariant(), name.Trim());
        if (called.Length > LongestName || called.Any(char.IsControl) || query.Length > LongestQuery)
        {
            return TaskErrors.ViewName;
        }

        var view = await db.Set<ListView>().SingleOrDefaultAsync(v => v.Owner == who && v.List == list && v.Name == called, ct);
        if (view is null)
        {
            if (await db.Set<ListView>().CountAsync(v => v.Owner == who && v.List == list, ct) > Most)
            {
                return TaskErrors.TooManyViews(Most);
            }

            view = new ListView { Owner = who, List = list, Name = called, Query = query, Columns = [.. columns], CreatedAt = clock.GetUtcNow() };
            db.Add(view);
        }

        (view.Query, view.Columns) = (query, [.. columns]);
        await db.SaveChangesAsync(ct);
        return view;
    }

    public async Task RemoveAsync(string owner, Guid id, CancellationToken ct)
    {
        var who = owner.Trim().ToLowerInvariant();
        await db.Set<ListView>().Where(v => v.Owner == who && v.Id == id).ExecuteDeleteAsync(ct);
    }
}
