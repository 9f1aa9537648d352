using Rcu.Ingestion;

namespace Rcu.Unification.Locks;

/// <summary>Puts what stewards decided of single fields over what the general rules chose. Pure, as they are.</summary>
internal static class LockedValues
{
    /// <summary>The rule of a value a steward keeps.</summary>
    public const string Locked = "locked";

    /// <summary>The rule of a value whose source a steward prefers here.</summary>
    public const string Preferred = "preferred";

    /// <summary>The rule of a value that was locked until its source said something else, which it did.</summary>
    public const string Moved = "moved";

    /// <param name="said">All claims on each field.</param>
    /// <param name="locks">Those in force, the last one of a field winning.</param>
    public static void Apply(
        Dictionary<string, Survivor> survivors, IReadOnlyDictionary<string, Claim[]> said, SurvivorshipPolicy policy, IEnumerable<ValueLock> locks)
    {
        foreach (var held in locks.OrderBy(l => l.SetAt).ThenBy(l => l.Id).GroupBy(l => l.Field).Select(l => l.Last()))
        {
            var fields = policy.GroupOf(held.Field)?.Fields ?? [held.Field];
            if (held.MovedTo is not null)
            {
                if (survivors.TryGetValue(held.Field, out var free))
                {
                    survivors[held.Field] = free with { Rule = Moved };
                }
            }
            else if (held.Source is { } source)
            {
                Prefer(survivors, said, policy, fields, source);
            }
            else
            {
                Keep(survivors, said, fields, held);
            }
        }
    }

    private static void Keep(Dictionary<string, Survivor> survivors, IReadOnlyDictionary<string, Claim[]> said, IReadOnlyList<string> fields, ValueLock held)
    {
        foreach (var field in fields)
        {
            var claims = said.GetValueOrDefault(field) ?? [];
            if (!held.Kept.TryGetValue(field, out var value))
            {
                survivors.Remove(field);
                continue;
            }

            // Whoever says it still is its origin; else the day of the lock is.
            var kept = claims.Where(c => c.Value == value).OrderBy(c => c.Source == Source.Saisie ? 0 : 1).ThenBy(c => c.Priority).ThenBy(c => c.RecordId).FirstOrDefault()
                ?? new Claim(field, value, held.AnchorRecordId, Source.Saisie, 0, held.SetAt);
            survivors[field] = new Survivor(kept, Locked, Others(claims, kept));
        }
    }

    private static void Prefer(
        Dictionary<string, Survivor> survivors, IReadOnlyDictionary<string, Claim[]> said, SurvivorshipPolicy policy, IReadOnlyList<string> fields, string source)
    {
        var own = Survivorship.Choose(fields.SelectMany(f => said.GetValueOrDefault(f) ?? []).Where(c => c.Source == source), policy);
        if (own.Count == 0)
        {
            return; // it says nothing here: the rules go on
        }

        foreach (var field in fields)
        {
            if (own.TryGetValue(field, out var preferred))
            {
                survivors[field] = new Survivor(preferred.Kept, Preferred, Others(said[field], preferred.Kept));
            }
            else
            {
                survivors.Remove(field);
            }
        }
    }

    private static List<Claim> Others(IEnumerable<Claim> claims, Claim kept) =>
        [.. claims.Where(c => c != kept).OrderBy(c => c.Priority).ThenByDescending(c => c.At).ThenBy(c => c.RecordId)];
}
