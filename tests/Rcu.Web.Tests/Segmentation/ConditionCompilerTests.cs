using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Segmentation;

/// <summary>A rule means one thing: what SQL selects is what memory selects.</summary>
public class ConditionCompilerTests
{
    private static readonly Dictionary<FieldType, string[][]> Samples = new()
    {
        [FieldType.Text] = [["paris"], ["5"], ["'; drop table accounts; --"], ["100% ville_1"], ["%"]],
        [FieldType.PostalCode] = [["57"], ["75008"], ["'; drop table accounts; --"]],
        [FieldType.Words] = [["œuvre"], ["societe 1"], ["' or 1=1"]],
        [FieldType.Siren] = [["900000019"]],
        [FieldType.Number] = [["12"], ["0"], ["1 000"]],
        [FieldType.Money] = [["5 000,50"], ["0"], ["-3"]],
        [FieldType.Date] = [["2026-01-01"], ["15/03/2025"]],
        [FieldType.Moment] = [["2026-01-01"], ["15/03/2026"]],
        [FieldType.Key] = [["01900000-0000-7000-8000-000000000001"]],
        [FieldType.Belongs] = [["01900000-0000-7000-8000-0000000000a1"], ["01900000-0000-7000-8000-0000000000a2"]],
        [FieldType.List] = [["crm"], ["web"], ["Cloud"]],
    };

    [Fact]
    public async Task Sql_and_memory_select_the_same_for_every_field_and_comparison()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = HoledBase.Open(database.App);
        var memory = await HoledBase.FillAsync(db);
        List<string> differ = [];

        foreach (var field in SegmentField.All.Concat(Own()))
        {
            foreach (var compare in field.Operators.SelectMany(how => Samplings(field, how)))
            {
                await CompareAsync<Account>(db, memory, Wrapped(field, compare, typeof(Account)), differ);
            }

            foreach (var compare in field.Operators.Select(how => Samplings(field, how).First()))
            {
                await CompareAsync<Contact>(db, memory, Wrapped(field, compare, typeof(Contact)), differ);
            }
        }

