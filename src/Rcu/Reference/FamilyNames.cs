using System.Collections.Frozen;
using Rcu.Identifiers;

namespace Rcu.Reference;

/// <summary>Common French family names: a short list, good for telling a name from a given name, never for proving one.</summary>
public static class FamilyNames
{
    public static readonly IReadOnlyList<string> All = ReferenceTable.Read("noms_famille").Select(row => row("nom")).ToArray();

    private static readonly FrozenSet<string> Known = All.Select(name => name.Folded()).ToFrozenSet();

    public static bool Contains(string name) => Known.Contains(name.Folded());
}
