using Rcu.Matching.Normalisation;

namespace Rcu.Matching.Comparisons;

/// <summary>The names of a company, usual, legal and brand: the two that agree best speak for the pair.</summary>
internal sealed class CompanyNameComparison(RowTable rows, FieldMap fields, MatchSettings settings, bool isAlone) : Comparison("name",
[
    new Level("same", .60, 2.4e-4, ByFrequency: true),
    new Level("near", .25, 4.8e-4, ByFrequency: true),
    new Level("similar", .10, 1e-3, ByFrequency: true),
    new Level("acronym", .02, 5e-4),
    new Level("partial", .05, .02),
    new Level("numbered", .01, .004, Contradicts: true, IsFixed: true),
    new Level("relative", .02, .004, Contradicts: true, IsFixed: true),
    new Level("different", .07, .98),
])
{
    private readonly CompanyNameReader _reader = new(fields);

    // Only where nothing but the name tells a company.
    private readonly WrittenNames? _written = isAlone ? new WrittenNames(rows, fields.Of(FieldKind.CompanyName)[0]) : null;

    public CompanyNameIndex Names { get; } =
        new(rows, CompanyNameReader.WidthOf(fields), new CompanyNames(settings.LegalForms));

    /// <summary>Who holds a name, to tell a common name from a company that is often recorded.</summary>
    public Func<int, int>? Witness { get; set; }

    public override void Store(int record, RecordText text)
    {
        Names.Clear(record);
        _reader.Store(Names, record, text);
        _written?.Store(record, text);
    }

    public override void Complete(int rows) => Names.Complete(rows, Witness);

    public override void BeginTemporary()
    {
        Names.BeginTemporary();
        _written?.BeginTemporary();
    }

    public override void EndTemporary()
    {
        Names.EndTemporary();
        _written?.EndTemporary();
    }

    public override int Compare(int left, int right, out double bits)
    {
        (var level, bits) = CompanyNamePair.Of(Names, left, right);
        if (_written is not null)
        {
            (level, bits) = _written.Refine(left, right, (level, bits), Math.Min(Names.NameBits(Names.First(left)), Names.NameBits(Names.First(right))));
        }

        return (int)level;
    }

    public override double MostBits(int left, int right) => Math.Max(Names.MostBits(left), Names.MostBits(right));

    public override string? Show(int row) => Names.Show(row);
}
