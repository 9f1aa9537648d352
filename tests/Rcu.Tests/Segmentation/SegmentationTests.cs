using Rcu.Customers;
using Rcu.Segmentation;

namespace Rcu.Tests.Segmentation;

/// <summary>A rule that cannot be run is refused with the place of what is wrong; a file never holds a formula.</summary>
public class SegmentationTests
{
    [Fact]
    public void An_unknown_field_is_refused_with_its_path()
    {
        var rule = new Condition.All([
            new Condition.Compare("city", Operator.Is, ["Paris"]),
            new Condition.Any([new Condition.Compare("1; drop table accounts", Operator.Is, ["x"])]),
        ]);

        var refusal = ConditionCompiler.Refusal(rule, SegmentTarget.Accounts);

        Assert.Equal("segment.unknown_field", refusal?.Code);
        Assert.Equal(["/rule/of/1/of/0"], refusal?.Fields?.Keys);
    }

    [Theory]
    [InlineData("city", Operator.AtLeast, "3", "segment.unknown_operator")]
    [InlineData("headcount", Operator.AtLeast, "beaucoup", "segment.bad_value")]
    [InlineData("headcount", Operator.AtLeast, "3,5", "segment.bad_value")]
    [InlineData("last_order", Operator.After, "hier", "segment.bad_value")]
    [InlineData("last_order", Operator.InLastDays, "-3", "segment.bad_value")]
    [InlineData("type", Operator.Is, "Ami", "segment.bad_value")]
    [InlineData("type", Operator.Is, "1", "segment.bad_value")]
    [InlineData("siren", Operator.Is, "123", "segment.bad_value")]
    public void What_cannot_be_compared_is_refused(string field, Operator how, string value, string code) =>
        Assert.Equal(code, ConditionCompiler.Refusal(new Condition.Compare(field, how, [value]), SegmentTarget.Accounts)?.Code);

    [Theory]
    [InlineData(2026, "62.01Z", NafEdition.Revision2)]
    [InlineData(2027, "62.01Z", NafEdition.Revision2)] // means what it meant when it was written
    [InlineData(2026, "01.12Y", NafEdition.Naf2025)]
    [InlineData(2026, "62", NafEdition.Revision2)]
    [InlineData(2027, "62", NafEdition.Naf2025)]
    public void A_condition_on_activity_codes_is_tied_to_their_edition(int year, string code, NafEdition edition)
    {
        Condition rule = new Condition.Any([new Condition.Compare("account.naf", Operator.StartsWith, [code]), new Condition.Compare("email", Operator.Is, ["x"])]);

        var pinned = Assert.IsType<Condition.Any>(NafPin.Pin(rule, new DateOnly(year, 3, 1))).Of.Cast<Condition.Compare>().ToList();

        Assert.Equal([edition, null], pinned.Select(c => c.Edition));
        Assert.Equal(edition is NafEdition.Naf2025 ? "account.naf2025" : "account.naf", pinned[0].Read);
        Assert.Null(ConditionCompiler.Refusal(new Condition.All([.. pinned]), SegmentTarget.Contacts));
        var read = new SegmentSentence((key, values) => $"{key} {string.Join(' ', values)}").Read(SegmentTarget.Contacts, pinned[0]);
        Assert.Contains(edition is NafEdition.Naf2025 ? "segment.field.account.naf2025" : "segment.naf_revision2 segment.field.account.naf", read, StringComparison.Ordinal);
        var kept = System.Text.Json.JsonSerializer.Serialize<Condition>(pinned[0], System.Text.Json.JsonSerializerOptions.Web);
        Assert.Equal(edition, Assert.IsType<Condition.Compare>(System.Text.Json.JsonSerializer.Deserialize<Condition>(kept, System.Text.Json.JsonSerializerOptions.Web)).Edition);
    }

    [Theory]
    [InlineData("level", "C_LEVEL", "Direction")]
    [InlineData("level", "ANCIEN", "ANCIEN")]
    [InlineData("email_reach", "Opposed", "non : opposition")]
    [InlineData("has_account", "True", "oui")]
    [InlineData("city", "level.C_LEVEL", "level.C_LEVEL")]
    public void What_a_row_holds_is_told_in_words(string field, string held, string said)
    {
        var words = new Dictionary<string, string>
        {
            ["level.C_LEVEL"] = "Direction",
            ["segment.choice.Reach.Opposed"] = "non : opposition",
            ["segment.flag.true"] = "oui",
        };
        var sentence = new SegmentSentence((key, _) => words.GetValueOrDefault(key, key));

        Assert.Equal(said, sentence.ReadValue(new Condition.Compare(field, Operator.Is, [held]), typeof(Contact), held));
    }

    [Fact]
    public void Rules_have_limits()
    {
        Condition leaf = new Condition.Compare("city", Operator.Is, ["Paris"]);
        var deep = Enumerable.Range(0, ConditionCompiler.MaxDepth).Aggregate(leaf, (inner, _) => new Condition.All([inner]));

        Assert.Null(ConditionCompiler.Refusal(deep, SegmentTarget.Accounts));
        Assert.Equal("segment.too_deep", Code(new Condition.All([deep])));
        Assert.Null(Code(new Condition.All([.. Enumerable.Repeat(leaf, 100)])));
        Assert.Equal("segment.too_many_conditions", Code(new Condition.All([.. Enumerable.Repeat(leaf, 101)])));
        Assert.Equal("segment.too_many_values", Code(new Condition.Compare("city", Operator.OneOf, [.. Enumerable.Repeat("x", 5001)])));
        Assert.Equal("segment.value_count", Code(new Condition.Compare("city", Operator.OneOf, [])));
        Assert.Equal("segment.unknown_relation", Code(new Condition.Related("secrets", Quantifier.AtLeast, leaf)));
    }

    [Fact]
    public void Every_template_can_be_run() =>
        Assert.All(SegmentTemplates.List, template => Assert.Null(ConditionCompiler.Refusal(template.Rule, template.Target)));

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+33 1 99 00 12 34", "\"'+33 1 99 00 12 34\"")]
    [InlineData("-1+1", "\"'-1+1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("a;=1", "\"a;=1\"")]
    [InlineData("dit « \"oui\" »", "\"dit « \"\"oui\"\" »\"")]
    [InlineData("Dupont & Fils", "Dupont & Fils")]
    public void A_cell_is_never_a_formula(string value, string cell) => Assert.Equal(cell, SafeCsv.Cell(value));

    [Fact]
    public void Numbers_and_dates_are_written_the_French_way() =>
        Assert.Equal("1234,5;-3;03/11/2026;", SafeCsv.Line(1234.5m, -3m, new DateOnly(2026, 11, 3), null));

    private static string? Code(Condition rule) => ConditionCompiler.Refusal(rule, SegmentTarget.Accounts)?.Code;
}
