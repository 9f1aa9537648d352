namespace Rcu.Matching.Tests;

public class PersonMatchingTests
{
    private static readonly Field[] Fields =
    [
        new("given", FieldKind.GivenName), new("family", FieldKind.FamilyName), new("full", FieldKind.FullName),
        new("email", FieldKind.Email), new("phone", FieldKind.Phone), new("mobile", FieldKind.Phone),
        new("account", FieldKind.Identifier), new("company", FieldKind.CompanyName),
    ];

    [Fact]
    public void Names_either_way_round_and_an_initial_are_one_person_in_one_firm()
    {
        var result = Match(
            ["Zoé", "Gaillardet", null, "zoe.gaillardet@fournil.fr", null, null, "A1", "Fournil du Port"],
            [null, null, "GAILLARDET Zoé", null, null, null, null, "Fournil du Port"],
            ["Z.", "Gaillardet", null, "zoe.gaillardet@fournil.fr", null, null, "A1", null]);

        Assert.Equal([0, 0, 0], result.ClusterOf);
    }

    [Fact]
    public void A_generic_mailbox_is_nobody()
    {
        var result = Match(
            ["Zoé", "Gaillardet", null, "contact@fournil.fr", null, null, "A1", null],
            ["Luc", "Abadie", null, "contact@fournil.fr", null, null, "A1", null],
            [null, null, null, "contact@fournil.fr", null, null, null, null]);

        Assert.Equal([0, 1, 2], result.ClusterOf);
        Assert.DoesNotContain(result.Explain(0, 1).Evidence, evidence => evidence.Field == "mail");
    }

    [Fact]
    public void A_switchboard_joins_nobody()
    {
        var records = "Abadie Bodin Carlier Delaunay Evrard Faivre Guillot Hamon".Split(' ')
            .Select(name => new string?[] { "Camille", name, null, null, "01 99 00 12 34", null, "A1", "Fournil" }).ToArray();

        var result = Match(records);

        Assert.Equal(records.Length, result.ClusterOf.Distinct().Count());
        Assert.Equal("shared", result.Explain(0, 1).Evidence.Single(evidence => evidence.Field == "phone").Level);
    }

    [Fact]
    public void Homonyms_of_one_firm_with_two_mailboxes_or_two_mobiles_are_two()
    {
        var result = Match(
            ["Jean", "Dupuis", null, "jean.dupuis@fournil.fr", null, null, "A1", "Fournil"],
            ["Jean", "Dupuis", null, "jean.dupuis2@fournil.fr", null, null, "A1", "Fournil"],
            ["Luc", "Abadie", null, null, null, "06 39 98 00 01", "A2", "Garage"],
            ["Luc", "Abadie", null, null, null, "06 39 98 77 42", "A2", "Garage"]);

        Assert.Equal([0, 1, 2, 3], result.ClusterOf);
        Assert.Contains(result.Pairs, pair => pair.Veto == Vetoes.Contradiction && pair.Band == Band.Review);
    }

    [Fact]
    public void A_third_record_does_not_bring_homonyms_together()
    {
        var result = Match(
            ["Jean", "Dupuis", null, "jean.dupuis@fournil.fr", null, null, "A1", "Fournil"],
            ["Jean", "Dupuis", null, "jean.dupuis2@fournil.fr", null, null, "A1", "Fournil"],
            ["Jean", "Dupuis", null, null, null, null, "A1", "Fournil"]);

        Assert.NotEqual(result.ClusterOf[0], result.ClusterOf[1]);
    }

    [Fact]
    public void A_personal_mailbox_with_the_same_name_and_mobile_is_the_same_person()
    {
        var result = Match(
            ["Zoé", "Gaillardet", null, "zoe.gaillardet@fournil.fr", null, "06 39 98 00 42", "A1", "Fournil"],
            ["zoe", "gaillardet", null, "zozo13@orange.fr", null, "+33639980042", null, null]);

        Assert.Equal([0, 0], result.ClusterOf);
    }

    [Fact]
    public void One_typing_error_in_the_name_is_forgiven_when_the_mailbox_is_the_same()
    {
        var result = Match(
            ["Zoé", "Gaillardet", null, "zoe.gaillardet@fournil.fr", null, null, null, null],
            ["Zoé", "Gaillradet", null, "ZOE.GAILLARDET@FOURNIL.FR", null, null, null, null]);

        Assert.Equal([0, 0], result.ClusterOf);
    }

    [Fact]
    public void An_account_id_is_the_firms_and_a_social_security_number_is_ones_own()
    {
        var records = new RecordSet(EntityKind.Person, [new("full", FieldKind.FullName), new("number", FieldKind.Identifier)]);
        for (var i = 0; i < 40; i++)
        {
            records.Add($"a{i:D2}", "crm", [$"Person{(char)('a' + (i / 2))} Family{(char)('a' + (i / 2))}", $"{100000 + ((i / 2) * 97)}"]);
        }

        var result = Matcher.Run(records, new MatchSettings(), []);

        Assert.Equal("number", result.Explain(0, 1).Evidence[^1].Field);
        Assert.Equal(20, result.ClusterOf.Distinct().Count());
    }

    private static MatchResult Match(params string?[][] people)
    {
        var records = new RecordSet(EntityKind.Person, Fields);
        for (var i = 0; i < people.Length; i++)
        {
            records.Add($"p{i}", "crm", people[i]);
        }

        return Matcher.Run(records, new MatchSettings(), []);
    }
}
