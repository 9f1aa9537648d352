using System.Globalization;

namespace Rcu.Matching.Tests;

/// <summary>
/// Pairs of names that real companies bear in two public sources, in two halves that share no company: rules are tuned on one,
/// what is reported is measured on the other.
/// </summary>
internal sealed class RealNames
{
    private const int Strangers = 20_000;
    private static readonly string[] Levels = ["same", "near", "similar", "acronym", "partial"];
    private readonly List<(int Left, int Right, string Type)> _pairs = [];
    private readonly List<string> _sirens = [];
    private readonly MatchResult _result;

    private RealNames(IEnumerable<string[]> rows)
    {
        var records = new RecordSet(EntityKind.Company, [new Field("company", FieldKind.CompanyName)]);
        var known = new Dictionary<(string, string), int>();
        foreach (var row in rows)
        {
            _pairs.Add((Add(row[0], row[2]), Add(row[0], row[4]), row[5]));
        }

        _result = Matcher.Run(records, new MatchSettings(), []);

        int Add(string siren, string name)
        {
            if (!known.TryGetValue((siren, name), out var record))
            {
                record = records.Add(known.Count.ToString("D6", CultureInfo.InvariantCulture), "sirene", [name]);
                known.Add((siren, name), record);
                _sirens.Add(siren);
            }

            return record;
        }
    }

    public static RealNames ToTune { get; } = new(Rows().Where(row => IsToTune(row[0])));

    public static RealNames ToReport { get; } = new(Rows().Where(row => !IsToTune(row[0])));

    public IEnumerable<string> Types => _pairs.Select(pair => pair.Type).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Of the pairs of one company, the share whose names compare at a level or a stronger one.</summary>
    /// <param name="type"><c>denomination</c>, <c>sigle</c> or <c>enseigne_ou_marque</c>; null for all.</param>
    public double Recall(string level, string? type = null)
    {
        var pairs = _pairs.Where(pair => type is null || pair.Type == type).ToList();
        return pairs.Count(pair => Reaches(pair.Left, pair.Right, level)) / (double)pairs.Count;
    }

    /// <summary>Of pairs of companies drawn at random, the share that does the same: what a rule must not buy recall with.</summary>
    public double FalseRate(string level)
    {
        var random = new Random(20_261_122);
        var (drawn, reached) = (0, 0);
        while (drawn < Strangers)
        {
            var (left, right) = (random.Next(_sirens.Count), random.Next(_sirens.Count));
            if (_sirens[left] != _sirens[right])
            {
                drawn++;
                reached += Reaches(left, right, level) ? 1 : 0;
            }
        }

        return reached / (double)drawn;
    }

    private bool Reaches(int left, int right, string level)
    {
        var found = Array.IndexOf(Levels, _result.Explain(left, right).Evidence.Single(one => one.Field == "name").Level);
        return found >= 0 && found <= Array.IndexOf(Levels, level);
    }

    // By a hash of the company's number, so that both halves stay what they are when rows are added.
    private static bool IsToTune(string siren) => siren.Aggregate(2_166_136_261u, (hash, digit) => (hash ^ digit) * 16_777_619) % 2 == 0;

    private static IEnumerable<string[]> Rows() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "paires_noms_reelles.csv")).Skip(1).Select(Cells);

    private static string[] Cells(string line)
    {
        var cells = new List<string>();
        for (var at = 0; at <= line.Length;)
        {
            var quoted = at < line.Length && line[at] == '"';
            var end = quoted ? line.IndexOf("\",", at + 1, StringComparison.Ordinal) + 1 : line.IndexOf(',', at);
            end = end <= 0 ? line.Length : end;
            cells.Add(quoted ? line[(at + 1)..(end - 1)].Replace("\"\"", "\"", StringComparison.Ordinal) : line[at..end]);
            at = end + 1;
        }

        return [.. cells];
    }
}
