using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Unification.People;

namespace Rcu.Exploration;

/// <summary>Who reports to whom among the people of an account, each once, whatever circles were said.</summary>
public sealed class OrganisationChart(RcuDb db)
{
    /// <param name="people">Those of the account, in the order to show them in.</param>
    public async Task<IReadOnlyList<ChartNode>> ReadAsync(IReadOnlyList<AccountContact> people, CancellationToken ct)
    {
        var ids = people.Select(p => p.Id).ToList();
        var lines = await db.Relations.AsNoTracking()
            .Where(r => r.Kind == RelationKinds.ReportsTo && r.EndedOn == null && ids.Contains(r.FromContactId) && ids.Contains(r.ToContactId))
            .OrderBy(r => r.Id).Select(r => new { r.FromContactId, r.ToContactId }).ToListAsync(ct);
        return Of(people, [.. lines.Select(l => (l.FromContactId, l.ToContactId))]);
    }

    /// <summary>Nobody who neither reports to anyone nor has anyone reporting to them is in it.</summary>
    internal static IReadOnlyList<ChartNode> Of(IReadOnlyList<AccountContact> people, IReadOnlyList<(Guid From, Guid To)> lines)
    {
        var chiefOf = lines.DistinctBy(l => l.From).ToDictionary(l => l.From, l => l.To);
        var below = people.Where(p => chiefOf.ContainsKey(p.Id)).ToLookup(p => chiefOf[p.Id]);
        var placed = new HashSet<Guid>();
        ChartNode Node(AccountContact person)
        {
            placed.Add(person.Id);
            return new ChartNode(person.Id, person.Name, person.JobTitle, [.. below[person.Id].Where(p => !placed.Contains(p.Id)).ToList().Select(Node)]);
        }

        var heads = people.Where(p => below.Contains(p.Id) && !chiefOf.ContainsKey(p.Id)).Select(Node).ToList();
        // Those of a circle hang on nobody: the first of them is put on top.
        foreach (var person in people.Where(p => below.Contains(p.Id)))
        {
            if (!placed.Contains(person.Id))
            {
                heads.Add(Node(person));
            }
        }

        return heads;
    }
}

/// <summary>A person and those who report to them.</summary>
public sealed record ChartNode(Guid Id, string Name, string? JobTitle, IReadOnlyList<ChartNode> Below);
