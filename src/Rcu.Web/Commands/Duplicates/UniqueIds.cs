using System.Text;

namespace Rcu.Web.Commands.Duplicates;

/// <summary>Tells whether an id names two rows of a file, in eight bytes per row.</summary>
internal sealed class UniqueIds
{
    private readonly List<ulong> _hashes = [];

    public void Add(ReadOnlySpan<byte> id, int file) => _hashes.Add(Hash(id, file));

    /// <summary>The first id that is not alone; null when each is.</summary>
    public Error? Twice(Plan plan)
    {
        var sorted = _hashes.ToArray();
        Array.Sort(sorted);
        var twice = sorted.Where((hash, i) => i > 0 && hash == sorted[i - 1]).ToHashSet();
        return twice.Count == 0 ? null : plan.Files.Select((_, file) => Twice(plan, file, twice)).FirstOrDefault(found => found is not null);
    }

    // The hashes say which rows to look at: two ids may share one.
    private static Error? Twice(Plan plan, int index, HashSet<ulong> suspects)
    {
        var file = plan.Files[index];
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        using var row = file.Shape.Open();
        while (row.Next())
        {
            var id = row.Value(file.Id);
            if (id.Length > 0 && suspects.Contains(Hash(id, index)))
            {
                var text = Encoding.UTF8.GetString(id);
                if (!lines.TryAdd(text, row.Line))
                {
                    return DedupeErrors.SameId(file.Shape.Columns[file.Id], text, file.Shape.Name, lines[text], row.Line);
                }
            }
        }

        return null;
    }

    private static ulong Hash(ReadOnlySpan<byte> id, int file)
    {
        var hash = 14695981039346656037UL + (ulong)file;
        foreach (var one in id)
        {
            hash = (hash ^ one) * 1099511628211UL;
        }

        return hash ^ (hash >> 29);
    }
}
