using System.Net;
using System.Text.Json;
using Rcu.Web.Tests.Api;
using static Rcu.Web.Tests.Register.RegisterFiles;

namespace Rcu.Web.Tests.Register;

public class RegisterApiTests
{
    [Fact]
    public async Task A_unit_is_found_by_its_number_and_a_number_that_is_none_is_told()
    {
        await using var api = await ApiHub.StartAsync();
        await LoadFixtureAsync(api.Hub.ConnectionString);

        var (found, unit) = await api.GetAsync("/register/units/063800031");
        var (place, establishment) = await api.GetAsync("/register/establishments/063%20800%20031%2000013");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (found.StatusCode, place.StatusCode));
        Assert.Equal("SARL KING", unit.GetProperty("name").GetString());
        Assert.Equal("06380003100013", establishment.GetProperty("siret").GetString());
        Assert.True(establishment.GetProperty("mayBeProspected").GetBoolean());
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("/register/units/552032534")).Answer.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.GetAsync("/register/units/12")).Answer.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.GetAsync("/register/candidates?name=King")).Answer.StatusCode);
    }

    [Theory]
    [InlineData("King", "13001", "", "063800031")]
    [InlineData("HAUTS DE SAINTE CROIX METZ", "57000", "", "019439678")]
    [InlineData("Hauts de St Croix", "57000", "4 rue du Haut Poirier", "019439678")]
    [InlineData("Le Gaacier", "13260", "4 Quai des Baux", "059806653")]
    public async Task A_name_and_a_postal_code_lead_to_the_unit_with_a_reason(string name, string postalCode, string street, string siren)
    {
        await using var api = await ApiHub.StartAsync();
        await LoadFixtureAsync(api.Hub.ConnectionString);

        var (_, body) = await api.GetAsync($"/register/candidates?name={Uri.EscapeDataString(name)}&postalCode={postalCode}&street={Uri.EscapeDataString(street)}");

        var best = body.GetProperty("candidates").EnumerateArray().First();
        Assert.Equal(siren, best.GetProperty("unit").GetProperty("siren").GetString());
        Assert.True(best.GetProperty("score").GetInt32() >= 50, body.ToString());
        Assert.EndsWith(".", best.GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_in_partial_diffusion_is_found_by_its_number_alone()
    {
        await using var api = await ApiHub.StartAsync();
        var (units, places) = (Headers(Units), Headers(Establishments));
        await LoadAsync(
            api.Hub.ConnectionString,
            (Units, string.Join('\n', units,
                Row(units, ("siren", "552032534"), ("statutDiffusionUniteLegale", "P"), ("denominationUniteLegale", "[ND]")),
                Row(units, ("siren", "552081317"), ("statutDiffusionUniteLegale", "P"), ("denominationUniteLegale", "BOULANGERIE DU PORT")))),
            (Establishments, string.Join('\n', places, Place(places, "552032534", "[ND]"), Place(places, "552081317", "BOULANGERIE DU PORT"))));

        var (_, unit) = await api.GetAsync("/register/units/552032534");

        Assert.False(unit.GetProperty("mayBeProspected").GetBoolean());
        Assert.Equal(JsonValueKind.Null, unit.GetProperty("name").ValueKind);
        foreach (var name in new[] { "[ND]", "ND", "Boulangerie du Port" })
        {
            var (_, body) = await api.GetAsync($"/register/candidates?name={Uri.EscapeDataString(name)}&postalCode=29200");
            Assert.Empty(body.GetProperty("candidates").EnumerateArray());
        }
    }

    private static string Place(string headers, string siren, string sign) => Row(
        headers, ("siren", siren), ("nic", "00014"), ("siret", $"{siren}00014"), ("statutDiffusionEtablissement", "P"), ("enseigne1Etablissement", sign),
        ("codePostalEtablissement", "29200"), ("etablissementSiege", "true"));
}
