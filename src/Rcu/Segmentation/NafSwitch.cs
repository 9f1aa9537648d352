using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Reference;

namespace Rcu.Segmentation;

/// <summary>What the switch from NAF rév. 2 to NAF 2025, on 1 January 2027, does to the accounts and to the segments that name codes.</summary>
public sealed class NafSwitch(RcuDb db)
{
    private static readonly string[] Fields = ["naf", "account.naf"];

    public async Task<NafReport> ReadAsync(CancellationToken ct)
    {
        var counted = await db.Database.SqlQuery<NafPair>(
            $"""select naf as "Naf", naf2025 as "Naf2025", rows as "Rows" from naf_switch order by naf, rows desc""").ToListAsync(ct);
        var codes = counted.GroupBy(pair => pair.Naf).Select(Line).OrderByDescending(line => line.Accounts).ThenBy(line => line.Naf, StringComparer.Ordinal).ToList();
        var segments = await db.Segments.AsNoTracking().Where(s => s.ArchivedAt == null).OrderBy(s => s.Name).ToListAsync(ct);
        return new NafReport(codes, [.. segments.Select(s => Impact(s, codes)).OfType<NafImpact>()]);
    }

    private static NafLine Line(IGrouping<string, NafPair> pairs)
    {
        var possible = Naf.FindRevision2(pairs.Key) is { } known ? Naf.After(known.Code) : [];
        return new NafLine(
            pairs.Key,
            pairs.Sum(p => p.Rows),
            [.. pairs.Where(p => p.Naf2025.Length > 0)],
            possible,
            possible.Count switch { 0 => NafFate.Unknown, 1 => NafFate.One, _ => NafFate.Several });
    }

    // A condition tied to NAF 2025 already changes nothing. What its rule names, the accounts that bear it, and the codes that would have to stand in the rule instead.
    private static NafImpact? Impact(Segment segment, List<NafLine> codes)
    {
        var named = segment.Rule.Nodes().OfType<Condition.Compare>().Where(c => Fields.Contains(c.Field) && c.Edition is not NafEdition.Naf2025 && c.Values.Count > 0).ToList();
        if (named.Count == 0)
        {
            return null;
        }

        var touched = codes.Where(line => named.Exists(c => c.Values.Any(value => Fits(line.Naf, c.Operator, value)))).ToList();
        return new NafImpact(
            segment.Id,
            segment.Name,
            segment.MemberCount,
            [.. named.SelectMany(c => c.Values).Distinct()],
            touched.Sum(line => line.Accounts),
            touched.SelectMany(line => line.Known).Sum(p => p.Rows),
            [.. touched.SelectMany(line => line.Possible.Concat(line.Known.Select(p => p.Naf2025))).Distinct().Order(StringComparer.Ordinal)],
            touched.Count == 0 ? NafFate.Unknown : touched.Max(line => line.Fate));
    }

    private static bool Fits(string naf, Operator how, string value) => how switch
    {
        Operator.StartsWith => naf.StartsWith(value, StringComparison.OrdinalIgnoreCase),
        Operator.Contains => naf.Contains(value, StringComparison.OrdinalIgnoreCase),
        _ => string.Equals(naf, Naf.Find(value)?.Code ?? value, StringComparison.OrdinalIgnoreCase),
    };
}

/// <summary>The accounts by activity code, and the segments that name codes.</summary>
public sealed record NafReport(IReadOnlyList<NafLine> Codes, IReadOnlyList<NafImpact> Segments)
{
    public long Accounts(NafFate fate) => Codes.Where(c => c.Fate == fate).Sum(c => c.Accounts);

    public long All => Codes.Sum(c => c.Accounts);

    /// <summary>Accounts whose NAF 2025 code a source has given already.</summary>
    public long Known => Codes.SelectMany(c => c.Known).Sum(p => p.Rows);
}

/// <summary>How many accounts bear two codes together.</summary>
public sealed record NafPair(string Naf, string Naf2025, long Rows);

/// <summary>One code that accounts bear.</summary>
/// <param name="Known">The NAF 2025 codes that sources have given to some of these accounts.</param>
/// <param name="Possible">Those that may follow it.</param>
public sealed record NafLine(string Naf, long Accounts, IReadOnlyList<NafPair> Known, IReadOnlyList<string> Possible, NafFate Fate);

/// <summary>What becomes of one segment.</summary>
/// <param name="Named">The codes its rule names.</param>
/// <param name="Accounts">Those that bear them.</param>
/// <param name="Recoded">Of these, those whose NAF 2025 code is known.</param>
/// <param name="Instead">The codes its rule would have to name.</param>
public sealed record NafImpact(
    Guid SegmentId, string Name, int Members, IReadOnlyList<string> Named, long Accounts, long Recoded, IReadOnlyList<string> Instead, NafFate Fate);

/// <summary>What follows a code: one code, one of several that someone must choose, or none that the lists tell.</summary>
public enum NafFate
{
    One,
    Several,
    Unknown,
}
