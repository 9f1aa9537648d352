using System.Globalization;
using Rcu.Customers;
using Rcu.Segmentation;

namespace Rcu.Web.Tests.Segmentation;

/// <summary>What a rule means, written out by hand: no expression, no SQL, nothing of the compiler. The others must agree with it.</summary>
internal sealed class PlainJudge(SegmentSources facts, DateTimeOffset now)
{
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>The fields it knows: by the kind of row, what each reads.</summary>
    public static readonly IReadOnlyDictionary<Type, IReadOnlyDictionary<string, Func<object, object?>>> Fields = new Dictionary<Type, IReadOnlyDictionary<string, Func<object, object?>>>
    {
        [typeof(Account)] = new Dictionary<string, Func<object, object?>>
        {
            ["city"] = row => ((Account)row).Address.City,
            ["postal_code"] = row => ((Account)row).Address.PostalCode,
            ["naf"] = row => ((Account)row).Naf,
            ["headcount"] = row => (decimal?)((Account)row).Headcount,
            ["revenue_12m"] = row => ((Account)row).Metrics?.Revenue12m,
            ["founded_on"] = row => ((Account)row).FoundedOn,
            ["type"] = row => ((Account)row).Type?.ToString(),
        },
        [typeof(Contact)] = new Dictionary<string, Func<object, object?>>
        {
            ["job_title"] = row => ((Contact)row).JobTitle,
            ["email_reach"] = row => $"{((Contact)row).EmailReach}",
            ["in_post_since"] = row => ((Contact)row).InPostSince,
            ["account.city"] = row => ((Contact)row).Account?.Address.City,
            ["account.postal_code"] = row => ((Contact)row).Account?.Address.PostalCode,
            ["account.headcount"] = row => (decimal?)((Contact)row).Account?.Headcount,
        },
        [typeof(Document)] = new Dictionary<string, Func<object, object?>>
        {
            ["net"] = row => (decimal?)((Document)row).Net,
            ["date"] = row => ((Document)row).Date,
            ["due"] = row => ((Document)row).DueOn,
        },
        [typeof(BoughtProduct)] = new Dictionary<string, Func<object, object?>>
        {
            ["code"] = row => ((BoughtProduct)row).Code,
            ["range"] = row => ((BoughtProduct)row).Range,
            ["quantity"] = row => ((BoughtProduct)row).Quantity,
        },
    };

    public bool Holds(Condition rule, object subject) => rule switch
    {
        Condition.All all => all.Of.All(of => Holds(of, subject)),
        Condition.Any any => any.Of.Count == 0 || any.Of.Any(of => Holds(of, subject)),
        Condition.None none => !none.Of.Any(of => Holds(of, subject)),
        Condition.Compare { Operator: Operator.Within } near => IsNear(subject is Contact contact ? contact.Account?.Address : ((Account)subject).Address, near.Values),
        Condition.Compare compare => Compares(Fields[subject.GetType()][compare.Field](subject), compare.Operator, compare.Values),
        Condition.Related related => Related(related, Rows(related.Relation, subject)),
        Condition.Computed computed => Compares(Measured(computed, subject), computed.Operator, computed.Values),
        _ => throw new NotSupportedException(),
    };

    // Along the great circle, by its cosine.
    private bool IsNear(Address? address, IReadOnlyList<string> asked)
    {
        if (address is null or { PostalCode: null } or { Country: not (null or "FR") })
        {
            return false;
        }

        var centre = facts.Places.Single(p => !p.IsCommune && p.Code == asked[1]);
        var there = facts.Places.SingleOrDefault(p => !p.IsCommune && p.Code == address.PostalCode) ?? facts.Places.SingleOrDefault(p => p.IsCommune && p.Code == address.CommuneCode);
        return there is not null && Kilometres(centre, there) <= int.Parse(asked[0], CultureInfo.InvariantCulture);
    }

    private static double Kilometres(Place one, Place other)
    {
        var (north, south) = (one.Latitude * Math.PI / 180, other.Latitude * Math.PI / 180);
        var cosine = (Math.Sin(north) * Math.Sin(south)) + (Math.Cos(north) * Math.Cos(south) * Math.Cos((one.Longitude - other.Longitude) * Math.PI / 180));
        return Math.Acos(Math.Clamp(cosine, -1, 1)) * 6371;
    }

