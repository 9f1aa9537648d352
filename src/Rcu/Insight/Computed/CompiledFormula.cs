using System.Globalization;
using Rcu.Customers;

namespace Rcu.Insight.Computed;

/// <summary>A formula as SQL: the text is made of the catalogue alone, what people typed are parameters.</summary>
internal sealed class CompiledFormula
{
    private readonly List<object> _values = [];

    private CompiledFormula(Formula formula, FactSource source) => (Formula, Source) = (formula, source);

    public Formula Formula { get; }

    public FactSource Source { get; }

    /// <summary>What its values are.</summary>
    public CustomValue Holds { get; private set; } = CustomValue.Number;

    public object[] Values => [.. _values];

    /// <summary>How many facts there are of which values are made, whoever they are of: a query of one number.</summary>
    public string Total { get; private set; } = "";

    /// <summary>
    /// A query of <c>subject_id, number, day, text, facts</c> over the subjects of <c>computed_due (subject_id, account_id)</c>: whose value, and
    /// of which account's facts.
    /// </summary>
    public string Sql { get; private set; } = "";

    public static Result<CompiledFormula> Compile(Formula formula, DateOnly today)
    {
        if (FactSource.Find(formula.Over) is not { } source)
        {
            return ComputedErrors.UnknownSource(formula.Over);
        }

        var made = new CompiledFormula(formula, source);
        return made.Write(today) is { } refused ? refused : made;
    }

    private Error? Write(DateOnly today)
    {
        var field = Source.Field(Formula.Field);
        if (!string.IsNullOrEmpty(Formula.Field) && field is null)
        {
            return ComputedErrors.UnknownField(Source.Name, Formula.Field);
        }

        if (MeasureRefusal(field) is { } wrong)
        {
            return wrong;
        }

        if (Conditions(Formula.Kept, out var kept) is { } refused)
        {
            return refused;
        }

        var upper = "true";
        if (Formula.Measure is ComputedMeasure.Ratio && (Formula.Upper.Count == 0 ? ComputedErrors.NoPart : Conditions(Formula.Upper, out upper)) is { } bad)
        {
            return bad;
        }

        var when = $"{Source.At} <= {Parameter(today)}" + (Formula.Days is { } days ? $" and {Source.At} > {Parameter(today.AddDays(-days))}" : "");
        var (number, day, text) = Expression(field, upper, today);
        var which = $"{Source.Always ?? "true"} and {when} and {kept}";
        var borne = Formula.Level is ComputedLevel.Establishment ? " and d.key = coalesce(fact.fields ->> 'account_key', person.fields ->> 'account_key')" : "";
        Sql =
            $"""
            select d.subject_id, {number} as number, {day} as day, {text} as text, count(*) as facts
            from computed_due d join {Source.From} on {Join()}
            where {which}{borne}
            group by d.subject_id
            """;
        Total = $"select count(*) from {Source.From} join accounts a on a.id = f.account_id where {which}";
        return null;
    }

    // Of an establishment are the facts that their source bears on a customer's record of that place, or on a person that it counts there.
    private string Join() => Formula.Level switch
    {
        ComputedLevel.Contact => "f.contact_id = d.subject_id",
        ComputedLevel.Establishment =>
            $"""
            f.account_id = d.account_id
            join records fact on fact.id = {Source.Record} and fact.source_id = d.source_id
            left join records person
              on person.source_id = fact.source_id and person.kind = 'Contact' and person.external_key = fact.fields ->> 'contact_key'
            """,
        _ => "f.account_id = d.account_id",
    };

    private Error? MeasureRefusal(FactField? field) => Formula.Measure switch
    {
        ComputedMeasure.Count or ComputedMeasure.Frequency => null,
        ComputedMeasure.Sum or ComputedMeasure.Average => field?.Type is FactType.Number ? null : ComputedErrors.WrongField(Formula.Field ?? "", Formula.Measure),
        ComputedMeasure.Ratio => field is null or { Type: FactType.Number } ? null : ComputedErrors.WrongField(field.Name, Formula.Measure),
        _ => field is null ? ComputedErrors.WrongField("", Formula.Measure) : null,
    };

    private (string Number, string Day, string Text) Expression(FactField? field, string upper, DateOnly today)
    {
        const string nothing = "null::numeric";
        var months = Formula.Days is { } days
            ? Parameter(days / 30.4375m)
            : $"greatest(({Parameter(today)} - min({Source.At}) + 1) / 30.4375, 1)";
        if (Formula.Measure is ComputedMeasure.First or ComputedMeasure.Last)
        {
            // Facts of one day are told apart by their id, so that the answer is always the same.
            var order = Source.Name == "interactions" ? "f.at" : Source.At;
            var first = $"(array_agg({field!.Sql} order by {order}{(Formula.Measure is ComputedMeasure.Last ? " desc" : "")}, f.id) filter (where {field.Sql} is not null))[1]";
            Holds = field.Type switch { FactType.Date => CustomValue.Date, FactType.Text => CustomValue.Text, _ => CustomValue.Number };
            return Holds switch
            {
                CustomValue.Date => (nothing, first, "null::text"),
                CustomValue.Text => (nothing, "null::date", first),
                _ => (first, "null::date", "null::text"),
            };
        }

        var number = Formula.Measure switch
        {
            ComputedMeasure.Count => "count(*)::numeric",
            ComputedMeasure.Sum => $"sum({field!.Sql})",
            ComputedMeasure.Average => $"round(avg({field!.Sql}), 4)",
            ComputedMeasure.Frequency => $"round(count(*) / {months}, 4)",
            ComputedMeasure.Distinct => $"count(distinct {field!.Sql})::numeric",
            _ when field is null => $"round(count(*) filter (where {upper})::numeric / count(*), 4)",
            _ => $"round(coalesce(sum({field.Sql}) filter (where {upper}), 0) / nullif(sum({field.Sql}), 0), 4)",
        };
        return (number, "null::date", "null::text");
    }

    private Error? Conditions(IReadOnlyList<FactFilter> filters, out string sql)
    {
        List<string> written = [];
        sql = "true";
        foreach (var filter in filters)
        {
            if (Source.Field(filter.Field) is not { } field)
            {
                return ComputedErrors.UnknownField(Source.Name, filter.Field);
            }

            if (!field.Tests.Contains(filter.Test))
            {
                return ComputedErrors.WrongTest(field.Name, filter.Test);
            }

            if (Typed(field, filter) is not { } value)
            {
                return ComputedErrors.WrongValue(field.Name, filter.Value);
            }

            written.Add(filter.Test switch
            {
                FactTest.Is => $"{field.Sql} = {Parameter(value)}",
                FactTest.IsNot => $"{field.Sql} is distinct from {Parameter(value)}",
                FactTest.OneOf => $"{field.Sql} = any({Parameter(value)})",
                FactTest.Contains => $"position(lower({Parameter(value)}) in lower({field.Sql})) > 0",
                FactTest.AtLeast => $"{field.Sql} >= {Parameter(value)}",
                _ => $"{field.Sql} <= {Parameter(value)}",
            });
        }

        sql = written.Count == 0 ? "true" : string.Join(" and ", written.Select(one => $"({one})"));
        return null;
    }

    private static object? Typed(FactField field, FactFilter filter)
    {
        var text = filter.Value.Trim();
        return field.Type switch
        {
            FactType.Number => decimal.TryParse(text.Replace(',', '.'), NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null,
            FactType.Date => DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd/MM/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            _ when text.Length == 0 => null,
            _ when filter.Test is FactTest.OneOf => text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            _ => text,
        };
    }

    private string Parameter(object value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }
}
