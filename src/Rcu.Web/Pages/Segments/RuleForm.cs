using System.Globalization;
using Rcu.Customers;
using Rcu.Segmentation;

namespace Rcu.Web.Pages.Segments;

/// <summary>
/// The rule as the fields of a form: each part is named after its place (<c>0</c> the whole, <c>0.1</c> its second part), so that
/// the builder works by plain posts.
/// </summary>
internal static class RuleForm
{
    public const string Root = "0";

    private const int MostParts = ConditionCompiler.MaxConditions + 1;

    /// <summary>The rule the form holds; what is not filled in yet is kept as it is.</summary>
    public static Condition Read(IFormCollection form) => Read(form, Root, depth: 0) ?? new Condition.All([]);

    /// <summary>The rule after a button of the builder: add, group, related, remove.</summary>
    /// <param name="which">What each place of the form says is to be added there, of what is related.</param>
    public static Condition Act(Condition rule, string? act, Type subject, Func<string, string>? which = null)
    {
        var parts = (act ?? "").Split(':');
        if (parts is ["related" or "computed", var place] && which is not null)
        {
            parts = [.. parts, which(place)];
        }

        return parts switch
        {
            ["add", var at] => Change(rule, at, part => Add(part, NewCondition(SubjectAt(rule, at, subject)))),
            ["group", var at] => Change(rule, at, part => Add(part, new Condition.Any([NewCondition(SubjectAt(rule, at, subject))]))),
            ["related", var at, var relation] => Change(
                rule, at, part => Add(part, new Condition.Related(relation, Quantifier.AtLeast, new Condition.All([])))),
            ["computed", var at, var relation] => Change(rule, at, part => Add(
                part, new Condition.Computed(relation, Measure.Count, null, new Condition.All([]), Operator.AtLeast, []))),
            ["remove", var at] => Change(rule, at, _ => null) ?? new Condition.All([]),
            _ => rule,
        } ?? rule;
    }

    /// <summary>Where what a button has just added stands: the keyboard goes on from there. Null when nothing was added.</summary>
    public static string? Added(Condition rule, string? act)
    {
        if ((act ?? "").Split(':') is not ["add" or "group" or "related" or "computed", var at, ..])
        {
            return null;
        }

        var part = rule;
        foreach (var step in at.Split('.').Skip(1))
        {
            part = int.TryParse(step, CultureInfo.InvariantCulture, out var i) && i < part.Inner.Count ? part.Inner[i] : part;
        }

        var last = $"{at}.{part.Inner.Count - 1}";
        return act!.StartsWith("group:", StringComparison.Ordinal) ? $"{last}.0" : last;
    }

    /// <summary>The rule without the lines that are not filled in yet: what can be counted meanwhile.</summary>
    public static Condition Whole(Condition rule) => rule switch
    {
        Condition.All all => new Condition.All([.. all.Of.Where(IsFilled).Select(Whole)]),
        Condition.Any any => new Condition.Any([.. any.Of.Where(IsFilled).Select(Whole)]),
        Condition.None none => new Condition.None([.. none.Of.Where(IsFilled).Select(Whole)]),
        Condition.Related related => related with { Such = Whole(related.Such) },
        Condition.Computed computed => computed with { Such = Whole(computed.Such) },
        _ => rule,
    };

    /// <summary>The parts of a group, in order.</summary>
    public static IReadOnlyList<Condition> Parts(Condition condition) => condition switch
    {
        Condition.All all => all.Of,
        Condition.Any any => any.Of,
        Condition.None none => none.Of,
        _ => [],
    };

    private static bool IsFilled(Condition condition) => condition switch
    {
        Condition.Compare compare => IsFilled(compare.Operator, compare.Values),
        Condition.Computed computed => IsFilled(computed.Operator, computed.Values),
        _ => true,
    };

    private static bool IsFilled(Operator how, IReadOnlyList<string> values) =>
        FieldTypes.Arity(how) is { } arity ? values.Count == arity : values.Count > 0;