    private bool Related(Condition.Related related, List<object> rows) => related.Quantifier switch
    {
        Quantifier.No => !rows.Exists(row => Holds(related.Such, row)),
        Quantifier.Every => rows.Count > 0 && rows.TrueForAll(row => Holds(related.Such, row)),
        _ => rows.Count(row => Holds(related.Such, row)) >= related.AtLeast,
    };

    private object? Measured(Condition.Computed computed, object subject)
    {
        var rows = Rows(computed.Relation, subject).FindAll(row => Holds(computed.Such, row));
        if (computed.Measure is Measure.Count)
        {
            return (decimal?)rows.Count;
        }

        var read = Fields[rows.Count > 0 ? rows[0].GetType() : typeof(Document)].GetValueOrDefault(computed.Field!) ?? (_ => null);
        var values = rows.Select(read).Where(value => value is not (null or "")).ToList();
        return computed.Measure switch
        {
            Measure.Distinct => (decimal?)values.Distinct().Count(),
            Measure.Sum => values.Sum(value => (decimal)value!),
            _ when values.Count == 0 => null,
            Measure.Average => values.Average(value => (decimal)value!),
            Measure.Highest => values.Max(),
            _ => values.Min(),
        };
    }

    private List<object> Rows(string relation, object subject) => (relation, subject) switch
    {
        ("contacts", Account a) => [.. facts.Contacts.AsEnumerable().Where(c => c.AccountId == a.Id)],
        ("documents", Account a) => [.. facts.Documents.AsEnumerable().Where(d => d.AccountId == a.Id)],
        ("products", Account a) => [.. facts.Products.AsEnumerable().Where(p => p.AccountId == a.Id)],
        ("group", Account a) => [.. facts.Accounts.AsEnumerable().Where(o => facts.Group.AsEnumerable().Any(g => g.AccountId == a.Id && g.MemberId == o.Id))],
        ("documents", Contact c) => [.. facts.Documents.AsEnumerable().Where(d => d.ContactId == c.Id)],
        ("products", Contact c) => [.. facts.Products.AsEnumerable().Where(p => p.ContactId == c.Id)],
        _ => throw new NotSupportedException(relation),
    };

    private bool Compares(object? value, Operator how, IReadOnlyList<string> asked)
    {
        if (how is Operator.Empty or Operator.Filled)
        {
            return value is null or "" == how is Operator.Empty;
        }

        if (how is Operator.IsNot or Operator.NoneOf or Operator.NotInLastDays)
        {
            return !Compares(value, how switch { Operator.IsNot => Operator.Is, Operator.NoneOf => Operator.OneOf, _ => Operator.InLastDays }, asked);
        }

        return value switch
        {
            null => false,
            string text => Texts(text.ToLowerInvariant(), how, [.. asked.Select(a => a.ToLowerInvariant())]),
            DateOnly day => Days(day, how, asked),
            _ => Numbers((decimal)value, how, [.. asked.Select(a => decimal.Parse(a, CultureInfo.InvariantCulture))]),
        };
    }

    private static bool Texts(string value, Operator how, List<string> asked) => how switch
    {
        Operator.Contains => value.Contains(asked[0], StringComparison.Ordinal),
        Operator.StartsWith => value.StartsWith(asked[0], StringComparison.Ordinal),
        _ => asked.Contains(value),
    };

    private static bool Numbers(decimal value, Operator how, List<decimal> asked) => how switch
    {
        Operator.AtLeast => value >= asked[0],
        Operator.AtMost => value <= asked[0],
        Operator.Above => value > asked[0],
        Operator.Below => value < asked[0],
        Operator.Between => value >= asked[0] && value <= asked[1],
        _ => asked.Contains(value),
    };

    private bool Days(DateOnly value, Operator how, IReadOnlyList<string> asked)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        int N() => int.Parse(asked[0], CultureInfo.InvariantCulture);
        DateOnly Day(int i) => how is Operator.Before or Operator.After or Operator.Between ? DateOnly.ParseExact(asked[i], "yyyy-MM-dd", CultureInfo.InvariantCulture) : Epoch;
        return how switch
        {
            Operator.InLastDays => value >= today.AddDays(-N()),
            Operator.MoreThanDaysAgo => value < today.AddDays(-N()),
            Operator.InNextDays => value >= today && value <= today.AddDays(N()),
            Operator.AnniversaryThisMonth => value.Month == today.Month,
            Operator.Before => value < Day(0),
            Operator.After => value > Day(0),
            _ => value >= Day(0) && value <= Day(1),
        };
    }
}
