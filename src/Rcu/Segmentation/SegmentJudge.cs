using System.Globalization;
using System.Linq.Expressions;
using Rcu.Customers;

namespace Rcu.Segmentation;

/// <summary>Judges one account or contact by a rule, in memory, and keeps the reason of each part.</summary>
public sealed class SegmentJudge(SegmentSources facts, DateTimeOffset now)
{
    private const int MostCounted = 1000;

    /// <summary>Null when it is not among the facts.</summary>
    public SegmentReason? Explain(SegmentTarget target, Guid id, Condition rule) => target is SegmentTarget.Accounts
        ? facts.Accounts.AsEnumerable().FirstOrDefault(a => a.Id == id) is { } account ? Reason(rule, account) : null
        : facts.Contacts.AsEnumerable().FirstOrDefault(c => c.Id == id) is { } contact ? Reason(rule, contact) : null;

    private SegmentReason Reason<T>(Condition rule, T subject)
        where T : class
    {
        var compiled = new ConditionCompiler(facts, now).Compile<T>(rule);
        var holds = compiled.Succeeded && ConditionCompiler.InMemory(compiled.Value)(subject);
        return rule switch
        {
            Condition.All all => new SegmentReason(rule, holds, null, all.Of.Select(of => Reason(of, subject)).ToList()),
            Condition.Any any => new SegmentReason(rule, holds, null, any.Of.Select(of => Reason(of, subject)).ToList()),
            Condition.None none => new SegmentReason(rule, holds, null, none.Of.Select(of => Reason(of, subject)).ToList()),
            Condition.Compare compare => new SegmentReason(rule, holds, Value(compare, subject), []) { Kilometres = Kilometres(compare, subject) },
            Condition.Related related => new SegmentReason(rule, holds, Related(related, subject), []),
            Condition.Computed computed => new SegmentReason(rule, holds, Computed(computed, subject), []),
            _ => new SegmentReason(rule, holds, null, []),
        };
    }

    private string? Value<T>(Condition.Compare compare, T subject)
    {
        if (SegmentField.Find(typeof(T), compare.Read, out var ofAccount) is not { } field)
        {
            return null;
        }

        if (field.Value.Parameters.Count == 2)
        {
            var read = field.Value.Parameters[0].Type == typeof(T) ? subject : (object?)(subject as Contact)?.Account;
            return read is null ? null : Shown(field.Value.Compile(preferInterpretation: true).DynamicInvoke(read, facts));
        }

        var whole = ofAccount ? (subject as Contact)?.Account : (object?)subject;
        return whole is null || IsMissing(whole, field)
            ? null
            : Shown(Expression.Lambda(field.Value.Body, field.Value.Parameters).Compile(preferInterpretation: true).DynamicInvoke(whole));
    }

    private double? Kilometres<T>(Condition.Compare compare, T subject)
    {
        var address = subject switch
        {
            Account account => account.Address,
            Contact contact => contact.Account?.Address,
            _ => null,
        };
        return compare is { Operator: Operator.Within, Values: [_, var centre] } && address is not null
            && facts.Places.FirstOrDefault(p => !p.IsCommune && p.Code == centre.Trim()) is { } from && Nearness.Of(address, facts.Places) is { } to
            ? Nearness.Between(from, to)
            : null;
    }

    private static bool IsMissing(object whole, SegmentField field)
    {
        bool Reads(string part) => field.Value.ToString().Contains(part, StringComparison.Ordinal);
        return whole is Account { Metrics: null } && Reads(".Metrics")
            || whole is Account { Score: null } or Contact { Score: null } && Reads(".Score");
    }

    // « 2 / 5 »: two of its five rows fit.
    private string Related<T>(Condition.Related related, T subject)
        where T : class
    {
        var some = Count(new Condition.All([]));
        return $"{Count(related.Such)} / {some}";

        // « At least n » is asked in doubles and then in halves: an account may have a thousand rows.
        int Count(Condition such)
        {
            var (held, beyond) = (0, 1);
            while (beyond <= MostCounted && IsAtLeast(such, beyond))
            {
                (held, beyond) = (beyond, beyond * 2);
            }

            for (beyond = Math.Min(beyond, MostCounted + 1); beyond - held > 1;)
            {
                var middle = (held + beyond) / 2;
                (held, beyond) = IsAtLeast(such, middle) ? (middle, beyond) : (held, middle);
            }

            return held;
        }

        bool IsAtLeast(Condition such, int count)
        {
            var rows = new ConditionCompiler(facts, now).Compile<T>(new Condition.Related(related.Relation, Quantifier.AtLeast, such, count));
            return rows.Succeeded && ConditionCompiler.InMemory(rows.Value)(subject);
        }
    }

    private string? Computed<T>(Condition.Computed computed, T subject)
        where T : class
    {
        var value = new ConditionCompiler(facts, now).Value<T>(computed);
        return value.Succeeded ? Shown(((Expression<Func<T, object?>>)new NullSafe().Visit(value.Value)).Compile(preferInterpretation: true)(subject)) : null;
    }

    private static string? Shown(object? value) => value switch
    {
        null => null,
        IQueryable<Guid> several => several.Count().ToString(CultureInfo.CurrentCulture),
        decimal amount => amount.ToString("#,0.##", CultureInfo.CurrentCulture),
        DateOnly day => day.ToString("d", CultureInfo.CurrentCulture),
        DateTimeOffset at => at.ToString("d", CultureInfo.CurrentCulture),
        IEnumerable<string> list => string.Join(", ", list),
        _ => Convert.ToString(value, CultureInfo.CurrentCulture),
    };
}

/// <summary>Whether one part of a rule holds for one account, and the value it was judged on.</summary>
public sealed record SegmentReason(Condition Rule, bool Holds, string? Value, IReadOnlyList<SegmentReason> Of)
{
    /// <summary>How far it lies from the postal code that a condition names; null when nothing says.</summary>
    public double? Kilometres { get; init; }
}
