using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rcu.Web.Tests.Support;

/// <summary>
/// A simulator of the API Sirene 3.11, built from its contract and from recorded answers (header, periods, cursors, 400 and 404 bodies).
/// It is no Insee: it knows the units a test wrote, finds them by the date of their last treatment only, and gives a page after a cursor
/// until the cursor comes back. Nothing found is a 404; another key is refused; more than thirty calls in a minute are told to wait.
/// </summary>
internal sealed partial class SireneSimulator : IAsyncDisposable
{
    public const string Key = "cle-du-simulateur";

    private const int PerMinute = 30;

    private readonly SortedDictionary<string, JsonObject>[] _parts = [new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal)];
    private readonly List<DateTimeOffset> _calls = [];
    private readonly TimeProvider _clock;

    private SireneSimulator(TimeProvider clock) => _clock = clock;

    public FakeApi Api { get; private set; } = null!;

    /// <summary>Calls that came too soon.</summary>
    public int Refused { get; private set; }

    public static async Task<SireneSimulator> StartAsync(TimeProvider clock)
    {
        var simulator = new SireneSimulator(clock);
        simulator.Api = await FakeApi.StartAsync(simulator.Answer);
        return simulator;
    }

    /// <summary>A legal unit in Insee's shape, treated at an instant of Paris.</summary>
    public JsonObject Unit(string treated, string siren, string? name, string state = "A", string since = "2020-01-01", string diffusion = "O", string nic = "00013", string? naf = "62.02A")
    {
        var unit = new JsonObject
        {
            ["siren"] = siren,
            ["statutDiffusionUniteLegale"] = diffusion,
            ["dateCreationUniteLegale"] = "2001-05-02",
            ["sigleUniteLegale"] = null,
            ["prenom1UniteLegale"] = null,
            ["prenomUsuelUniteLegale"] = null,
            ["trancheEffectifsUniteLegale"] = "12",
            ["anneeEffectifsUniteLegale"] = "2024",
            ["dateDernierTraitementUniteLegale"] = treated,
            ["categorieEntreprise"] = "PME",
            ["periodesUniteLegale"] = new JsonArray(
                new JsonObject
                {
                    ["dateFin"] = null,
                    ["dateDebut"] = since,
                    ["etatAdministratifUniteLegale"] = state,
                    ["nomUniteLegale"] = null,
                    ["nomUsageUniteLegale"] = null,
                    ["denominationUniteLegale"] = name,
                    ["denominationUsuelle1UniteLegale"] = null,
                    ["categorieJuridiqueUniteLegale"] = "5499",
                    ["activitePrincipaleUniteLegale"] = naf,
                    ["nomenclatureActivitePrincipaleUniteLegale"] = "NAFRev2",
                    ["activitePrincipaleNAF25UniteLegale"] = null,
                    ["nicSiegeUniteLegale"] = nic,
                },
                new JsonObject { ["dateFin"] = "2019-12-31", ["dateDebut"] = "2001-05-02", ["denominationUniteLegale"] = "ANCIEN NOM", ["etatAdministratifUniteLegale"] = "A" }),
        };
        return _parts[0][siren] = unit;
    }

    /// <summary>An establishment in Insee's shape.</summary>
    public JsonObject Establishment(string treated, string siret, string city, bool headOffice = true, string state = "A", string since = "2020-01-01", string diffusion = "O", string street = "DE LA PAIX")
    {
        var place = new JsonObject
        {
            ["siren"] = siret[..9],
            ["nic"] = siret[9..],
            ["siret"] = siret,
            ["statutDiffusionEtablissement"] = diffusion,
            ["dateCreationEtablissement"] = "2001-05-02",
            ["trancheEffectifsEtablissement"] = "12",
            ["dateDernierTraitementEtablissement"] = treated,
            ["etablissementSiege"] = headOffice,
            ["activitePrincipaleNAF25Etablissement"] = null,
            ["uniteLegale"] = new JsonObject { ["etatAdministratifUniteLegale"] = "A" },
            ["adresseEtablissement"] = new JsonObject
            {
                ["complementAdresseEtablissement"] = null,
                ["numeroVoieEtablissement"] = "12",
                ["indiceRepetitionEtablissement"] = null,
                ["typeVoieEtablissement"] = "RUE",
                ["libelleVoieEtablissement"] = street,
                ["codePostalEtablissement"] = "75002",
                ["libelleCommuneEtablissement"] = city,
                ["distributionSpecialeEtablissement"] = null,
                ["codeCommuneEtablissement"] = "75102",
                ["codePaysEtrangerEtablissement"] = null,
                ["libellePaysEtrangerEtablissement"] = null,
            },
            ["periodesEtablissement"] = new JsonArray(new JsonObject
            {
                ["dateFin"] = null,
                ["dateDebut"] = since,
                ["etatAdministratifEtablissement"] = state,
                ["enseigne1Etablissement"] = null,
                ["denominationUsuelleEtablissement"] = null,
                ["activitePrincipaleEtablissement"] = "62.02A",
                ["nomenclatureActivitePrincipaleEtablissement"] = "NAFRev2",
            }),
        };
        return _parts[1][siret] = place;
    }

    public void Succession(string treated, string predecessor, string successor, string on, bool headOfficeMoved) => _parts[2][predecessor + successor] = new JsonObject
    {
        ["siretEtablissementPredecesseur"] = predecessor,
        ["siretEtablissementSuccesseur"] = successor,
        ["dateLienSuccession"] = on,
        ["transfertSiege"] = headOfficeMoved,
        ["continuiteEconomique"] = true,
        ["dateDernierTraitementLienSuccession"] = treated,
    };

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    private FakeAnswer Answer(FakeAsk ask)
    {
        var now = _clock.GetUtcNow();
        _calls.RemoveAll(call => now - call >= TimeSpan.FromMinutes(1));
        _calls.Add(now);
        if (ask.Header("X-INSEE-Api-Key-Integration") != Key)
        {
            return new FakeAnswer(401, """{"http_status_code":401,"message":"Unauthorized"}""");
        }

        if (_calls.Count > PerMinute)
        {
            Refused++;
            return new FakeAnswer(429, """{"message":"Rate limit exceeded ! You reached the limit of 30 requests per 1 MINUTES"}""", ("Retry-After", "60"));
        }

        return ask.Path switch
        {
            "/siren" => Page(0, "unitesLegales", "dateDernierTraitementUniteLegale", ask),
            "/siret" => Page(1, "etablissements", "dateDernierTraitementEtablissement", ask),
            "/siret/liensSuccession" => Page(2, "liensSuccession", "dateDernierTraitementLienSuccession", ask),
            _ => new FakeAnswer(404, "<html>Not Found</html>"),
        };
    }

    private FakeAnswer Page(int part, string list, string field, FakeAsk ask)
    {
        var asked = Between().Match(ask.Query["q"]);
        if (!asked.Success || asked.Groups[1].Value != field || string.CompareOrdinal(asked.Groups[2].Value, asked.Groups[3].Value) > 0)
        {
            return new FakeAnswer(400, Header(400, $"Erreur de syntaxe, ordre incorrect dans l'intervalle : {ask.Query["q"]}").ToJsonString());
        }

        var cursor = ask.Query["curseur"];
        var after = cursor == "*" ? "" : Encoding.UTF8.GetString(Convert.FromBase64String(cursor));
        var found = _parts[part].Where(one => IsBetween((string)one.Value[field]!, asked.Groups[2].Value, asked.Groups[3].Value)).ToList();
        if (found.Count == 0)
        {
            return new FakeAnswer(404, Header(404, $"Aucun élément trouvé pour q={ask.Query["q"]}").ToJsonString());
        }

        var page = found.Where(one => string.CompareOrdinal(one.Key, after) > 0).Take(int.Parse(ask.Query["nombre"], CultureInfo.InvariantCulture)).ToList();
        var answer = Header(200, "OK");
        var header = answer["header"]!.AsObject();
        (header["total"], header["debut"], header["nombre"], header["curseur"]) = (found.Count, 0, page.Count, cursor);
        header["curseurSuivant"] = page.Count == 0 ? cursor : Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Key));
        answer[list] = new JsonArray([.. page.Select(one => one.Value.DeepClone())]);
        return new FakeAnswer(200, answer.ToJsonString());
    }

    private static bool IsBetween(string treated, string since, string until) =>
        string.CompareOrdinal(treated, since) >= 0 && string.CompareOrdinal(treated, until) <= 0;

    private static JsonObject Header(int status, string message) => new() { ["header"] = new JsonObject { ["statut"] = status, ["message"] = message } };

    [GeneratedRegex(@"^(\w+):\[(\S+) TO (\S+)\]$")]
    private static partial Regex Between();
}
