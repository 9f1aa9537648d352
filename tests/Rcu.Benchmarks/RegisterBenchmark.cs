using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Rcu.Reference;
using Rcu.Reference.Register;

namespace Rcu.Benchmarks;

/// <summary>
/// A million establishments in the fifty-four columns of Insee's StockEtablissement, all different, loaded as the register: rows a second
/// beside a bare copy of the same rows, and how long the forty-three million of the whole file would take at that pace.
/// </summary>
internal static class RegisterBenchmark
{
    public const string Name = "ingestion.register";

    private const int Rows = 1_000_000;
    private const double WholeFile = 43_000_000;

    private const string Columns =
        "siren,nic,siret,statutDiffusionEtablissement,dateCreationEtablissement,trancheEffectifsEtablissement,anneeEffectifsEtablissement,activitePrincipaleRegistreMetiersEtablissement,dateDernierTraitementEtablissement,etablissementSiege,nombrePeriodesEtablissement,complementAdresseEtablissement,numeroVoieEtablissement,indiceRepetitionEtablissement,dernierNumeroVoieEtablissement,indiceRepetitionDernierNumeroVoieEtablissement,typeVoieEtablissement,libelleVoieEtablissement,codePostalEtablissement,libelleCommuneEtablissement,libelleCommuneEtrangerEtablissement,distributionSpecialeEtablissement,codeCommuneEtablissement,codeCedexEtablissement,libelleCedexEtablissement,codePaysEtrangerEtablissement,libellePaysEtrangerEtablissement,identifiantAdresseEtablissement,coordonneeLambertAbscisseEtablissement,coordonneeLambertOrdonneeEtablissement,complementAdresse2Etablissement,numeroVoie2Etablissement,indiceRepetition2Etablissement,typeVoie2Etablissement,libelleVoie2Etablissement,codePostal2Etablissement,libelleCommune2Etablissement,libelleCommuneEtranger2Etablissement,distributionSpeciale2Etablissement,codeCommune2Etablissement,codeCedex2Etablissement,libelleCedex2Etablissement,codePaysEtranger2Etablissement,libellePaysEtranger2Etablissement,dateDebut,etatAdministratifEtablissement,enseigne1Etablissement,enseigne2Etablissement,enseigne3Etablissement,denominationUsuelleEtablissement,activitePrincipaleEtablissement,nomenclatureActivitePrincipaleEtablissement,caractereEmployeurEtablissement,activitePrincipaleNAF25Etablissement";

    private static readonly string[] Streets = ["RUE", "AVENUE", "BOULEVARD", "PLACE", "CHEMIN", "IMPASSE", "ROUTE", "ALLEE"];
    private static readonly string[] Ways = ["DE LA GARE", "DES TILLEULS", "VICTOR HUGO", "DU GENERAL LECLERC", "DE L'EGLISE", "JEAN JAURES", "DU MOULIN"];
    private static readonly string[] Bands = ["", "NN", "00", "01", "02", "03", "11", "12", "21"];
    private static readonly Commune[] Towns = [.. Communes.All.Where(town => !town.IsArrondissement).OrderBy(town => town.Code, StringComparer.Ordinal)];

    private static readonly string[] Activities = [.. Naf.All.Select(activity => activity.Code).Order(StringComparer.Ordinal)];

    public static async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        var file = Path.Combine(data.Folder, "StockEtablissement.csv");
        await using (var text = new StreamWriter(file, append: false, new UTF8Encoding(false)))
        {
            await text.WriteLineAsync(Columns.AsMemory(), ct);
            foreach (var cells in Cells())
            {
                await text.WriteLineAsync(string.Join(',', cells.Select(cell => cell.Contains(',', StringComparison.Ordinal) ? $"\"{cell}\"" : cell)).AsMemory(), ct);
            }
        }

