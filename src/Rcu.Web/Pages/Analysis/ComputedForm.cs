using Rcu.Insight.Computed;

namespace Rcu.Web.Pages.Analysis;

/// <summary>A computed attribute as a person fills it in: rows left empty count for nothing.</summary>
public sealed class ComputedForm
{
    public const int Rows = 3;

    public string Label { get; set; } = "";

    public string Purpose { get; set; } = "";

    public ComputedLevel Level { get; set; }

    public ComputedMeasure Measure { get; set; } = ComputedMeasure.Sum;

    public string Over { get; set; } = "invoices";

    public string? Field { get; set; }

    public int? Days { get; set; } = 365;

    public List<FilterForm> Filters { get; set; } = [];

    public List<FilterForm> Part { get; set; } = [];

    public int? Version { get; set; }

    public FactSource Source => FactSource.Find(Over) ?? FactSource.All[0];

    public static ComputedForm Of(ComputedAttribute attribute) => new()
    {
        Label = attribute.Label,
        Purpose = attribute.Purpose,
        Level = attribute.Formula.Level,
        Measure = attribute.Formula.Measure,
        Over = attribute.Formula.Over,
        Field = attribute.Formula.Field,
        Days = attribute.Formula.Days,
        Filters = [.. attribute.Formula.Kept.Select(FilterForm.Of)],
        Part = [.. attribute.Formula.Upper.Select(FilterForm.Of)],
        Version = attribute.Version,
    };

    /// <summary>The row at a place, empty when nobody filled it in.</summary>
    public static FilterForm At(List<FilterForm> rows, int place) => place < rows.Count ? rows[place] : new FilterForm();

    public SaveComputed ToCommand() => new(
        Label ?? "", Purpose ?? "",
        new Formula(
            Level, Measure, Over,
            Measure is ComputedMeasure.Count or ComputedMeasure.Frequency || string.IsNullOrEmpty(Field) ? null : Field,
            Days, Filled(Filters), Measure is ComputedMeasure.Ratio ? Filled(Part) : null),
        Version);

    private static List<FactFilter> Filled(List<FilterForm> rows) =>
        [.. rows.Where(row => !string.IsNullOrEmpty(row.Field) && !string.IsNullOrWhiteSpace(row.Value)).Select(row => new FactFilter(row.Field!, row.Test, row.Value!.Trim()))];
}

/// <summary>One condition as a person fills it in.</summary>
public sealed class FilterForm
{
    public string? Field { get; set; }

    public FactTest Test { get; set; }

    public string? Value { get; set; }

    public static FilterForm Of(FactFilter filter) => new() { Field = filter.Field, Test = filter.Test, Value = filter.Value };
}
