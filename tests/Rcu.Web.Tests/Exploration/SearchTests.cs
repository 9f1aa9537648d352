using Npgsql;
using Rcu.Exploration;
using Rcu.Insight;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Exploration;

public class SearchTests
{
    private static readonly AccountScope Reader = new("test");

    [Theory]
    [InlineData("carrosserie de l'oeuvre generale")]
    [InlineData("OEUVRE Générale")]
    [InlineData("SAS Carrosserie Œuvre Générale")]
    [InlineData("l'œuvre generale")]
    [InlineData("carroserie oeuvre genrale")]
    [InlineData("c: oeuvre generale")]
    public async Task A_name_is_found_whatever_its_accents_case_form_and_small_mistakes(string typed)
    {
        await using var database = await TestDatabase.CreateAsync();
        await SampleCustomers.AddToAsync(database.App);

        var answer = await FindAsync(database, typed);

        Assert.Equal(SampleAccount.Name, answer.Accounts[0].Name);
    }

    [Fact]
    public async Task An_exact_identifier_in_any_form_is_the_only_answer()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = (await SampleCustomers.AddToAsync(database.App)).First;
        string[] typed =
        [
            first.Siren.Value, first.Siren.Display, first.Siren.Value.Insert(3, " ").Insert(7, "."), first.Siret, first.SpacedSiret, first.Account.Vat!,
            first.Account.Vat!.Insert(4, " "), "0199001234", "01 99 00 12 34", "01.99.00.12.34", "+33 1 99 00 12 34", "0033199001234",
            "contact@oeuvre-generale.example", "ACC-0042", "C00127", "FA-2026-0003",
        ];

        foreach (var text in typed)
        {
            var answer = await FindAsync(database, text);
            Assert.True(answer.Direct.Count == 1 && answer.Direct[0].Id == first.Account.Id, $"{text}: {answer.Direct.Count}");
        }
    }

    [Fact]
    public async Task The_address_and_the_number_of_a_person_open_that_person()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = (await SampleCustomers.AddToAsync(database.App)).First;

        var byEmail = await FindAsync(database, "Marie.Dupont@Oeuvre-Generale.example");
        var byPhone = await FindAsync(database, "06 39 98 00 42");

        Assert.Equal((SearchKind.Contact, first.Contacts[0].Id), (byEmail.Direct.Single().Kind, byEmail.Direct.Single().Id));
        Assert.Equal(first.Contacts[0].Id, byPhone.Direct.Single().Id);
    }

    [Theory]
    [InlineData("955210", "siren_short", 6)]
    [InlineData("123456789", "siren_check", 9)]
    [InlineData("9552100500001", "siret_short", 13)]
    public async Task Digits_that_are_almost_an_identifier_say_what_is_missing(string typed, string code, int digits)
    {
        await using var database = await TestDatabase.CreateAsync();
        await SampleCustomers.AddToAsync(database.App);

        var answer = await FindAsync(database, typed);

        Assert.Equal(new NearMiss(code, digits), answer.Query.Near);
    }

    [Fact]
    public async Task The_first_digits_of_a_siren_find_it()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = (await SampleCustomers.AddToAsync(database.App)).First;

        var answer = await FindAsync(database, first.Siren.Value[..7]);

        Assert.Equal(first.Account.Id, answer.Accounts.Single().Id);
    }

    [Fact]
    public async Task People_are_found_by_their_name_and_what_was_typed_is_marked()
    {
        await using var database = await TestDatabase.CreateAsync();
        await SampleCustomers.AddToAsync(database.App);

        var answer = await FindAsync(database, "zoe etienne");

        var hit = Assert.Single(answer.Contacts, c => c.Name == "Zoé Étienne");
        Assert.Equal([("Zoé", true), (" ", false), ("Étienne", true)], hit.Marked(answer.Query));
    }

    [Fact]
    public async Task A_key_of_a_source_and_a_retired_id_lead_to_the_account()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = (await SampleCustomers.AddToAsync(database.App)).First;
        await using var db = SampleCustomers.Open(database.App);
        var keys = new SourceKeys(db);

        var found = await keys.FindAsync(Reader, "erp", "C00127", ClusterKind.Account, CancellationToken.None);
        var missing = await keys.FindAsync(Reader, "crm", "C00127", ClusterKind.Account, CancellationToken.None);
        var survivor = await keys.SurvivorAsync(ClusterKind.Account, first.RetiredId, CancellationToken.None);

        Assert.Equal(first.Account.Id, found.Value?.Id);
        Assert.Equal("source_key.not_found", missing.Error?.Code);
        Assert.Equal(first.Account.Id, survivor);
    }

    [Theory]
    [InlineData("carosserie oeuvre generale")]
    [InlineData("carrosserei oeuvre generale")]
    [InlineData("carrosserie oeuvree generalle")]
    [InlineData("caroserie oeuvre")]
    [InlineData("carrosserie xyzzy generale")]
    [InlineData("carrosserie de l'oeuvre")]
    public async Task A_large_base_finds_a_name_by_the_words_that_a_slip_may_stand_for(string typed)
    {
        await using var database = await TestDatabase.CreateAsync();
        await SampleCustomers.AddToAsync(database.App);
        await using var source = NpgsqlDataSource.Create(database.App);
        await new NameWords(source, TimeProvider.System).RunAsync(CancellationToken.None);
        await using var db = SampleCustomers.Open(database.App);

        var hits = await new NameSearch(db, large: -1).FindAsync(
            Reader.Accounts(db),
            NameQuery.Of(typed),
            8,
            (rows, by, shown) => rows.Take(shown).Select(a => new SearchHit(SearchKind.Account, a.Id, a.Name, a.Siren, null, null, null, by)),
            CancellationToken.None);

        Assert.Equal(SampleAccount.Name, hits[0].Name);
    }

    private static async Task<SearchAnswer> FindAsync(TestDatabase database, string typed)
    {
        await using var db = SampleCustomers.Open(database.App);
        return await new Search(db, SampleCustomers.Beside(db)).FindAsync(Reader, SearchRights.All, typed, 8, CancellationToken.None);
    }
}
