using System.Text;
using Rcu.Ingestion.Reading;
using Rcu.Web.Commands;

namespace Rcu.Web.Tests.Commands;

/// <summary>What the person with a messy list gets from <c>dedupe</c>.</summary>
public sealed class DedupeTests : IDisposable
{
    private const string Messy =
        """
        Raison sociale;SIRET;Adresse;CP;Ville;Téléphone
        "Boulangerie ""Chez Paul"" SARL";55203253400646;12 rue de la Paix;75002;Paris;01 42 00 00 00
        BOULANGERIE CHEZ PAUL;552032534;12, r. de la paix;75002;PARIS;0142000000
        Garage Martin;;3 av Foch;57000;Metz;
        "Garage Dupond;3 av Foch;57000;Metz
        =SOMME(A1);;;;;
        Café de l’Œuvre;;1 place d’Armes;57000;Metz;;en;trop
        """;

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Every_row_comes_out_in_its_place_with_its_group()
    {
        var file = _line.Write("liste.csv", Messy.ReplaceLineEndings("\r\n"), EncodingGuess.Named("windows-1252"));

        var code = await _line.DedupeAsync(file);

        Assert.Equal(0, code);
        Assert.Equal(
        [
            "Raison sociale;SIRET;Adresse;CP;Ville;Téléphone;cluster_id",
            "\"Boulangerie \"\"Chez Paul\"\" SARL\";55203253400646;12 rue de la Paix;75002;Paris;01 42 00 00 00;1",
            "BOULANGERIE CHEZ PAUL;552032534;12, r. de la paix;75002;PARIS;0142000000;1",
            "Garage Martin;;3 av Foch;57000;Metz;;2",
            "\"\"\"Garage Dupond\";3 av Foch;57000;Metz;;;3",
            "=SOMME(A1);;;;;;4",
            "Café de l’Œuvre;;1 place d’Armes;57000;Metz;;5;en;trop",
        ], _line.Lines("liste.doublons.csv"));
        Assert.True(_line.Bytes("liste.doublons.csv").AsSpan().StartsWith(Encoding.UTF8.Preamble));
        Assert.Contains("liste.csv, ", _line.Aside, StringComparison.Ordinal);
        Assert.Equal(["liste.csv", "liste.doublons.csv"], _line.Files);
    }

    [Fact]
    public async Task Standard_output_is_one_line_of_figures()
    {
        var file = _line.Write("liste.csv", Messy);

        await _line.DedupeAsync(file);

        Assert.Equal(1, _line.Out.Count(c => c == '\n'));
        Assert.Equal(["records", "pairs", "clusters", "seconds", "peak_memory_mb"], _line.Json.EnumerateObject().Select(figure => figure.Name));
        Assert.Equal((6, 1, 5), (_line.Json.GetProperty("records").GetInt32(), _line.Json.GetProperty("pairs").GetInt32(), _line.Json.GetProperty("clusters").GetInt32()));
    }

    [Fact]
    public async Task Pairs_come_with_their_ids_and_their_reason()
    {
        var file = _line.Write("liste.csv", "code,nom,siren,ville\nA1,Garage Martin,552032534,Metz\nB2,GARAGE MARTIN SARL,552032534,Metz\nC3,Autre,,Paris\n");

        await _line.DedupeAsync(file, "--id", "code", "--pairs", _line.PathOf("paires.csv"), "--out", _line.PathOf("groupes.csv"));

        var pairs = _line.Lines("paires.csv");
        Assert.Equal("id_a,id_b,probability,weight,explanation", pairs[0]);
        Assert.StartsWith("A1,B2,", Assert.Single(pairs[1..]), StringComparison.Ordinal);
        Assert.EndsWith(".\"", pairs[1], StringComparison.Ordinal);
        Assert.Equal(["groupes.csv", "liste.csv", "paires.csv"], _line.Files);
    }

