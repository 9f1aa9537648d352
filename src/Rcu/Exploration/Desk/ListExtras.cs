using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Exploration.Desk;

/// <summary>What a list shows besides, only for the page at hand and only when asked: who is in charge, the tags.</summary>
public sealed class ListExtras(RcuDb db)
{
    /// <summary>Who is in charge of each, as the sources or the hub name them.</summary>
    public async Task<ILookup<Guid, string>> OwnersAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        (await db.Contributions.Where(c => c.Kind == RecordKind.Account && ids.Contains(c.SubjectId) && c.IsOwner)
            .Select(c => new { c.SubjectId, c.Contributor }).ToListAsync(ct)).ToLookup(c => c.SubjectId, c => c.Contributor);

    public async Task<ILookup<Guid, string>> TagsAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var all = ids.ToArray();
        var rows = await db.Database.SqlQuery<TagRow>(
            $"""
            select t.account_id as "Id", t.tag as "Tag" from account_tags t where t.account_id = any({all})
            union select r.survivor_id, t.tag from redirects r join account_tags t on t.account_id = r.retired_id
            where r.kind = 'Account' and r.survivor_id = any({all})
            order by 2
            """).ToListAsync(ct);
        return rows.ToLookup(r => r.Id, r => r.Tag);
    }

    public async Task<ILookup<Guid, string>> ContactTagsAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var all = ids.ToArray();
        var rows = await db.Database.SqlQuery<TagRow>(
            $"""
            select t.contact_id as "Id", t.tag as "Tag" from contact_tags t where t.contact_id = any({all})
            union select r.survivor_id, t.tag from redirects r join contact_tags t on t.contact_id = r.retired_id
            where r.kind = 'Contact' and r.survivor_id = any({all})
            order by 2
            """).ToListAsync(ct);
        return rows.ToLookup(r => r.Id, r => r.Tag);
    }

    /// <summary>The words in use, the most used first.</summary>
    public async Task<IReadOnlyList<string>> KnownTagsAsync(CancellationToken ct) =>
        await db.Set<AccountTag>().GroupBy(t => t.Tag).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(50).Select(g => g.Key).ToListAsync(ct);

    private sealed record TagRow(Guid Id, string Tag);
}
