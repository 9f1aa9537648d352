using Rcu.Matching;

namespace Rcu.Ingestion.Mapping;

/// <summary>A field of the hub that a column of a file may feed.</summary>
/// <param name="Name">As records keep it: <c>siret</c>, <c>family_name</c>.</param>
/// <param name="Headers">What sources call it, in capitals without accents, between bars; the general list knows the rest.</param>
/// <param name="Kind">What its values are, when the matching engine has a word for it.</param>
/// <param name="IsKey">Its value is the name of the record in its source.</param>
public sealed record CanonicalField(string Name, string Headers, FieldKind? Kind = null, bool IsKey = false)
{
    /// <summary>The column that tells a record from all others in its source: it feeds no field, it is the key.</summary>
    public const string Key = "key";

    private readonly HashSet<string> _headers = Headers.Length == 0 ? [] : [.. Headers.Split('|')];

    /// <summary>Whether a header, as its words, is one of those.</summary>
    public bool IsCalled(string words) => _headers.Contains(words);
}
