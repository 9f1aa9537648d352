using Rcu.Matching.Normalisation;

namespace Rcu.Matching.Comparisons;

/// <summary>The names of a company, usual, legal and brand: the two that agree best speak for the pair.</summary>
internal sealed class CompanyNameComparison(FieldMap fields, CompanyNames names) : Comparison("name",
[
    new Level("same", .60, 2.4e-4, ByFrequency: true),
    new Level("near", .25, 4.8e-4, ByFrequency: true),
    new Level("similar", .10, 1e-3, ByFrequency: true),
    new Level("acronym", .02, 5e-4),
    new Level("partial", .05, .02),
    new Level("different", .07, .98),
])
{
    private readonly int[] _names = fields.Of(FieldKind.CompanyName);
    private readonly int[] _towns = fields.Of(FieldKind.Town);

    public CompanyNameIndex Names { get; } = new();

    /// <summary>Who holds a name, to tell a common name from a company that is often recorded.</summary>
    public Func<int, int>? Witness { get; set; }

    public override object? Read(IReadOnlyList<string?> values) => ReadNames(names, values, _names, _towns);

    public static List<List<string>>? ReadNames(
        CompanyNames reader, IReadOnlyList<string?> values, int[] nameFields, int[] townFields)
    {
        var read = new List<List<string>>(2);
        foreach (var field in nameFields)
        {
            var words = reader.Read(values[field]);
            if (words.Count > 0)
            {
                read.Add(words);
            }
        }

        foreach (var field in townFields)
        {
            AddWithoutTown(read, Streets.Town(values[field]));
        }

        return read.Count == 0 ? null : read;
    }

    public override void Reserve(int rows) => Names.Reserve(rows);

    public override void Store(int row, object? read) => Names.Store(row, read as List<List<string>> ?? []);

    public override void Complete(int rows) => Names.Complete(rows, Witness);

    public override void Forget(int row) => Names.Forget(row);

    public override int Compare(int left, int right) => (int)Names.Compare(left, right).Level;

    public override double Bits(int left, int right, int level) => Names.Compare(left, right).Bits;

    public override string? Show(int row) => Names.Show(row);

    private static void AddWithoutTown(List<List<string>> names, string? town)
    {
        var words = town?.Split(' ');
        if (words is null || names.Count == 0 || names[0].Count <= words.Length)
        {
            return;
        }

        var name = names[0];
        for (var i = 0; i < words.Length; i++)
        {
            if (name[name.Count - words.Length + i] != words[i])
            {
                return;
            }
        }

        names.Add(name.GetRange(0, name.Count - words.Length));
    }
}
