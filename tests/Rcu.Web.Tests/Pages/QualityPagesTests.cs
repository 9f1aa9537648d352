using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Insight;
using Rcu.Segmentation;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Resolution;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>The dashboard of quality, one's own figures, and the two reports: each figure is the length of the list it leads to.</summary>
public partial class QualityPagesTests
{
    [Fact]
    public async Task The_board_says_nothing_before_it_knows_and_then_each_figure_is_its_list()
    {
        await using var hub = await TestHub.StartAsync();
        using var browser = await hub.SignInAsync(HubRoles.Steward);

        var before = await browser.ReadAsync("/qualite");
        await FillAsync(hub);
        var board = await browser.ReadAsync("/qualite");
        var source = await browser.ReadAsync("/qualite?source=crm");
        var people = await browser.ReadAsync("/qualite?type=Contact");

        Assert.Contains("Aucun score pour l’instant", before, StringComparison.Ordinal);
        Assert.Contains("Téléphone", board, StringComparison.Ordinal);
        Assert.Contains("Fonction", people, StringComparison.Ordinal);
        Assert.Contains("Pas assez d’historique", board, StringComparison.Ordinal);
        var figures = Figures(board).Concat(Figures(source)).Concat(Figures(people)).Distinct().ToList();
        Assert.True(figures.Count > 10, board);
        foreach (var (link, count) in figures.OrderBy(f => f.Link, StringComparer.Ordinal).Where((_, i) => i % 4 == 0))
        {
            var list = await browser.ReadAsync(link);
            Assert.Matches($@"class=""page-count""[^>]*>{count}</span>", list);
        }
    }

