using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Segmentation;

/// <summary>Whatever the tree, the whole set by SQL, one record alone and the meaning written out by hand say the same.</summary>
public class RandomRulesTests
{
    // Many more in the long form.
    private static readonly int Trees = Environment.GetEnvironmentVariable("RCU_TEST_LONG") is "1" ? 400 : 40;

    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["city"] = ["paris", "metz", "%", "100% Ville_1", "", "'; drop table accounts; --"],
        ["account.city"] = ["Paris", "saint"],
        ["postal_code"] = ["75008", "57000", "9"],
        ["account.postal_code"] = ["92800", "57"],
        ["naf"] = ["62", "62.01Z"],
        ["headcount"] = ["12", "60", "99"],
        ["account.headcount"] = ["30"],
        ["revenue_12m"] = ["9000", "20000", "0"],
        ["type"] = ["Customer", "Prospect"],
        ["job_title"] = ["acheteuse", "directeur"],
        ["email_reach"] = ["Allowed", "Opposed"],
        ["net"] = ["101", "1500", "3000"],
        ["code"] = ["p1", "P2"],
        ["range"] = ["Fluides"],
        ["quantity"] = ["3", "10"],
    };

    [Fact]
    public async Task The_set_the_record_and_the_meaning_agree_on_trees_grown_at_random()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = HoledBase.Open(database.App);
        var memory = await HoledBase.FillAsync(db);
        var plain = new PlainJudge(memory, HoledBase.Now);
        var random = new Random(20260315);
        List<string> differ = [];
        var selected = 0;

        for (var i = 0; i < Trees; i++)
        {
            var onAccounts = i % 3 != 0;
            var rule = Group(random, onAccounts ? typeof(Account) : typeof(Contact), 1 + random.Next(2));
            var set = onAccounts ? await SetAsync<Account>(db, rule) : await SetAsync<Contact>(db, rule);
            var meant = onAccounts
                ? memory.Accounts.AsEnumerable().Where(a => plain.Holds(rule, a)).Select(a => a.Id).ToHashSet()
                : memory.Contacts.AsEnumerable().Where(c => plain.Holds(rule, c)).Select(c => c.Id).ToHashSet();
            selected += set.Count;
            if (!set.SetEquals(meant))
            {
                differ.Add($"set {set.Count}, meant {meant.Count}: {new SegmentSentence((key, values) => $"{key} {string.Join(' ', values)}").Read(onAccounts ? SegmentTarget.Accounts : SegmentTarget.Contacts, rule)}");
            }

            var target = onAccounts ? SegmentTarget.Accounts : SegmentTarget.Contacts;
            Guid[] all = onAccounts ? [.. memory.Accounts.Select(a => a.Id)] : [.. memory.Contacts.Select(c => c.Id)];
            var one = all[random.Next(all.Length)];
            var facts = await SegmentFacts.LoadAsync(AccountScope.Hub, db, target, [one], rule, default);
            if (new SegmentJudge(facts, HoledBase.Now).Explain(target, one, rule)?.Holds != meant.Contains(one))
            {
                differ.Add($"one record: {rule}");
            }
        }

        Assert.Empty(differ);
        Assert.True(selected > Trees, "Trees that select nobody prove nothing.");
    }

    private static async Task<HashSet<Guid>> SetAsync<T>(RcuDb db, Condition rule)
        where T : class
    {
        var compiled = new ConditionCompiler(SegmentSources.Of(AccountScope.Hub, db), HoledBase.Now).Compile<T>(rule);
        Assert.True(compiled.Succeeded, compiled.Error?.Message);
        HashSet<Guid> found = [.. await db.Set<T>().Where(compiled.Value).Select(x => EF.Property<Guid>(x, "Id")).ToListAsync()];
        if (compiled.Value is System.Linq.Expressions.Expression<Func<Account, bool>> ofAccounts)
        {
            var narrow = FacetRule.Of(ofAccounts);
            Assert.NotNull(narrow);
            Assert.Equal(found.Order(), (await db.Set<AccountFacet>().Where(narrow).Select(f => f.Id).ToListAsync()).Order());
        }

        return found;
    }

    private static Condition Group(Random random, Type subject, int depth)
    {
        List<Condition> of = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Part(random, subject, depth))];
        return random.Next(3) switch
        {
            0 => new Condition.All(of),
            1 => new Condition.Any(of),
            _ => new Condition.None(of),
        };
    }

    private static Condition Part(Random random, Type subject, int depth)
    {
        var relations = SegmentRelation.On(subject).Where(r => r.Name is "contacts" or "documents" or "products" or "group").ToList();
        var kind = random.Next(6);
        if (depth > 0 && kind == 0)
        {
            return Group(random, subject, depth - 1);
        }

        if (depth > 0 && kind <= 2 && relations.Count > 0)
        {
            var relation = relations[random.Next(relations.Count)];
            var such = Group(random, relation.Row, depth - 1);
            return kind == 1
                ? new Condition.Related(relation.Name, (Quantifier)random.Next(3), such, 1 + random.Next(2))
                : Computed(random, relation, such);
        }

        var names = PlainJudge.Fields[subject].Keys.ToList();
        var name = names[random.Next(names.Count)];
        var field = SegmentField.Find(subject, name, out _)!;
        var how = field.Operators[random.Next(field.Operators.Count)];
        return new Condition.Compare(name, how, Asked(random, name, how), name is "naf" ? NafEdition.Revision2 : null);
    }

    private static Condition.Computed Computed(Random random, SegmentRelation relation, Condition such)
    {
        var (measure, name) = relation.Name switch
        {
            "documents" => random.Next(5) switch
            {
                0 => (Measure.Sum, "net"),
                1 => (Measure.Average, "net"),
                2 => (Measure.Highest, "date"),
                3 => (Measure.Lowest, "due"),
                _ => (Measure.Count, null),
            },
            "products" => random.Next(2) == 0 ? (Measure.Distinct, "code") : (Measure.Highest, "quantity"),
            _ => (Measure.Count, (string?)null),
        };
        var field = name is null ? null : SegmentField.Find(relation.Row, name, out _);
        var type = SegmentMeasure.TypeOf(measure, field)!.Value;
        var how = type.Operators[random.Next(type.Operators.Count)];
        var asked = type is FieldType.Date || measure is not (Measure.Count or Measure.Distinct) ? Asked(random, name!, how) : [.. Asked(random, "net", how).Select(_ => $"{random.Next(3)}")];
        return new Condition.Computed(relation.Name, measure, name, such, how, asked);
    }

    private static IReadOnlyList<string> Asked(Random random, string name, Operator how)
    {
        if (how is Operator.Within)
        {
            string[] centres = ["75008", "92800", "57000", "78000"];
            return [$"{1 + random.Next(30)}", centres[random.Next(centres.Length)]];
        }

        var several = FieldTypes.Arity(how) ?? (1 + random.Next(2));
        return [.. Enumerable.Range(0, several).Select(_ => FieldTypes.CountsDays(how) ? $"{random.Next(2000)}"
            : Values.TryGetValue(name, out var samples) ? Filled(samples, random, how) : $"202{random.Next(7)}-0{1 + random.Next(9)}-1{random.Next(9)}")];
    }

    private static string Filled(string[] samples, Random random, Operator how)
    {
        var value = samples[random.Next(samples.Length)];
        return value.Length == 0 && how is Operator.Contains or Operator.StartsWith ? samples[0] : value;
    }
}
