using System.Text;
using Rcu.Benchmarks.Generator;
using Rcu.Matching.Text;

namespace Rcu.Benchmarks.Lookup;

/// <summary>
/// Block keys of a company that any process makes alike, from its clean fields alone: numbers, telephone, mail, name with a
/// place, address. They stand for the engine's rules, less what needs the frequency of words.
/// </summary>
internal static class PortableKeys
{
    private static readonly HashSet<string> Common = ["sas", "sarl", "sa", "sasu", "eurl", "sci", "snc", "groupe", "societe", "ets", "et", "de", "du", "des", "la", "le", "les"];

    public static long[] Of(IReadOnlyDictionary<string, string> fields)
    {
        var keys = new HashSet<long>();
        void Add(string rule, params string?[] parts)
        {
            if (parts.All(part => !string.IsNullOrEmpty(part)))
            {
                keys.Add((long)Hash.Of(Encoding.UTF8.GetBytes($"{rule}|{string.Join('|', parts)}")));
            }
        }

        string? Field(string name) => fields.GetValueOrDefault(name);
        var words = Words(Field("name") ?? "");
        var rare = words.Where(word => !Common.Contains(word)).OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal).ToList();
        var (compact, zip) = (string.Concat(words.Where(word => !Common.Contains(word))), Field("postal_code"));
        var (town, department) = (Field("city") is { } city ? string.Concat(Words(city)) : null, zip is { Length: >= 2 } ? zip[..2] : null);
        Add("siren", Field("siren") ?? (Field("siret") is { Length: 14 } siret ? siret[..9] : null));
        Add("phone", Field("phone"));
        Add("mailbox", Field("email"));
        Add("domain", Field("domain"), town);
        Add("name", compact);
        Add("sorted", string.Join(' ', rare.Order(StringComparer.Ordinal)));
        Add("start_postal_code", compact.Length >= 3 ? compact[..3] : null, zip);
        Add("start_town", compact.Length >= 4 ? compact[..4] : null, town);
        Add("address", Field("street") is { } street ? string.Concat(Words(street)) : null, department);
        foreach (var word in rare.Take(2))
        {
            Add("word", word, department);
        }

        if (rare.Count >= 2)
        {
            Add("words", rare[0], rare[1]);
        }

        return [.. keys];
    }

    private static string[] Words(string text) =>
        new string([.. DirtyText.WithoutAccents(text).ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