        await using var hub = await data.NewHubAsync(ct);
        // Making the rows is no part of copying them.
        var making = Stopwatch.StartNew();
        var made = Cells().Count();
        making.Stop();
        var copy = await RawCopy.SecondsAsync(hub, Columns.Split(',').Length, Cells(), ct) - making.Elapsed.TotalSeconds;
        await using var content = File.OpenRead(file);
        var watch = Stopwatch.StartNew();
        var loaded = await new RegisterLoad(hub.Database, TimeProvider.System).RunAsync(
            [new RegisterSource(Path.GetFileName(file), content)], "bench", null, ct);
        var seconds = watch.Elapsed.TotalSeconds;
        if (made != Rows || loaded.Value is not [{ Rows: Rows }])
        {
            throw new InvalidOperationException(loaded.Error?.Message ?? "Rows were set aside.");
        }

        yield return new Figure(Name, Rows / seconds, "rows/s", "raw binary COPY of the same rows, all 54 columns as text, into an unindexed table; the register keeps 22 and indexes them", copy / seconds);
        yield return new Figure(
            $"{Name}.whole", WholeFile / Rows * seconds / 60, "minutes for 43 M rows, extrapolated from 1 M at the same pace",
            "the time of 1 M rows", WholeFile / Rows);
    }

    private static IEnumerable<string[]> Cells()
    {
        var places = Columns.Split(',').Select((name, at) => (name, at)).ToDictionary(column => column.name, column => column.at);
        for (var n = 0; n < Rows; n++)
        {
            var company = InventedCompanies.At(n);
            var cells = new string[places.Count];
            Array.Fill(cells, "");
            var town = Towns[n * 7919L % Towns.Length];
            var nic = (n % 97 * 11 + 10).ToString("00000", CultureInfo.InvariantCulture);
            var founded = new DateOnly(1985, 1, 1).AddDays(n * 37 % 15_000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Set("siren", company.Siren);
            Set("nic", nic);
            Set("siret", company.Siren + nic);
            Set("statutDiffusionEtablissement", n % 11 == 0 ? "P" : "O");
            Set("dateCreationEtablissement", founded);
            Set("trancheEffectifsEtablissement", Bands[n % Bands.Length]);
            Set("anneeEffectifsEtablissement", n % Bands.Length < 2 ? "" : "2023");
            Set("dateDernierTraitementEtablissement", $"2025-{n % 12 + 1:00}-{n % 28 + 1:00}T{n % 24:00}:{n % 60:00}:{n * 7 % 60:00}.000");
            Set("etablissementSiege", n % 4 == 0 ? "false" : "true");
            Set("nombrePeriodesEtablissement", (n % 6 + 1).ToString(CultureInfo.InvariantCulture));
            Set("complementAdresseEtablissement", n % 7 == 0 ? $"BATIMENT {(char)('A' + n % 26)}" : "");
            Set("numeroVoieEtablissement", n % 11 == 0 ? "[ND]" : (n % 240 + 1).ToString(CultureInfo.InvariantCulture));
            Set("indiceRepetitionEtablissement", n % 13 == 0 ? "B" : "");
            Set("typeVoieEtablissement", n % 11 == 0 ? "[ND]" : Streets[n % Streets.Length]);
            Set("libelleVoieEtablissement", n % 11 == 0 ? "[ND]" : Ways[n / 3 % Ways.Length]);
            Set("codePostalEtablissement", company.PostalCode);
            Set("libelleCommuneEtablissement", town.Name.ToUpperInvariant());
            Set("codeCommuneEtablissement", town.Code);
            Set("dateDebut", founded);
            Set("etatAdministratifEtablissement", n % 3 == 0 ? "F" : "A");
            Set("enseigne1Etablissement", n % 11 == 0 ? "[ND]" : n % 5 == 0 ? $"{company.Name.ToUpperInvariant()}, DEPUIS {n % 60 + 1950}" : "");
            Set("denominationUsuelleEtablissement", n % 11 != 0 && n % 3 == 0 ? company.Name.ToUpperInvariant() : "");
            Set("activitePrincipaleEtablissement", Activities[n * 31L % Activities.Length]);
            Set("nomenclatureActivitePrincipaleEtablissement", "NAFRev2");
            Set("caractereEmployeurEtablissement", n % 2 == 0 ? "O" : "N");
            yield return cells;

            void Set(string column, string value) => cells[places[column]] = value;
        }
    }
}
