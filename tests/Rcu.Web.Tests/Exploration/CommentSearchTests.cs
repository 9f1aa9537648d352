using System.Net;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Web.Tests.Api;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Exploration;

public class CommentSearchTests
{
    private const string Word = "Réclamation : la livraison du 12 mars est arrivée cassée,\n« inadmissible » dit M. Noël (sic).";

    private static readonly AccountScope Reader = new("test");

    [Theory]
    [InlineData("reclamations")]
    [InlineData("RÉCLAMATION livraisons")]
    [InlineData("cassee")]
    [InlineData("\"livraison du 12 mars\"")]
    public async Task What_was_said_is_found_by_its_words_whatever_their_accents_and_endings(string typed)
    {
        await using var database = await TestDatabase.CreateAsync();
        var account = await SayAsync(database.App);
        await using var db = SampleCustomers.Open(database.App);

        var hit = Assert.Single(await new CommentSearch(db, TimeProvider.System).FindAsync(Reader, typed, 10, default));
        var timeline = await new Timeline(db).ReadAsync(Reader, new TimelineFilter(account, Words: typed), null, default);

        Assert.Equal(account, hit.AccountId);
        Assert.Contains(hit.Excerpt, piece => piece.IsMatch);
        Assert.DoesNotContain(hit.Excerpt, piece => piece.Text.Contains('\u0002', StringComparison.Ordinal));
        Assert.Equal(Word, Assert.Single(timeline.Items).Text);
    }

    [Theory]
    [InlineData("livraison -cassée")]
    [InlineData("xylophone")]
    [InlineData("'); drop table interactions; --")]
    [InlineData("li")]
    public async Task What_was_not_said_is_not_found(string typed)
    {
        await using var database = await TestDatabase.CreateAsync();
        await SayAsync(database.App);
        await using var db = SampleCustomers.Open(database.App);

        Assert.Empty(await new CommentSearch(db, TimeProvider.System).FindAsync(Reader, typed, 10, default));
    }

    [Fact]
    public async Task The_search_page_shows_the_excerpt_and_the_timeline_its_own_box()
    {
        await using var api = await ApiHub.StartAsync();
        var account = await SayAsync(api.Hub.ConnectionString);
        using var browser = await SignedIn.ClientAsync(api.Hub, "Commercial");

        var found = await browser.ReadAsync("/recherche?q=reclamation+cassee");
        var timeline = await browser.ReadAsync($"/comptes/{account}?mots=reclamation");
        using var stranger = api.Hub.CreateClient(new() { AllowAutoRedirect = false });
        var closed = await stranger.GetAsync(new Uri("/recherche?q=reclamation", UriKind.Relative));

        Assert.Contains("Ce qui a été dit", found, StringComparison.Ordinal);
        Assert.Contains("<mark>cassée</mark>", found, StringComparison.Ordinal);
        Assert.Contains("« inadmissible » dit M. Noël (sic).", timeline, StringComparison.Ordinal);
        Assert.Contains("name=\"mots\" maxlength=\"200\" value=\"reclamation\"", timeline, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, closed.StatusCode);
    }

    private static async Task<Guid> SayAsync(string connectionString)
    {
        var account = (await SampleCustomers.AddToAsync(connectionString)).First.Account.Id;
        await using var db = SampleCustomers.Open(connectionString);
        db.Interactions.Add(new Interaction
        {
            AccountId = account,
            Id = Guid.CreateVersion7(),
            Kind = "complaint",
            Channel = "hub",
            Direction = Direction.Inbound,
            At = DateTimeOffset.UtcNow.AddDays(-1),
            Text = Word,
            Source = "saisie",
        });
        await db.SaveChangesAsync();
        return account;
    }
}
