using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Customers;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>The queue by groups: one line for what hangs together, on the page and over the API.</summary>
public class QueueGroupsTests
{
    [Fact]
    public async Task Pairs_that_share_an_account_are_one_line_in_any_order_and_part_when_the_account_does()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await using var db = desk.Db();
        var (garnier, menuiserie, noel) = (desk.Pairs[0], desk.Pairs[1], desk.Pairs[2]);
        using var program = await ProgramAsync(desk);
        var apart = await GroupsAsync(program, "");

        var shared = (await db.Links.SingleAsync(l => l.RecordId == garnier.RightRecordId)).ClusterId;
        await db.Links.Where(l => l.RecordId == menuiserie.LeftRecordId).ExecuteUpdateAsync(set => set.SetProperty(l => l.ClusterId, shared));
        var page = await desk.Browser.ReadAsync("/doublons");
        var group = await desk.Browser.ReadAsync($"/doublons?groupe={menuiserie.Id}");
        var urgent = await GroupsAsync(program, "");
        var paged = await GroupsAsync(program, "?limit=1");
        var rest = await GroupsAsync(program, $"?limit=1&cursor={garnier.Id}");
        var likeliest = await GroupsAsync(program, "?sort=weight");
        var oldest = await GroupsAsync(program, "?sort=age");
        var byPhone = await GroupsAsync(program, "?reason=phone");
        await db.Matches.Where(m => m.Id == garnier.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.ClosedAt, DateTimeOffset.UtcNow));
        var after = await GroupsAsync(program, "");

        Assert.Equal([(garnier.Id, 1, 2), (menuiserie.Id, 1, 2), (noel.Id, 1, 2)], apart);
        Assert.Equal([(garnier.Id, 2, 3), (noel.Id, 1, 2)], urgent);
        Assert.Equal(urgent, likeliest);
        Assert.Equal([2, 1], oldest.Select(g => g.Pairs).OrderDescending());
        Assert.Equal([(garnier.Id, 2, 3)], paged);
        Assert.Equal([(noel.Id, 1, 2)], rest);
        Assert.Equal([(menuiserie.Id, 2, 3)], byPhone);
        Assert.Equal([(menuiserie.Id, 1, 2), (noel.Id, 1, 2)], after);
        Assert.Contains("et 1 autre fiche, 2 paires", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/doublons/{menuiserie.Id}", page, StringComparison.Ordinal);
        Assert.Contains($"/doublons/{menuiserie.Id}", group, StringComparison.Ordinal);
        Assert.Contains($"/doublons/{garnier.Id}", group, StringComparison.Ordinal);
        Assert.DoesNotContain($"/doublons/{noel.Id}", group, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_queue_is_asked_by_segment_and_by_owner_and_follows_its_order_from_pair_to_pair()
    {
        await using var desk = await StewardDesk.OpenAsync();
        await using var db = desk.Db();
        var (garnier, menuiserie, noel) = (desk.Pairs[0], desk.Pairs[1], desk.Pairs[2]);
        using var program = await ProgramAsync(desk);
        var mine = (await db.Links.SingleAsync(l => l.RecordId == menuiserie.LeftRecordId)).ClusterId;
        var inside = (await db.Links.SingleAsync(l => l.RecordId == noel.RightRecordId)).ClusterId;
        var now = DateTimeOffset.UtcNow;
        var segment = new Segment
        {
            Name = "À relancer",
            Target = SegmentTarget.Accounts,
            Rule = new Condition.All([]),
            CreatedBy = "test",
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.AddRange(segment, new SegmentMember { SegmentId = segment.Id, MemberId = inside, EnteredAt = now });
        db.Contributions.Add(new Contribution { Contributor = StewardDesk.Email, Kind = RecordKind.Account, SubjectId = mine, IsOwner = true });
        await db.SaveChangesAsync();
        await db.Matches.Where(m => m.Id == noel.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.FoundAt, now.AddDays(-9)));

        var ofMe = await desk.Browser.ReadAsync("/doublons?responsable=moi");
        var byApi = await GroupsAsync(program, $"?owner={StewardDesk.Email}");
        var relaunched = await GroupsAsync(program, $"?segment={segment.Id}");
        var byAge = await desk.Browser.ReadAsync("/doublons?tri=Age");
        var oldest = await GroupsAsync(program, "?sort=age&limit=1");
        var page = $"/doublons/{noel.Id}?tri=Age";
        var judged = await desk.PostAsync(page, $"/doublons/{noel.Id}?handler=Judge&tri=Age", ("judgement", "Different"));

        Assert.Contains($"/doublons/{menuiserie.Id}?", ofMe, StringComparison.Ordinal);
        Assert.DoesNotContain($"/doublons/{garnier.Id}", ofMe, StringComparison.Ordinal);
        Assert.Equal([menuiserie.Id], byApi.Select(g => g.Lead));
        Assert.Equal([noel.Id], relaunched.Select(g => g.Lead));
        Assert.Equal(noel.Id, oldest.Single().Lead);
        Assert.True(byAge.IndexOf($"{noel.Id}", StringComparison.Ordinal) < byAge.IndexOf($"{garnier.Id}", StringComparison.Ordinal));
        Assert.Equal($"/doublons/{new[] { garnier, menuiserie }.MinBy(m => m.Id)!.Id}?tri=Age", judged.Headers.Location!.ToString());
    }

    private static async Task<HttpClient> ProgramAsync(StewardDesk desk)
    {
        await using var scope = desk.Hub.Services.CreateAsyncScope();
        var key = await scope.ServiceProvider.GetRequiredService<ApiKeys>().CreateAsync(new CreateApiKey("ERP", ["matches:read"], null), "test", default);
        var program = desk.Hub.CreateClient();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Value!.Text);
        return program;
    }

    private static async Task<List<(Guid Lead, int Pairs, int Golden)>> GroupsAsync(HttpClient program, string query)
    {
        using var answer = JsonDocument.Parse(await program.GetStringAsync($"/api/v1/matches/groups{query}"));
        return
        [
            .. answer.RootElement.GetProperty("data").EnumerateArray().Select(g => (
                g.GetProperty("lead").GetProperty("id").GetGuid(), g.GetProperty("matchIds").GetArrayLength(), g.GetProperty("golden").GetInt32())),
        ];
    }
}
