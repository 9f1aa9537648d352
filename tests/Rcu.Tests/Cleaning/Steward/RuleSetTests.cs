using Rcu.Cleaning;
using Rcu.Cleaning.Steward;
using Rcu.Customers;

namespace Rcu.Tests.Cleaning.Steward;

public class RuleSetTests
{
    [Fact]
    public void A_condition_says_of_which_records_it_is_demanded()
    {
        var set = Of(Rule(7, new("postal_code", RuleTest.Matches, "[0-9]{5}"), RuleEffect.Warn, new("country", RuleTest.OneOf, "FR")));

        var french = set.On(RecordKind.Account, Record(("country", "FR"), ("postal_code", "5700")));
        var german = set.On(RecordKind.Account, Record(("country", "DE"), ("postal_code", "5700")));
        var nowhere = set.On(RecordKind.Account, Record(("postal_code", "5700")));

        Assert.Equal(new Issue("postal_code", "rule.7", "5700", Severity.Warning, "Message 7"), Assert.Single(french.Issues));
        Assert.Empty(german.Issues);
        Assert.Empty(nowhere.Issues);
    }

    [Fact]
    public void A_rule_that_blocks_gives_the_reason_of_the_reject_and_one_that_warns_does_not()
    {
        var warns = Of(Rule(1, new("phone", RuleTest.Filled), RuleEffect.Warn));
        var blocks = Of(Rule(1, new("phone", RuleTest.Filled), RuleEffect.Warn), Rule(2, new("email", RuleTest.Filled), RuleEffect.Block));

        Assert.Null(warns.Blocked(RecordKind.Account, Record(("name", "Noël"))));
        var reason = blocks.Blocked(RecordKind.Account, Record(("name", "Noël")))!;
        Assert.Equal(("rule.2", "Message 2", "email"), (reason.Code, reason.Message, reason.Column));
        Assert.Null(blocks.Blocked(RecordKind.Contact, Record(("name", "Noël"))));
    }

    [Fact]
    public void A_source_that_is_not_asked_has_no_rule()
    {
        var register = Guid.CreateVersion7();
        var set = RuleSet.Of([Rule(1, new("phone", RuleTest.Filled), RuleEffect.Warn)], default, new HashSet<Guid> { register });

        Assert.Empty(set.For(register).On(RecordKind.Account, Record()).Issues);
        Assert.Single(set.For(Guid.CreateVersion7()).On(RecordKind.Account, Record()).Issues);
    }

    private static RuleSet Of(params StewardRule[] rules) => RuleSet.Of(rules, new DateOnly(2026, 11, 22), new HashSet<Guid>());

    private static CleanedRecord Record(params (string Field, string Value)[] fields) => new(fields.ToDictionary(f => f.Field, f => f.Value), []);

    private static StewardRule Rule(int number, RuleClause claim, RuleEffect effect, RuleClause? condition = null) => new()
    {
        Number = number,
        Version = 1,
        Name = $"Règle {number}",
        Kind = RecordKind.Account,
        Condition = condition,
        Claim = claim,
        Effect = effect,
        Message = $"Message {number}",
        State = RuleState.On,
        SetBy = "léa",
        SetAt = DateTimeOffset.UnixEpoch,
    };
}
