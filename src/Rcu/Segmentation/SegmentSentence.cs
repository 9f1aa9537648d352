using System.Globalization;

namespace Rcu.Segmentation;

/// <summary>
/// Reads a rule aloud: « Comptes dont la ville est Paris ET ( CA 12 mois &gt; 50 000 OU engagement ≥ 70 ) SAUF … ». Parentheses are
/// always shown, so that ET and OU cannot be misread.
/// </summary>
/// <param name="text">The text of a key in the reader's language, with its values.</param>
public sealed class SegmentSentence(Func<string, object[], string> text)
{
    private const int ShownValues = 5;

    public string Read(SegmentTarget target, Condition rule)
    {
        var subject = SubjectOf(target);
        return Of(rule, subject) is { Length: > 0 } reading
            ? T("segment.sentence", T($"segment.target.{target}"), Bare(reading))
            : T("segment.sentence.everyone", T($"segment.target.{target}"));
    }

    /// <summary>One line of a rule.</summary>
    public string ReadPart(Condition part, Type subject) => Of(part, subject);

    public static Type SubjectOf(SegmentTarget target) =>
        target is SegmentTarget.Accounts ? typeof(Customers.Account) : typeof(Customers.Contact);

    private string Of(Condition rule, Type subject) => rule switch
    {
        Condition.All all => Group(all.Of, subject, T("segment.and")),
        Condition.Any any => Group(any.Of, subject, T("segment.or")),
        Condition.None none => Join(none.Of, subject, T("segment.or")) is { Length: > 0 } reading ? T("segment.except", reading) : "",
        Condition.Compare compare => Compare(compare, subject),
        Condition.Related related => Related(related, subject),
        _ => "",
    };

    private string Group(IReadOnlyList<Condition> of, Type subject, string word)
    {
        var parts = of.Select(condition => Of(condition, subject)).Where(reading => reading.Length > 0).ToList();
        return parts.Count switch
        {
            0 => "",
            1 => parts[0],
            _ => $"( {string.Join($" {word} ", parts)} )",
        };
    }

    private string Join(IReadOnlyList<Condition> of, Type subject, string word) =>
        Group(of, subject, word) is { Length: > 0 } reading ? (reading[0] == '(' ? reading : $"( {reading} )") : "";

    private string Compare(Condition.Compare compare, Type subject)
    {
        if (SegmentField.Find(subject, compare.Read, out var ofAccount) is not { } field)
        {
            return compare.Field;
        }

        var name = compare.Edition is NafEdition.Revision2 ? T("segment.naf_revision2", T(field.LabelKey)) : T(field.LabelKey);
        var label = ofAccount ? T("segment.of_account", name) : name;
        if (field.Type is FieldType.Key)
        {
            return T($"segment.says.picked.{compare.Operator}", compare.Values.Count);
        }

        var values = compare.Values.Take(ShownValues).Select(value => Value(field, value)).ToList();
        var left = compare.Values.Count - values.Count;
        var list = string.Join(", ", values) + (left > 0 ? T("segment.more", left) : "");
        return compare.Operator is Operator.Between && values.Count == 2
            ? T("segment.says.Between", label, values[0], values[1])
            : T($"segment.says.{compare.Operator}", label, list);
    }

    private string Related(Condition.Related related, Type subject)
    {
        var row = SegmentRelation.On(subject).FirstOrDefault(r => r.Name == related.Relation)?.Row ?? subject;
        var which = related.Quantifier is Quantifier.AtLeast && related.AtLeast > 1 ? "Several" : $"{related.Quantifier}";
        var head = T($"segment.related.{related.Relation}.{which}", related.AtLeast);
        return Of(related.Such, row) is { Length: > 0 } such ? T("segment.such", head, such[0] == '(' ? such : $"( {such} )") : head;
    }

    private string Value(SegmentField field, string value) => field.Type switch
    {
        FieldType.Choice => T($"segment.choice.{Nullable.GetUnderlyingType(field.Value.ReturnType)!.Name}.{value}"),
        FieldType.Flag => T($"segment.flag.{value}"),
        FieldType.Money => decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
            ? amount.ToString("#,0.## €", CultureInfo.CurrentCulture).Replace(" €", "\u00A0€", StringComparison.Ordinal)
            : value,
        FieldType.Date or FieldType.Moment when DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) => day.ToString("d", CultureInfo.CurrentCulture),
        FieldType.Text or FieldType.Words or FieldType.List => T("segment.quoted", value),
        _ => value,
    };

    // The outermost parentheses add nothing to a whole sentence.
    private static string Bare(string reading)
    {
        if (reading is not ['(', ' ', .., ' ', ')'])
        {
            return reading;
        }

        var depth = 0;
        for (var i = 0; i < reading.Length - 1; i++)
        {
            depth += reading[i] == '(' ? 1 : reading[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return reading;
            }
        }

        return reading[2..^2];
    }

    private string T(string key, params object[] values) => text(key, values);
}
