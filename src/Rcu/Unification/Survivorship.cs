using Rcu.Customers;
using Rcu.Ingestion;
using Rcu.Unification.Locks;

namespace Rcu.Unification;

/// <summary>
/// Which value wins each field of a golden record. A pure function: the same claims and policy give the same answer in any
/// order, on any node, any day. Undoing a merge is calling it again on fewer claims.
/// </summary>
public static class Survivorship
{
    /// <param name="locks">What stewards decided of single fields.</param>
    public static IReadOnlyDictionary<string, Survivor> Choose(
        IEnumerable<Claim> claims, SurvivorshipPolicy policy, IReadOnlyCollection<ValueLock>? locks = null)
    {
        // An empty value never wins over a filled one, nor one that was imported as evidence only.
        var filled = claims.Where(c => !string.IsNullOrWhiteSpace(c.Value) && c.Conflict != FieldConflict.Never).ToList();
        var echoes = Echoes(filled);
        var byField = (echoes.Count == 0 ? filled : filled.FindAll(c => !c.IsEcho)).GroupBy(c => c.Field).ToDictionary(g => g.Key, g => g.ToArray());
        var said = locks is { Count: > 0 } ? byField.ToDictionary() : null;
        var survivors = new Dictionary<string, Survivor>(byField.Count);
        foreach (var group in policy.Groups)
        {
            Choose(group, byField, survivors);
        }

        foreach (var (field, claimed) in byField)
        {
            survivors.TryAdd(field, Winner(claimed, policy.For(field)));
        }

        if (said is not null)
        {
            LockedValues.Apply(survivors, said, policy, locks!);
        }

        foreach (var repeated in echoes.GroupBy(c => c.Field))
        {
            if (survivors.TryGetValue(repeated.Key, out var survivor))
            {
                survivors[repeated.Key] = survivor with { Lost = [.. survivor.Lost, .. repeated.OrderBy(c => c.RecordId)] };
            }
        }

        return survivors;
    }

    /// <summary>The origin to keep beside a golden value.</summary>
    public static Origin OriginOf(Survivor survivor) => new(
        survivor.Kept.Value,
        survivor.Kept.Source,
        survivor.Kept.RecordId,
        survivor.Kept.At,
        survivor.Rule,
        [.. survivor.Lost.Select(c => new LosingValue(c.Value, c.Source, c.RecordId, c.At) { IsEcho = c.IsEcho })]);

    // Where nothing but what came back from tools is left of a row, it is all there is to believe.
    private static List<Claim> Echoes(List<Claim> filled)
    {
        var echoes = filled.FindAll(c => c.IsEcho);
        var repeating = echoes.ConvertAll(c => c.RecordId).ToHashSet();
        return echoes.Count > 0 && filled.Exists(c => !c.IsHearsay && !repeating.Contains(c.RecordId)) ? echoes : [];
    }

    private static void Choose(FieldGroup group, Dictionary<string, Claim[]> byField, Dictionary<string, Survivor> survivors)
    {
        var said = group.Fields.Where(byField.ContainsKey).SelectMany(f => byField[f]).ToArray();
        if (said.Length == 0)
        {
            return;
        }

        var anchored = byField.GetValueOrDefault(group.Anchor)?.Select(c => c.RecordId).ToHashSet() ?? [];
        var filled = said.GroupBy(c => c.RecordId).ToDictionary(g => g.Key, g => g.Count());
        var chosen = said
            .OrderBy(c => c.Source == Source.Saisie ? 0 : 1)
            .ThenBy(Standing)
            .ThenBy(c => anchored.Contains(c.RecordId) ? 0 : 1)
            .ThenBy(c => c.Priority)
            .ThenByDescending(c => filled[c.RecordId])
            .ThenByDescending(c => c.At)
            .ThenBy(c => c.RecordId)
            .First().RecordId;
        foreach (var field in group.Fields.Where(byField.ContainsKey))
        {
            var claims = Ranked(byField[field], Preference.BySource);
            if (claims.Find(c => c.RecordId == chosen) is { } kept)
            {
                var lost = claims.Where(c => c != kept).ToList();
                survivors[field] = new Survivor(kept, lost.Count == 0 ? "only" : kept.Source == Source.Saisie ? "steward" : "group", lost);
            }
            else
            {
                byField.Remove(field); // another record's half of an address
            }
        }
    }

    private static Survivor Winner(Claim[] claims, Preference preference)
    {
        var ranked = Ranked(claims, preference);
        var rule = claims.Length == 1 ? "only"
            : ranked[0].Source == Source.Saisie ? "steward"
            : claims.Select(c => SearchText.Fold(c.Value)).Distinct().Count() == 1 ? "agreed"
            : claims.Any(c => Standing(c) != Standing(ranked[0])) ? "mapping"
            : preference switch
            {
                Preference.BySource => "source",
                Preference.MostRecent => "recent",
                Preference.MostFrequent => IsMostFrequent(claims, ranked[0]) ? "frequent" : "source",
                _ => throw new ArgumentOutOfRangeException(nameof(preference)),
            };
        return new Survivor(ranked[0], rule, ranked.GetRange(1, ranked.Count - 1));
    }

    // What a person typed wins over all, hearsay over nothing; no tie is left to the order of arrival.
    private static List<Claim> Ranked(Claim[] claims, Preference preference)
    {
        var typed = claims.OrderBy(c => c.Source == Source.Saisie ? 0 : 1).ThenBy(Standing).ThenBy(c => c.IsHearsay);
        var preferred = preference switch
        {
            Preference.BySource => typed.ThenBy(c => c.Priority).ThenByDescending(c => c.At),
            Preference.MostRecent => typed.ThenByDescending(c => c.At).ThenBy(c => c.Priority),
            Preference.MostFrequent => typed.ThenByDescending(c => Frequency(claims, c)).ThenBy(c => c.Priority).ThenByDescending(c => c.At),
            _ => throw new ArgumentOutOfRangeException(nameof(preference)),
        };
        return [.. preferred.ThenBy(c => c.RecordId)];
    }

    // What was decided when the file was mapped comes before any general order.
    private static int Standing(Claim claim) => claim.Conflict switch
    {
        FieldConflict.Replace => 0,
        FieldConflict.BySource => 1,
        FieldConflict.OnlyIfEmpty => 2,
        FieldConflict.Never => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(claim)),
    };

    private static int Frequency(Claim[] claims, Claim claim)
    {
        var folded = SearchText.Fold(claim.Value);
        return claims.Count(c => !c.IsHearsay && SearchText.Fold(c.Value) == folded);
    }

    private static bool IsMostFrequent(Claim[] claims, Claim kept) =>
        claims.Where(c => SearchText.Fold(c.Value) != SearchText.Fold(kept.Value)).All(c => Frequency(claims, c) < Frequency(claims, kept));
}
