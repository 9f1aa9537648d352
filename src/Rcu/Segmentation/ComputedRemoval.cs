using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Insight.Computed;

namespace Rcu.Segmentation;

/// <summary>Removes a computed attribute that no live segment asks anything of: a rule about nothing would empty its segment without a word.</summary>
public sealed class ComputedRemoval(RcuDb db, ComputedAttributes attributes)
{
    public async Task<Result<ComputedAttribute>> DeleteAsync(int number, string by, CancellationToken ct)
    {
        var found = await attributes.FindAsync(number, ct);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var (last, ofAccount) = (found.Value[0], $"account.{found.Value[0].Name}");
        var users = await db.Database.SqlQuery<string>(
            $"""
            select name as "Value" from segments
            where archived_at is null
              and jsonb_path_exists(rule, '$.**.field ? (@ == $name || @ == $account)', jsonb_build_object('name', {last.Name}::text, 'account', {ofAccount}::text))
            order by name
            """).ToListAsync(ct);
        return users.Count == 0
            ? await attributes.DeleteAsync(number, by, ct)
            : SegmentationErrors.ComputedUsed(last.Label, string.Join(", ", users.Take(3)));
    }
}