    [Fact]
    public async Task Without_an_id_a_row_is_its_number()
    {
        var file = _line.Write("liste.csv", "nom;siren\nX;\nGarage Martin;552032534\nGarage Martin;552032534\n");

        await _line.DedupeAsync(file, "--pairs", _line.PathOf("paires.csv"));

        Assert.StartsWith("2;3;", _line.Lines("paires.csv")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_s_plain_file_gets_no_mark()
    {
        var file = _line.Write("liste.csv", "nom,siren\nGarage Martin,552032534\n");

        await _line.DedupeAsync(file);

        Assert.Equal("nom,siren,cluster_id\nGarage Martin,552032534,1\n", File.ReadAllText(_line.PathOf("liste.doublons.csv")));
        Assert.Equal((byte)'n', _line.Bytes("liste.doublons.csv")[0]);
    }

    [Fact]
    public async Task Only_the_columns_named_are_compared()
    {
        var file = _line.Write("liste.csv", "a,b,c\nGarage Martin,Metz,552032534\nGarage Martin,Metz,542065479\n");

        await _line.DedupeAsync(file, "--fields", "a=company_name,b=city", "--threshold", "0.05");
        var without = _line.Json.GetProperty("clusters").GetInt32();
        await _line.DedupeAsync(file, "--fields", "a=company_name,b=city,c=siren", "--threshold", "0.05");

        Assert.Equal((1, 2), (without, _line.Json.GetProperty("clusters").GetInt32()));
    }

    [Fact]
    public async Task The_threshold_says_what_is_joined()
    {
        var file = _line.Write("liste.csv", "nom,ville\nGarage Martin,Metz\nGarage Martine,Metz\nBoulangerie Paul,Paris\n");

        await _line.DedupeAsync(file, "--threshold", "0,0001");
        var low = _line.Json.GetProperty("clusters").GetInt32();
        await _line.DedupeAsync(file, "--threshold=0.999999");

        Assert.Equal((2, 3), (low, _line.Json.GetProperty("clusters").GetInt32()));
    }

    [Fact]
    public async Task Two_files_are_two_lists_that_come_out_as_one()
    {
        var crm = _line.Write("crm.csv", "Société;Ville;SIREN\nGarage Martin;Metz;552032534\nAutre;Paris;\n");
        var erp = _line.Write("erp.csv", "CODE,RAISON SOCIALE,N° SIREN,Ville\n7,GARAGE MARTIN SARL,552 032 534,\"Metz\"\n");

        await _line.DedupeAsync(crm, erp, "--out", _line.PathOf("liens.csv"), "--pairs", _line.PathOf("paires.csv"));

        Assert.Equal(
        [
            "Société;Ville;SIREN;CODE;fichier;cluster_id",
            "Garage Martin;Metz;552032534;;crm.csv;1",
            "Autre;Paris;;;crm.csv;2",
            "GARAGE MARTIN SARL;Metz;552 032 534;7;erp.csv;1",
        ], _line.Lines("liens.csv"));
        Assert.StartsWith("1;3;", _line.Lines("paires.csv")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_files_name_their_ids_each_in_its_own_way()
    {
        var crm = _line.Write("crm.csv", "Id;Société;SIREN\nA1;Garage Martin;552032534\n");
        var erp = _line.Write("erp.csv", "CODE;RAISON SOCIALE;SIREN\n7;GARAGE MARTIN SARL;552032534\n");

        await _line.DedupeAsync(crm, erp, "--id", "Id,CODE", "--out", _line.PathOf("liens.csv"), "--pairs", _line.PathOf("paires.csv"));

        Assert.Equal(
            ["Id;Société;SIREN;fichier;cluster_id", "A1;Garage Martin;552032534;crm.csv;1", "7;GARAGE MARTIN SARL;552032534;erp.csv;1"],
            _line.Lines("liens.csv"));
        Assert.StartsWith("A1;7;", _line.Lines("paires.csv")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_header_gets_one()
    {
        var file = _line.Write("liste.csv", "Garage Martin SARL;552032534;contact@garage.fr\nGARAGE MARTIN;552032534;\nBoulangerie Paul SAS;542065479;paul@paul.fr\n");

        await _line.DedupeAsync(file);

        Assert.Equal("colonne_1;colonne_2;colonne_3;cluster_id", _line.Lines("liste.doublons.csv")[0]);
        Assert.Equal(4, _line.Lines("liste.doublons.csv").Length);
    }

    [Fact]
    public async Task Titles_above_the_columns_and_headers_between_the_rows_are_left_out()
    {
        var file = _line.Write(
            "salon.csv",
            "Export prospects, salon de Lyon;;\n\nRaison sociale;CP;Ville\nCrêperie Béatrix Quiévrain;57000;Metz\nRaison sociale;CP;Ville\nCrÃªperie BÃ©atrix QuiÃ©vrain;57000;Metz\nGarage Dupond;75002;Paris\n");

        await _line.DedupeAsync(file);

        Assert.Equal(
            ["Raison sociale;CP;Ville;cluster_id", "Crêperie Béatrix Quiévrain;57000;Metz;1", "CrÃªperie BÃ©atrix QuiÃ©vrain;57000;Metz;1", "Garage Dupond;75002;Paris;2"],
            _line.Lines("salon.doublons.csv"));
        Assert.Contains("Lignes de titre", _line.Aside, StringComparison.Ordinal);
        Assert.Contains("répètent", _line.Aside, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_the_rows_they_all_come_out()
    {
        string[] cells = ["Garage Martin", "\"", "\"Café\"", "a\"b", "", "57000", "=1+1", "\"x;y\"", "\"x\n\"", ";", "\t", "\uFFFF", "🙂"];
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var rows = Enumerable.Range(0, random.Next(1, 60)).Select(_ => string.Join(';', Enumerable.Range(0, random.Next(1, 6)).Select(_ => cells[random.Next(cells.Length)])));
            var file = _line.Write("liste.csv", $"nom;ville;siren\n{string.Join('\n', rows)}\nFin;;\n");

            var code = await _line.DedupeAsync(file, "--fields", "nom=company_name,ville=city,siren=siren", "--out", _line.PathOf("sortie.csv"));
            var records = _line.Json.GetProperty("records").GetInt32();
            await _line.DedupeAsync(_line.PathOf("sortie.csv"), "--fields", "nom=company_name", "--out", _line.PathOf("encore.csv"));

            Assert.Equal(0, code);
            Assert.Equal(records, _line.Json.GetProperty("records").GetInt32());
        }
    }

    [Fact]
    public async Task A_result_can_be_deduped_again()
    {
        var file = _line.Write("liste.csv", "nom,siren\nGarage Martin,552032534\nGarage Martin,552032534\n");
        await _line.DedupeAsync(file);

        await _line.DedupeAsync(_line.PathOf("liste.doublons.csv"), "--out", _line.PathOf("encore.csv"));

        Assert.Equal(["nom,siren,cluster_id,cluster_id_2", "Garage Martin,552032534,1,1", "Garage Martin,552032534,1,1"], _line.Lines("encore.csv"));
    }

    [Fact]
    public async Task Interrupted_it_leaves_what_was_there()
    {
        var file = _line.Write("liste.csv", Messy);
        _line.Write("liste.doublons.csv", "avant");

        var code = await _line.RunAsync(() => Dedupe.RunAsync([file], TextWriter.Null, TextWriter.Null, new CancellationToken(canceled: true)));

        Assert.Equal(130, code);
        Assert.Equal(["avant"], _line.Lines("liste.doublons.csv"));
        Assert.Equal(["liste.csv", "liste.doublons.csv"], _line.Files);
    }

    [Fact]
    public async Task Names_alone_are_enough_to_find_the_same_name_again()
    {
        var names = Enumerable.Range(0, 300).Select(i => $"{(char)('A' + (i % 26))}l{i * 7919 % 1000:D3}ibor {i * 104729 % 997}enne");
        var file = _line.Write("noms.csv", string.Join('\n', ["Société", .. names, "Grandvillain et Fils", "GRANDVILLAIN & FILS SARL"]));

        await _line.DedupeAsync(file);

        Assert.Equal(1, _line.Json.GetProperty("pairs").GetInt32());
    }
}