        Assert.Empty(differ);
    }

    [Fact]
    public void A_field_that_only_stewards_may_see_is_none_of_a_segment()
    {
        var open = ConditionCompiler.Refusal(new Condition.Compare("own_text_parc", Operator.Filled, []), SegmentTarget.Accounts);
        var reserved = ConditionCompiler.Refusal(new Condition.Compare("own_reserved_text_parc", Operator.Filled, []), SegmentTarget.Accounts);
        var elsewhere = ConditionCompiler.Refusal(new Condition.Compare("own_text_contact_parc", Operator.Filled, []), SegmentTarget.Accounts);

        Assert.Null(open);
        Assert.Equal(("segment.unknown_field", "segment.unknown_field"), (reserved?.Code, elsewhere?.Code));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task Sql_and_memory_agree_on_groups_and_relations(Condition rule)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = HoledBase.Open(database.App);
        var memory = await HoledBase.FillAsync(db);
        List<string> differ = [];

        await CompareAsync<Account>(db, memory, rule, differ);

        Assert.Empty(differ);
    }

    public static TheoryData<Condition> Trees()
    {
        var paris = new Condition.Compare("city", Operator.Is, ["Paris"]);
        var big = new Condition.Compare("revenue_12m", Operator.Above, ["9000"]);
        var financial = new Condition.Compare("department", Operator.Is, ["FINANCE"]);
        return
        [
            new Condition.All([]),
            new Condition.Any([]),
            new Condition.None([]),
            new Condition.All([paris, new Condition.None([big])]),
            new Condition.Any([paris, big]),
            new Condition.None([new Condition.None([paris, big])]),
            new Condition.Related("contacts", Quantifier.AtLeast, financial),
            new Condition.Related("contacts", Quantifier.AtLeast, new Condition.All([]), 2),
            new Condition.Related("contacts", Quantifier.Every, financial),
            new Condition.Related("contacts", Quantifier.No, financial),
            new Condition.Related("contacts", Quantifier.AtLeast, new Condition.Related("roles", Quantifier.AtLeast, new Condition.Compare("function", Operator.Is, ["DecisionMaker"]))),
            new Condition.Related("contacts", Quantifier.AtLeast, new Condition.Compare("account.revenue_12m", Operator.Above, ["9000"])),
            new Condition.Related("group", Quantifier.AtLeast, new Condition.Compare("city", Operator.Is, ["Metz"])),
            new Condition.Related("group", Quantifier.No, new Condition.All([])),
            new Condition.Related("group", Quantifier.AtLeast, new Condition.Related("contacts", Quantifier.AtLeast, financial)),
            new Condition.Related("contacts", Quantifier.AtLeast, new Condition.Related("consents", Quantifier.AtLeast, new Condition.Compare("state", Operator.Is, ["Given"]))),
            new Condition.Computed("documents", Measure.Sum, "net", new Condition.Compare("date", Operator.InLastDays, ["400"]), Operator.AtLeast, ["2000"]),
            new Condition.Computed("documents", Measure.Average, "net", new Condition.All([]), Operator.Between, ["100", "1500,5"]),
            new Condition.Computed("documents", Measure.Highest, "date", new Condition.Compare("type", Operator.Is, ["Invoice"]), Operator.MoreThanDaysAgo, ["100"]),
            new Condition.Computed("interactions", Measure.Lowest, "at", new Condition.All([]), Operator.Empty, []),
            new Condition.Computed("interactions", Measure.Count, null, paris, Operator.Is, ["0"]) with { Such = new Condition.Compare("kind", Operator.Is, ["call"]) },
            new Condition.Computed("products", Measure.Distinct, "code", new Condition.All([]), Operator.AtLeast, ["2"]),
            new Condition.Computed("contacts", Measure.Count, null, new Condition.Compare("account.revenue_12m", Operator.Above, ["9000"]), Operator.AtLeast, ["1"]),
            new Condition.None([new Condition.Related("documents", Quantifier.AtLeast, new Condition.Compare("paid", Operator.Is, ["false"]), 3)]),
        ];
    }

    private static async Task CompareAsync<T>(RcuDb db, SegmentSources memory, Condition? rule, List<string> differ)
        where T : class
    {
        if (rule is null)
        {
            return;
        }

        var inSql = new ConditionCompiler(SegmentSources.Of(AccountScope.Hub, db), HoledBase.Now).Compile<T>(rule);
        var inMemory = new ConditionCompiler(memory, HoledBase.Now).Compile<T>(rule);
        Assert.True(inSql.Succeeded, inSql.Error?.Message);
        var selected = await db.Set<T>().Where(inSql.Value).Select(x => EF.Property<Guid>(x, "Id")).ToListAsync();
        var judge = ConditionCompiler.InMemory(inMemory.Value!);
        var judged = typeof(T) == typeof(Account)
            ? memory.Accounts.AsEnumerable().Where(a => judge((T)(object)a)).Select(a => a.Id)
            : memory.Contacts.AsEnumerable().Where(c => judge((T)(object)c)).Select(c => c.Id);
        if (!selected.Order().SequenceEqual(judged.Order()))
        {
            differ.Add($"{typeof(T).Name} {rule}: SQL {selected.Count}, memory {judged.Count()}");
        }
    }

    private static IEnumerable<SegmentField> Own() =>
        from subject in new[] { typeof(Account), typeof(Contact) }
        let of = subject == typeof(Contact) ? "contact_" : ""
        from name in new[] { $"own_text_{of}parc", $"own_number_{of}postes", $"own_date_{of}fin_de_bail", $"own_yesno_{of}export" }
        select SegmentField.Find(subject, name, out _);

    private static IEnumerable<Condition.Compare> Samplings(SegmentField field, Operator how)
    {
        var samples = field.Choices.Count > 0 ? [.. field.Choices.Select(choice => new[] { choice })] : Samples[field.Type];
        if (FieldTypes.CountsDays(how))
        {
            samples = [["30"], ["365"]];
        }

        if (how is Operator.Within)
        {
            return [new(field.Name, how, ["12", "75008"]), new(field.Name, how, ["1", "57000"]), new(field.Name, how, ["500", "78000"])];
        }

        return FieldTypes.Arity(how) switch
        {
            0 => [new(field.Name, how, [])],
            1 => samples.Select(values => new Condition.Compare(field.Name, how, values)),
            2 => [new(field.Name, how, [samples[0][0], samples[^1][0]]), new(field.Name, how, [samples[^1][0], samples[0][0]])],
            _ => [new(field.Name, how, samples[0]), new(field.Name, how, [.. samples.SelectMany(values => values)])],
        };
    }

    // A field of a contact or of a row is reached through the relation that leads to it.
    private static Condition? Wrapped(SegmentField field, Condition.Compare compare, Type target)
    {
        if (field.Subject == target)
        {
            return compare;
        }

        if (field.Subject == typeof(Account))
        {
            return compare with { Field = $"account.{compare.Field}" };
        }

        return SegmentRelation.On(target).FirstOrDefault(r => r.Row == field.Subject) is { } relation
            ? new Condition.Related(relation.Name, Quantifier.AtLeast, compare)
            : null;
    }
}
