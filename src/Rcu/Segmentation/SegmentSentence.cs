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

    /// <summary>What a row holds where a line of a rule looks, in the words of the rule: « non : opposition » for <c>Opposed</c>.</summary>
    public string ReadValue(Condition.Compare compare, Type subject, string value) => SegmentField.Find(subject, compare.Read, out _) switch
    {
        { Type: FieldType.Choice } field => Value(field, value),
        { Type: FieldType.Flag } => T($"segment.flag.{value.ToLowerInvariant()}"),
        { } field => Coded(field, value) ?? value,
        null => value,
    };

    public static Type SubjectOf(SegmentTarget target) =>
        target is SegmentTarget.Accounts ? typeof(Customers.Account) : typeof(Customers.Contact);

    private string Of(Condition rule, Type subject) => rule switch
    {
        Condition.All all => Group(all.Of, subject, T("segment.and")),
        Condition.Any any => Group(any.Of, subject, T("segment.or")),
        Condition.None none => Join(none.Of, subject, T("segment.or")) is { Length: > 0 } reading ? T("segment.except", reading) : "",
        Condition.Compare compare => Compare(compare, subject),
        Condition.Related related => Related(related, subject),
        Condition.Computed computed => Computed(computed, subject),
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
        return field.Type is FieldType.Key
            ? T($"segment.says.picked.{compare.Operator}", compare.Values.Count)
            : Says(label, compare.Operator, compare.Values, field.Type, value => compare.Operator is Operator.Within ? value : Value(field, value));
    }

    private string Says(string label, Operator how, IReadOnlyList<string> all, FieldType type, Func<string, string> read)
    {
        var values = all.Take(ShownValues).Select(read).ToList();
        var left = all.Count - values.Count;
        var list = string.Join(", ", values) + (left > 0 ? T("segment.more", left) : "");
        return how is Operator.Between or Operator.Within && values.Count == 2 ? T($"segment.says.{how}", label, values[0], values[1])
            : type is FieldType.Belongs ? T($"segment.says.belongs.{how}", label, list)
            : T($"segment.says.{how}", label, list);
    }

    /// <summary>What a measure is called: « somme de Montant HT ».</summary>
    public string ReadMeasure(Measure measure, SegmentField? field) => T($"segment.measure.{measure}", field is null ? "" : T(field.LabelKey));

    private string Computed(Condition.Computed computed, Type subject)
    {
        var row = SegmentRelation.On(subject).FirstOrDefault(r => r.Name == computed.Relation)?.Row ?? subject;
        var field = computed.Field is { Length: > 0 } named ? SegmentField.Find(row, named, out _) : null;
        var type = SegmentMeasure.TypeOf(computed.Measure, field) ?? FieldType.Number;
        var label = T("segment.computed", ReadMeasure(computed.Measure, field), T($"segment.relation.{computed.Relation}"));
        var such = Of(computed.Such, row);
        label = such.Length > 0 ? T("segment.such", label, such[0] == '(' ? such : $"( {such} )") : label;
        return Says(label, computed.Operator, computed.Values, type, value => Value(type, value));
    }

    private string Related(Condition.Related related, Type subject)
    {
        var row = SegmentRelation.On(subject).FirstOrDefault(r => r.Name == related.Relation)?.Row ?? subject;
        var which = related.Quantifier is Quantifier.AtLeast && related.AtLeast > 1 ? "Several" : $"{related.Quantifier}";
        var head = T($"segment.related.{related.Relation}.{which}", related.AtLeast);
        return Of(related.Such, row) is { Length: > 0 } such ? T("segment.such", head, such[0] == '(' ? such : $"( {such} )") : head;
    }

    private string Value(SegmentField field, string value) => field.Type is FieldType.Choice
        ? T($"segment.choice.{Nullable.GetUnderlyingType(field.Value.ReturnType)!.Name}.{value}")
        : Coded(field, value) is { } word ? T("segment.quoted", word)
        : Value(field.Type, value);

    // A code of ours reads as its word; what is none of ours, and a part of one, stays as it is.
    private string? Coded(SegmentField field, string value)
    {
        var key = $"{field.Name}.{value}";
        return field.Name is "level" or "department" && T(key) is var word && word != key ? word : null;
    }

    private string Value(FieldType type, string value) => type switch
    {
        FieldType.Belongs => T("segment.quoted", T($"named:{value}")),
        FieldType.Flag => T($"segment.flag.{value}"),
        FieldType.Money => decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
            ? amount.ToString("#,0.## €", CultureInfo.CurrentCulture).Replace(" €", "\u00A0€", StringComparison.Ordinal)
            : value,
        FieldType.Date or FieldType.Moment when DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) => day.ToString("d", CultureInfo.CurrentCulture),
        FieldType.Text or FieldType.PostalCode or FieldType.Words or FieldType.List => T("segment.quoted", value),
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
