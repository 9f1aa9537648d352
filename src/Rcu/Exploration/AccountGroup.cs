using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;
using Rcu.Unification;

namespace Rcu.Exploration;

/// <summary>
/// The group around one account, from its head down to its places: who owns whom, since when and who says so, with what each branch
/// comes to. Read by branches, so that a group of thousands opens as fast as a small one.
/// </summary>
public sealed class AccountGroup(RcuDb db, TimeProvider clock)
{
    /// <summary>The most children of one account shown at once.</summary>
    public const int Shown = 50;

    private const int Highest = 20;

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>The line from the head of the group down to the account, each with its first children.</summary>
    public async Task<GroupTree> ReadAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var line = await LineAsync(id, ct);
        var links = await FirstChildrenAsync(line, ct);
        var nodes = await NodesAsync(scope, [.. line, .. links.Select(l => l.ChildId)], ct);
        var ended = await EndedAsync(scope, id, ct);
        return new GroupTree(
            [.. line.Where(nodes.ContainsKey).Select((member, height) => nodes[member] with { Link = height == 0 ? null : links.Find(l => l.ParentId == line[height - 1] && l.ChildId == member)?.Link })],
            links.GroupBy(l => l.ParentId).ToDictionary(of => of.Key, of => Page([.. of], nodes, line)),
            ended);
    }

    /// <summary>One page of what hangs on an account.</summary>
    /// <param name="after">Where the page before ended.</param>
    public async Task<GroupPage> ChildrenAsync(AccountScope scope, Guid id, GroupCursor? after, CancellationToken ct)
    {
        var links = await db.Database.SqlQuery<GroupEdge>(
            $"""
            select l.parent_id as "ParentId", a.id as "ChildId", a.name as "Name", l.nature as "Nature", l.percentage as "Percentage",
              l.started_on as "StartedOn", l.source as "Source"
            from capital_links l join accounts a on a.id = l.child_id
            where l.parent_id = {id} and (l.ended_on is null or l.ended_on > {Today})
              and ({after == null} or (a.name, a.id) > ({after?.Name ?? ""}, {after?.Id ?? Guid.Empty}))
            order by a.name, a.id limit {Shown + 1}
            """).ToListAsync(ct);
        return Page(links, await NodesAsync(scope, [.. links.Select(l => l.ChildId)], ct), []);
    }

    // From the account up, through whoever owns the most of each; a circle ends where it began.
    private async Task<List<Guid>> LineAsync(Guid id, CancellationToken ct) => await db.Database.SqlQuery<Guid>(
        $"""
        with recursive up (id, height, path) as (
          select {id}, 0, array[{id}]
          union all
          select p.parent_id, up.height + 1, up.path || p.parent_id
          from up cross join lateral (
            select l.parent_id from capital_links l
            where l.child_id = up.id and (l.ended_on is null or l.ended_on > {Today}) and l.parent_id <> all (up.path)
            order by l.percentage desc nulls last, l.started_on desc nulls last, l.id limit 1) p
          where up.height < {Highest})
        select id as "Value" from up order by height desc
        """).ToListAsync(ct);

    private async Task<List<GroupEdge>> FirstChildrenAsync(List<Guid> line, CancellationToken ct) => await db.Database.SqlQuery<GroupEdge>(
        $"""
        select p.id as "ParentId", c.child_id as "ChildId", c.name as "Name", c.nature as "Nature", c.percentage as "Percentage",
          c.started_on as "StartedOn", c.source as "Source"
        from unnest({line.ToArray()}) with ordinality p (id, height)
        cross join lateral (
          (select a.id as child_id, a.name, l.nature, l.percentage, l.started_on, l.source
           from capital_links l join accounts a on a.id = l.child_id
           where l.parent_id = p.id and (l.ended_on is null or l.ended_on > {Today})
           order by a.name, a.id limit {Shown + 1})
          union
          (select a.id, a.name, l.nature, l.percentage, l.started_on, l.source
           from capital_links l join accounts a on a.id = l.child_id
           where l.parent_id = p.id and l.child_id = ({line.ToArray()})[p.height + 1] and (l.ended_on is null or l.ended_on > {Today}))) c
        order by p.height, c.name, c.child_id
        """).ToListAsync(ct);

    // What each account is, and what it comes to with all that hangs on it, each account counted once; twenty generations of it.
    private async Task<Dictionary<Guid, GroupNode>> NodesAsync(AccountScope scope, Guid[] ids, CancellationToken ct)
    {
        var members = await scope.Accounts(db).Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.Name, a.Siren, a.Address.City, IsClosed = a.ClosedOn != null || a.InseeState == "C" }).ToDictionaryAsync(a => a.Id, ct);
        var figures = await db.Database.SqlQuery<GroupSums>(
            $"""
            with recursive levels (top, id, level) as (
              select id, id, 0 from unnest({members.Keys.ToArray()}) id
              union
              select d.top, l.child_id, d.level + 1 from levels d
              join capital_links l on l.parent_id = d.id and (l.ended_on is null or l.ended_on > {Today})
              where d.level < {Highest}),
            down as materialized (select distinct top, id from levels),
            one as materialized (
              select m.id, coalesce(x.revenue12m, 0) as revenue, coalesce(x.overdue_amount, 0) as overdue, coalesce(x.contact_count, 0) as contacts,
                (select count(*) from links l join issues i on i.record_id = l.record_id where l.kind = 'Account' and l.cluster_id = m.id) as issues,
                (select count(*) from establishments e where e.account_id = m.id) as places,
                (select count(*) from establishments e where e.account_id = m.id and e.closed_on is null and e.state is distinct from 'F') as open_places
              from (select distinct id from down) m left join account_metrics x on x.account_id = m.id)
            select d.top as "Id", count(*) as "Accounts", sum(e.revenue) as "Revenue", sum(e.overdue) as "Overdue", sum(e.contacts)::bigint as "Contacts",
              sum(e.issues)::bigint as "Issues", sum(e.places)::bigint as "Places", sum(e.open_places)::bigint as "OpenPlaces",
              (select count(*) from capital_links l where l.parent_id = d.top and (l.ended_on is null or l.ended_on > {Today})) as "Children"
            from down d join one e on e.id = d.id
            group by d.top
            """).ToDictionaryAsync(s => s.Id, ct);
        return members.Values.ToDictionary(m => m.Id, m => new GroupNode(m.Id, m.Name, m.Siren?.Value, m.City, m.IsClosed, figures[m.Id]));
    }

    /// <summary>What was said in the hub of whom the account hangs on, and of what hangs on it.</summary>
    public async Task<IReadOnlyList<DeclaredTie>> DeclaredAsync(AccountScope scope, Guid id, CancellationToken ct) =>
        await (from tie in db.Set<AccountTie>().AsNoTracking()
               where tie.RetiredAt == null
               join link in db.CapitalLinks on tie.Id equals link.Id
               where link.ParentId == id || link.ChildId == id
               join parent in scope.Accounts(db) on link.ParentId equals parent.Id
               join child in scope.Accounts(db) on link.ChildId equals child.Id
               orderby tie.Id descending
               select new DeclaredTie(
                   tie.Id, new NamedId(parent.Id, parent.Name), new NamedId(child.Id, child.Name), tie.Nature, tie.Percentage, tie.StartedOn, tie.EndedOn,
                   tie.Reason, tie.DeclaredBy, tie.DeclaredAt))
            .Take(Shown).ToListAsync(ct);

    private async Task<IReadOnlyList<EndedLink>> EndedAsync(AccountScope scope, Guid id, CancellationToken ct)
    {
        var today = Today;
        return await (from link in db.CapitalLinks.AsNoTracking()
                      where (link.ParentId == id || link.ChildId == id) && link.EndedOn <= today
                      join parent in scope.Accounts(db) on link.ParentId equals parent.Id
                      join child in scope.Accounts(db) on link.ChildId equals child.Id
                      orderby link.EndedOn descending, link.Id
                      select new EndedLink(new NamedId(parent.Id, parent.Name), new NamedId(child.Id, child.Name), link.Percentage, link.StartedOn, link.EndedOn!.Value, link.Source))
            .Take(Shown).ToListAsync(ct);
    }

    // The branch that leads to the account is shown, however far down its name is.
    private static GroupPage Page(List<GroupEdge> links, Dictionary<Guid, GroupNode> nodes, List<Guid> line)
    {
        var shown = links.Take(Shown).ToList();
        var rest = links.Count > Shown ? shown[^1] : null;
        return new GroupPage(
            [.. shown.Concat(links.Skip(Shown).Where(l => line.Contains(l.ChildId))).Where(l => nodes.ContainsKey(l.ChildId)).Select(l => nodes[l.ChildId] with { Link = l.Link })],
            rest is null ? null : new GroupCursor(rest.Name, rest.ChildId));
    }

    private sealed record GroupEdge(Guid ParentId, Guid ChildId, string Name, string Nature, decimal? Percentage, DateOnly? StartedOn, string Source)
    {
        public GroupLink Link => new(Enum.Parse<TieNature>(Nature), Percentage, StartedOn, Source);
    }
}