    private static Condition? Read(IFormCollection form, string at, int depth)
    {
        if (depth > ConditionCompiler.MaxDepth + 2)
        {
            return null;
        }

        switch (form[$"kind:{at}"].ToString())
        {
            case "all": return new Condition.All(Children());
            case "any": return new Condition.Any(Children());
            case "none": return new Condition.None(Children());
            case "related":
                _ = Enum.TryParse<Quantifier>(form[$"quantifier:{at}"], out var quantifier);
                _ = int.TryParse(form[$"count:{at}"], NumberStyles.None, CultureInfo.InvariantCulture, out var count);
                return new Condition.Related(
                    form[$"relation:{at}"].ToString(), quantifier, Read(form, $"{at}.0", depth + 1) ?? new Condition.All([]), Math.Max(1, count));
            case "computed":
                var compared = Compare(form, at);
                var measured = form[$"measure:{at}"].ToString().Split(':');
                _ = Enum.TryParse<Measure>(measured[0], out var measure);
                return new Condition.Computed(
                    form[$"relation:{at}"].ToString(), measure, measured.Length > 1 ? measured[1] : null,
                    Read(form, $"{at}.0", depth + 1) ?? new Condition.All([]), compared.Operator, compared.Values);
            case "compare":
                return Compare(form, at);
            default:
                return null;
        }

        List<Condition> Children() =>
            [.. Enumerable.Range(0, MostParts).Select(i => Read(form, $"{at}.{i}", depth + 1)).TakeWhile(part => part is not null).Select(part => part!)];
    }

    private static Condition.Compare Compare(IFormCollection form, string at)
    {
        var field = form[$"field:{at}"].ToString();
        _ = Enum.TryParse<Operator>(form[$"how:{at}"], out var how);
        var arity = FieldTypes.Arity(how);
        var typed = form[$"value:{at}"].SelectMany(value => arity is null ? (value ?? "").Split(['\n', ';', '\t']) : [value ?? ""])
            .Select(value => value.Trim()).Where(value => value.Length > 0).ToList();
        NafEdition? edition = Enum.TryParse<NafEdition>(form[$"edition:{at}"], out var chosen) ? chosen : null;
        return new Condition.Compare(field, how, arity is { } most ? [.. typed.Take(most)] : typed, field is "naf" or "account.naf" ? edition : null);
    }

    private static Condition.Compare NewCondition(Type subject)
    {
        var first = SegmentField.On(subject).First();
        return new Condition.Compare(first.Name, first.Operators[0], []);
    }

    private static Condition Add(Condition group, Condition part) => group switch
    {
        Condition.All all => new Condition.All([.. all.Of, part]),
        Condition.Any any => new Condition.Any([.. any.Of, part]),
        Condition.None none => new Condition.None([.. none.Of, part]),
        Condition.Related related => related with { Such = Add(related.Such, part) },
        Condition.Computed computed => computed with { Such = Add(computed.Such, part) },
        _ => group,
    };

    // What the parts of the part at this place are about.
    private static Type SubjectAt(Condition rule, string at, Type subject)
    {
        var (part, about) = (rule, subject);
        foreach (var step in at.Split('.').Skip(1))
        {
            if (part is Condition.Related or Condition.Computed)
            {
                (part, about) = (part.Inner[0], RowOf(part, about));
            }
            else if (int.TryParse(step, CultureInfo.InvariantCulture, out var i) && i < Parts(part).Count)
            {
                part = Parts(part)[i];
            }
        }

        return RowOf(part, about);
    }

    /// <summary>What the conditions under this one are about.</summary>
    public static Type RowOf(Condition part, Type subject)
    {
        var relation = part switch
        {
            Condition.Related related => related.Relation,
            Condition.Computed computed => computed.Relation,
            _ => null,
        };
        return relation is null ? subject : SegmentRelation.On(subject).FirstOrDefault(r => r.Name == relation)?.Row ?? typeof(Account);
    }

    private static Condition? Change(Condition rule, string at, Func<Condition, Condition?> change)
    {
        var steps = at.Split('.').Skip(1).ToList();
        return steps.Count == 0 ? change(rule) : Inside(rule, steps, change);
    }

    private static Condition Inside(Condition rule, List<string> steps, Func<Condition, Condition?> change)
    {
        if (rule is Condition.Related or Condition.Computed)
        {
            var such = (steps.Count == 1 ? change(rule.Inner[0]) : Inside(rule.Inner[0], steps[1..], change)) ?? new Condition.All([]);
            return rule is Condition.Related related ? related with { Such = such } : (Condition.Computed)rule with { Such = such };
        }

        var parts = Parts(rule).ToList();
        if (!int.TryParse(steps[0], NumberStyles.None, CultureInfo.InvariantCulture, out var i) || i >= parts.Count)
        {
            return rule;
        }

        if ((steps.Count == 1 ? change(parts[i]) : Inside(parts[i], steps[1..], change)) is { } changed)
        {
            parts[i] = changed;
        }
        else
        {
            parts.RemoveAt(i);
        }

        return rule switch
        {
            Condition.All => new Condition.All(parts),
            Condition.Any => new Condition.Any(parts),
            _ => new Condition.None(parts),
        };
    }
}
