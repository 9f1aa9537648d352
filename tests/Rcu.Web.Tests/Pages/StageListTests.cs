using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>Each stage of the open opportunities of the home leads to the accounts that have one there.</summary>
public partial class StageListTests
{
    [Fact]
    public async Task Each_stage_of_the_home_opens_its_accounts_and_a_segment_of_them_has_the_same()
    {
        await using var hub = TestHub.StartWith(await DemoHub.CopyDatabaseAsync());
        using var rep = await hub.SignInAsync(HubRoles.Commercial);
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();

        var links = Stage().Matches(await rep.ReadAsync("/")).Select(m => (Link: WebUtility.HtmlDecode(m.Groups[1].Value), Stage: Enum.Parse<OpportunityStage>(m.Groups[2].Value))).ToList();

        Assert.NotEmpty(links);
        foreach (var (link, stage) in links)
        {
            var page = await rep.ReadAsync(link);
            var accounts = await db.Opportunities.Where(o => o.Stage == stage && o.AccountId != Account.Unknown).Select(o => o.AccountId).Distinct().Order().ToListAsync();
            Assert.NotEmpty(accounts);
            Assert.Equal(accounts.Count, int.Parse(string.Concat(Count().Match(page).Groups[1].Value.Where(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture));
            Assert.Contains($"name=\"etape\" value=\"{stage}\"", page, StringComparison.Ordinal);

            var rule = ListRule.Of(new AccountFilter { Stage = stage });
            var compiled = new ConditionCompiler(SegmentSources.Of(AccountScope.Hub, db), DateTimeOffset.UtcNow).Compile<Account>(rule.Value!);
            Assert.Equal(accounts, await db.Accounts.Where(compiled.Value!).Select(a => a.Id).Order().ToListAsync());
        }
    }

    [GeneratedRegex("""<a href="(/comptes\?etape=(\w+)[^"]*)">""")]
    private static partial Regex Stage();

    [GeneratedRegex("""class="page-count"[^>]*>([^<]+)</span>""")]
    private static partial Regex Count();
}