/// <summary>The group of one account.</summary>
/// <param name="Line">From the head of the group down to the account.</param>
/// <param name="Children">The first children of each account of the line.</param>
/// <param name="Ended">Links of the account that are over.</param>
public sealed record GroupTree(IReadOnlyList<GroupNode> Line, IReadOnlyDictionary<Guid, GroupPage> Children, IReadOnlyList<EndedLink> Ended)
{
    /// <summary>The account hangs on nothing, and nothing hangs on it.</summary>
    public bool IsAlone => Line.Count < 2 && Children.Count == 0;
}

/// <summary>Some of what hangs on an account, by name, and where the next ones begin.</summary>
public sealed record GroupPage(IReadOnlyList<GroupNode> Nodes, GroupCursor? Next);

/// <summary>An account of the group, with what its branch comes to.</summary>
public sealed record GroupNode(Guid Id, string Name, string? Siren, string? City, bool IsClosed, GroupSums Sums)
{
    /// <summary>What holds it to the one above; null for the head.</summary>
    public GroupLink? Link { get; init; }
}

/// <summary>How one account hangs on another.</summary>
public sealed record GroupLink(TieNature Nature, decimal? Percentage, DateOnly? StartedOn, string Source);

/// <summary>A link that is over.</summary>
public sealed record EndedLink(NamedId Parent, NamedId Child, decimal? Percentage, DateOnly? StartedOn, DateOnly EndedOn, string Source);

/// <summary>A link that someone declared in the hub.</summary>
public sealed record DeclaredTie(
    Guid Id, NamedId Parent, NamedId Child, TieNature Nature, decimal? Percentage, DateOnly? StartedOn, DateOnly? EndedOn, string? Reason, string By,
    DateTimeOffset At);

/// <summary>What an account and all that hangs on it come to: each account once, in full whatever share is held.</summary>
/// <param name="Revenue">Invoiced over twelve months.</param>
/// <param name="Issues">Anomalies of their records that nobody has put right.</param>
/// <param name="Children">Accounts that hang on it directly.</param>
public sealed record GroupSums(
    Guid Id, long Accounts, decimal Revenue, decimal Overdue, long Contacts, long Issues, long Places, long OpenPlaces, long Children);
