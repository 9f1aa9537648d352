using Rcu.Identifiers;

namespace Rcu.Tests.Identifiers;

public class OfficialNumbersTests
{
    public static TheoryData<string, string, bool> Vectors()
    {
        var vectors = new TheoryData<string, string, bool>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "siren_siret_tva_vecteurs.csv")).Skip(1))
        {
            var cells = line.Split(',', 4);
            vectors.Add(cells[0], cells[1], cells[2].StartsWith("valide", StringComparison.Ordinal));
        }

        return vectors;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Public_numbers_are_judged_as_insee_does(string text, string type, bool valid)
    {
        var parsed = type switch
        {
            "siren" => Siren.TryParse(text, null, out _),
            "siret" => Siret.TryParse(text, null, out _),
            _ => VatNumber.TryParse(text, null, out _),
        };

        Assert.Equal(valid, parsed);
    }

    [Theory]
    [InlineData("552032534", "FR27552032534")]
    [InlineData("356000000", "FR39356000000")]
    public void The_vat_number_of_a_company_is_computed(string siren, string vat) =>
        Assert.Equal(vat, VatNumber.Of(Siren.Parse(siren)).Value);

    [Theory]
    [InlineData("FR28552032534", false)]
    [InlineData("BE 0403.170.701", true)]
    [InlineData("DE136695976", true)]
    [InlineData("DE13669597", false)]
    [InlineData("NL004495445B01", true)]
    [InlineData("ESA28015865", true)]
    [InlineData("XX123456789", false)]
    [InlineData("", false)]
    public void Foreign_vat_numbers_are_accepted_by_form(string text, bool valid) =>
        Assert.Equal(valid, VatNumber.TryParse(text, null, out _));

    [Fact]
    public void Numbers_are_shown_in_groups()
    {
        Assert.Equal("552\u00a0032\u00a0534", Siren.Parse("552032534").Display);
        Assert.Equal("552\u00a0032\u00a0534\u00a000646", Siret.Parse("55203253400646").Display);
        Assert.Equal("00646", Siret.Parse("55203253400646").Nic);
    }

    [Theory]
    [InlineData("88974287600009", true, true)]
    [InlineData("88974287600009", false, false)]
    [InlineData("88087814500015", false, true)]
    [InlineData("88087814", true, false)]
    public void A_siret_that_fails_its_check_is_accepted_when_the_register_lists_it(string text, bool listed, bool accepted) =>
        Assert.Equal(accepted, Siret.TryAccept(text, _ => listed, out _));
}
