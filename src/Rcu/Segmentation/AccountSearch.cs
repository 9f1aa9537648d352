using Rcu.Customers;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>A list of accounts that meet a rule of segments, besides the filters of the list: what a program asks without making a segment.</summary>
public sealed class AccountSearch(RcuDb db, AccountList list, SegmentRules rules, TimeProvider clock)
{
    public async Task<Result<AccountPage>> ReadAsync(
        AccountScope scope, AccountFilter filter, Condition? rule, AccountSort sort, bool reversed, PageCursor? after, int size, CancellationToken ct)
    {
        if (rule is null)
        {
            return await list.ReadAsync(scope, filter, sort, reversed, after, ct, size);
        }

        if (await rules.RefusalAsync(SegmentTarget.Accounts, rule, ct) is { } refused)
        {
            return refused;
        }

        var compiled = new ConditionCompiler(SegmentSources.Of(scope, db), clock.GetUtcNow()).Compile<Account>(await rules.FollowAsync(rule, ct));
        return compiled.Succeeded
            ? await list.ReadAsync(scope, filter with { Also = compiled.Value }, sort, reversed, after, ct, size)
            : compiled.Error;
    }
}