    [Fact]
    public async Task Each_count_of_a_problem_is_the_rows_it_opens_and_each_row_leads_to_its_sheet()
    {
        await using var hub = TestHub.StartWith(await DemoHub.CopyDatabaseAsync());
        using var browser = await hub.SignInAsync(HubRoles.Steward);

        var home = await browser.ReadAsync("/");
        var told = Problem().Matches(home).Select(m => (Link: WebUtility.HtmlDecode(m.Groups[1].Value), Words: m.Groups[2].Value, Count: Digits(m.Groups[3].Value))).ToList();
        Assert.True(told.Count > 3, home);
        foreach (var (link, words, count) in told)
        {
            var (rows, next, sheets) = (0, link, new List<string>());
            for (var page = await browser.ReadAsync(next); ; page = await browser.ReadAsync(next))
            {
                Assert.Contains($">{words}</h2>", page, StringComparison.Ordinal);
                sheets.AddRange(Sheet().Matches(page).Select(m => m.Groups[1].Value));
                rows += Regex.Count(page, "<tr><td lang");
                if (NextPage().Match(page) is not { Success: true } more)
                {
                    break;
                }

                next = WebUtility.HtmlDecode(more.Groups[1].Value);
            }

            Assert.Equal((link, count), (link, rows));
            Assert.DoesNotContain('.', words);
            Assert.Contains("band-name", await browser.ReadAsync(sheets[0]), StringComparison.Ordinal);
        }

        static int Digits(string text) => int.Parse(string.Concat(text.Where(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_sheet_says_what_costs_the_most_and_what_to_do_first()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await FillAsync(hub);
        using var browser = await hub.SignInAsync(HubRoles.Commercial);

        var page = await browser.ReadAsync($"/comptes/{sample.First.Account.Id}");

        Assert.Contains("Ce qui coûte le plus : Doublons possibles à juger (−5 pt). À faire d’abord : juger les doublons possibles.", page, StringComparison.Ordinal);
        Assert.Contains("82 sur 100", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_see_their_own_figures_alone_and_stewards_those_of_all()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await SampleCustomers.AddToAsync(hub.ConnectionString);
        var email = await hub.LetInAsync(HubRoles.Commercial);
        using var rep = hub.NewBrowser();
        (await rep.PostFormAsync("/connexion", "/connexion", [new("email", email), new("password", TestHub.Password)])).Dispose();
        using var steward = await hub.SignInAsync(HubRoles.Steward);
        await using (var db = sample.Open())
        {
            await OwnAsync(db, sample.First.Account.Id, email.ToUpperInvariant());
            await OwnAsync(db, sample.Accounts[3].Id, "paul@ailleurs.example");
        }

        await JudgeAsync(hub);
        var mine = await rep.ReadAsync("/qualite/moi?qui=paul@ailleurs.example");
        var list = await rep.ReadAsync("/comptes?de=paul@ailleurs.example");
        var all = await steward.ReadAsync("/qualite/contributeurs");
        var his = await steward.ReadAsync("/qualite/moi?qui=paul@ailleurs.example");
        using var shut = await rep.GetAsync(new Uri("/qualite/contributeurs", UriKind.Relative));

        Assert.Contains("Vous la remplissez, vous vous en servez.", mine, StringComparison.Ordinal);
        Assert.Contains("Mes fiches", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("paul@", mine, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(mine, @"probleme=[a-z_.]+&de=moi"));
        Assert.Contains(WebUtility.HtmlEncode("de l'Œuvre").Replace("&#39;", "'", StringComparison.Ordinal), WebUtility.HtmlDecode(list), StringComparison.Ordinal);
        Assert.DoesNotContain($"/comptes/{sample.Accounts[3].Id}", list, StringComparison.Ordinal);
        Assert.Contains("paul@ailleurs.example", all, StringComparison.Ordinal);
        Assert.Contains("Fiches de paul@ailleurs.example", his, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, shut.StatusCode);
    }

    [Fact]
    public async Task The_switch_of_codes_is_told_by_code_and_by_segment()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await SampleCustomers.AddToAsync(hub.ConnectionString);
        await using (var db = sample.Open())
        {
            db.Add(new Segment
            {
                Name = "Carrossiers",
                Target = SegmentTarget.Accounts,
                Rule = new Condition.All([new Condition.Compare("naf", Operator.StartsWith, ["45.20"])]),
                CreatedBy = "test",
                CreatedAt = sample.Now,
                UpdatedAt = sample.Now,
            });
            await db.SaveChangesAsync();
        }

        await JudgeAsync(hub);
        using var browser = await hub.SignInAsync(HubRoles.Marketing);
        var page = await browser.ReadAsync("/qualite/naf-2025");
        var file = await browser.ReadAsync("/qualite/naf-2025?handler=Export");

        Assert.Matches(@"Carrossiers[\s\S]*45\.20[\s\S]*95\.31Y", page);
        Assert.Matches(@"49\.41A", page);
        Assert.Contains("95.31Y (1)", file, StringComparison.Ordinal);
        Assert.Equal(7, file.Split("\r\n").Length - 1);
    }

    [Fact]
    public async Task What_an_electronic_invoice_lacks_is_told_customer_by_customer_and_exported()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await SampleCustomers.AddToAsync(hub.ConnectionString);
        var first = sample.First.Account;
        await using var db = sample.Open();
        await db.Database.ExecuteSqlAsync(
            $$"""
            update accounts set origins = jsonb_set(origins, '{routing_address}',
              jsonb_build_object('value', {{$"{first.Siren!.Value}_ACHATS"}}, 'source', 'erp', 'recordId', {{first.Id}}, 'at', now(), 'rule', 'only', 'lost', '[]'::jsonb))
            where id = {{first.Id}}
            """);
        await JudgeAsync(hub);
        using var browser = await hub.SignInAsync(HubRoles.Steward);

        var page = await browser.ReadAsync("/qualite/facturation");
        var ready = await browser.ReadAsync("/qualite/facturation?manque=ready");
        var file = await browser.ReadAsync("/qualite/facturation?handler=Export");

        var rows = await db.InvoicingReadiness.AsNoTracking().ToListAsync();
        Assert.Equal(sample.Accounts.Count(a => a.Type is AccountType.Customer), rows.Count);
        Assert.Empty(rows.Single(r => r.AccountId == first.Id).Gaps);
        var other = rows.Single(r => r.AccountId == sample.Accounts[1].Id);
        Assert.Equal(["routing"], other.Gaps);
        Assert.Contains("siren", rows.Single(r => r.AccountId == sample.Accounts[9].Id).Gaps);
        Assert.Contains("ceased", rows.Single(r => r.AccountId == sample.Accounts[17].Id).Gaps);
        Assert.Contains("Adresse de routage inconnue", page, StringComparison.Ordinal);
        Assert.Contains($"{first.Siren.Value}_ACHATS", ready, StringComparison.Ordinal);
        Assert.DoesNotContain($"/comptes/{sample.Accounts[1].Id}", ready, StringComparison.Ordinal);
        Assert.Equal(rows.Count + 1, file.Split("\r\n").Length - 1);
    }

    [Fact]
    public async Task Each_page_asks_the_database_no_more_than_it_may()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sample = await SampleCustomers.AddToAsync(database.App);
        await using var source = NpgsqlDataSource.Create(database.App);
        await new QualityScores(source, TimeProvider.System).RunAsync(default);
        var counter = new QueryCounter();
        await using var db = SampleCustomers.Open(database.App, counter);

        var board = await new Rcu.Exploration.QualityBoards(db).ReadAsync(RecordKind.Account, "", default);

        Assert.NotNull(board?.Whole);
        Assert.InRange(counter.Count, 1, 6);
        Assert.NotEmpty(sample.Accounts);
    }

    private static Task<int> OwnAsync(Rcu.Data.RcuDb db, Guid account, string owner) => db.Database.ExecuteSqlAsync(
        $$"""
        update accounts set origins = jsonb_set(origins, '{owner}',
          jsonb_build_object('value', {{owner}}, 'source', 'crm', 'recordId', {{account}}, 'at', now(), 'rule', 'only', 'lost', '[]'::jsonb))
        where id = {{account}}
        """);

    private static async Task<SampleCustomers> FillAsync(TestHub hub)
    {
        var sample = await SampleCustomers.AddToAsync(hub.ConnectionString);
        await JudgeAsync(hub);
        return sample;
    }

    private static async Task JudgeAsync(TestHub hub)
    {
        await using var source = NpgsqlDataSource.Create(hub.ConnectionString);
        await new QualityScores(source, TimeProvider.System).RunAsync(default);
    }

    private static IEnumerable<(string Link, string Count)> Figures(string page) =>
        Regex.Matches(page, @"<a href=""(/(?:comptes|contacts)\?probleme=[^""]+)"">(\d+)</a>")
            .Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), m.Groups[2].Value));

    [GeneratedRegex("""<a href="(/qualite/anomalies\?code=[^"]+)">([^<]+)</a></td>.*?<td class="num">([^<]+)</td>""", RegexOptions.Singleline)]
    private static partial Regex Problem();

    [GeneratedRegex("""<td>\s*<a href="(/(?:comptes|contacts)/[^"]+)">""")]
    private static partial Regex Sheet();

    [GeneratedRegex("""rel="next" href="([^"]+)""")]
    private static partial Regex NextPage();
}
