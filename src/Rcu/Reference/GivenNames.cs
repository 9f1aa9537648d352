using System.Collections.Frozen;
using Rcu.Identifiers;

namespace Rcu.Reference;

/// <summary>Given names met in France, which tell the given name from the family name when a source mixes them.</summary>
public static class GivenNames
{
    public static readonly IReadOnlyList<GivenName> All =
        ReferenceTable.Read("prenoms").Select(row => new GivenName(row("prenom"), row("genre"))).ToArray();

    private static readonly FrozenDictionary<string, GivenName> ByName =
        All.DistinctBy(name => name.Name.Folded()).ToFrozenDictionary(name => name.Name.Folded());

    /// <summary>Also true of <c>Anne-Lucie</c>, made of two given names.</summary>
    public static bool Contains(string name) =>
        name.Folded() is { Length: > 0 } folded && (ByName.ContainsKey(folded) || folded.Split(' ').All(ByName.ContainsKey));

    public static GivenName? Find(string name) => ByName.GetValueOrDefault(name.Folded());
}

/// <summary>One given name, borne by men (<c>M</c>), women (<c>F</c>) or both (<c>X</c>).</summary>
public sealed record GivenName(string Name, string Gender);
