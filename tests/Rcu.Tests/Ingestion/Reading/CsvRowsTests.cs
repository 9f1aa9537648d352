using Rcu.Ingestion.Reading;

namespace Rcu.Tests.Ingestion.Reading;

public class CsvRowsTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Lines_are_counted_as_an_editor_counts_them(string end)
    {
        var received = await Received.FromAsync(string.Join(end, "a;b", "1;\"deux", "lignes\"", "", "2;x", "3;y", ""));

        Assert.Equal([2L, 5L, 6L], received.Kept.Select(row => row.Line));
        Assert.Equal($"deux{end}lignes", received.Kept[0].Fields["b"]);
    }

    [Fact]
    public async Task A_ragged_line_is_set_aside_and_the_rest_goes_on()
    {
        var received = await Received.FromAsync("a;b;c\n1;2\n1;2;3\n1;2;3;4\n1;2;3;;\n");

        Assert.Equal([(2L, "row.columns"), (4L, "row.columns")], received.Rejected.Select(r => (r.Line, r.Reason.Code)));
        Assert.Equal("La ligne a 2 colonne(s), l'en-tête en a 3.", received.Rejected[0].Reason.Message);
        Assert.Equal("1;2", received.Rejected[0].Raw);
        Assert.Equal([3L, 5L], received.Kept.Select(row => row.Line));
    }

    [Fact]
    public async Task A_quote_inside_a_cell_is_a_sign_like_another()
    {
        var received = await Received.FromAsync("a;b\nSARL \"LE GLACIER\";12\" écran\n\"a \"\"b\"\" c\";\"\"\n");

        Assert.Equal("SARL \"LE GLACIER\"", received.Kept[0].Fields["a"]);
        Assert.Equal("12\" écran", received.Kept[0].Fields["b"]);
        Assert.Equal("a \"b\" c", received.Kept[1].Fields["a"]);
    }

    [Fact]
    public async Task A_quote_never_closed_costs_its_own_line_only()
    {
        var received = await Received.FromAsync("a;b\n1;x\n\"2;x\n3;x\n4;\"y\"\n5;x\n");

        Assert.Equal([(3L, "row.quote")], received.Rejected.Select(r => (r.Line, r.Reason.Code)));
        Assert.Equal(["1", "3", "4", "5"], received.Kept.Select(row => row.Fields["a"]));
        Assert.Equal([2L, 4L, 5L, 6L], received.Kept.Select(row => row.Line));
    }

    [Fact]
    public async Task A_quote_never_closed_does_not_swallow_a_long_file()
    {
        var text = "a;b\n1;x\n\"2;x\n" + string.Concat(Enumerable.Range(0, 400_000).Select(i => $"{i};x\n"));

        var received = await Received.FromAsync(text);

        Assert.Equal([(3L, "row.too_long")], received.Rejected.Select(r => (r.Line, r.Reason.Code)));
        Assert.Equal(400_001, received.Kept.Count);
        Assert.Equal(400_003, received.Kept[^1].Line);
    }

    [Fact]
    public async Task A_quote_open_at_the_end_of_the_file_is_set_aside()
    {
        var received = await Received.FromAsync("a;b\n\"1;x\n2;y\n");

        Assert.Equal([(2L, "row.quote")], received.Rejected.Select(r => (r.Line, r.Reason.Code)));
        Assert.Equal("2", Assert.Single(received.Kept).Fields["a"]);
    }

    [Fact]
    public async Task Characters_no_database_keeps_are_replaced_and_told()
    {
        var received = await Received.FromAsync("a;b\nx\0y;z\n");

        Assert.Equal("x\uFFFDy", received.Kept[0].Fields["a"]);
        Assert.Equal(["a"], received.Kept[0].Repaired);
    }

    [Fact]
    public async Task Nameless_and_repeated_columns_get_names_of_their_own()
    {
        var received = await Received.FromAsync("a;;a;b\n1;2;3;4\n");

        Assert.Equal(["a", "Colonne 2", "a (2)", "b"], received.File.Columns);
        Assert.Equal("""{"a":"1","Colonne 2":"2","a (2)":"3","b":"4"}""", received.Json(0));
    }

    [Fact]
    public async Task The_order_of_columns_and_the_character_set_change_nothing_to_what_a_row_says()
    {
        var one = await Received.FromAsync("a;b\né;2\n", encoding: "windows-1252");
        var other = await Received.FromAsync("b,c,a\n2,,é\n");
        var changed = await Received.FromAsync("b,c,a\n2,3,é\n");

        Assert.Equal(one.Kept[0].Fields.ContentHash(), other.Kept[0].Fields.ContentHash());
        Assert.NotEqual(one.Kept[0].Fields.ContentHash(), changed.Kept[0].Fields.ContentHash());
    }

    [Fact]
    public async Task A_file_without_rows_is_empty_and_one_without_bytes_is_refused()
    {
        Assert.Empty((await Received.FromAsync("a;b\n")).Rows);
        Assert.Equal("file.empty", await Received.RefusalAsync([], "x.csv"));
        Assert.Equal("file.no_header", await Received.RefusalAsync("\n\n"u8.ToArray(), "x.csv"));
    }

    [Fact]
    public async Task Programs_and_pictures_are_refused()
    {
        Assert.Equal("file.binary", await Received.RefusalAsync([0x7F, 0x45, 0x4C, 0x46, .. new byte[500]], "x.csv"));
        Assert.Equal("file.damaged", await Received.RefusalAsync([0xD0, 0xCF, 0x11, 0xE0, .. new byte[500]], "x.xls"));
        Assert.Equal("file.web_page", await Received.RefusalAsync("<html><body><table><tr><td>1"u8.ToArray(), "x.xls"));
    }

    [Fact]
    public async Task Too_many_columns_are_refused() =>
        Assert.Equal(
            "file.too_many_columns",
            await Received.RefusalAsync(System.Text.Encoding.UTF8.GetBytes(string.Join(';', Enumerable.Range(0, 1_001))), "x.csv"));

    [Fact]
    public async Task A_fec_is_read_without_quotes_and_without_its_optional_last_columns()
    {
        var header = "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|EcritureLib|Montant|Sens|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise";
        var line = "VE|VENTES|1|20250101|411000|CLIENTS|C1|\"LA POSTE|F1|20250101|FACTURE 12\"|000000000001437,12|D|||20250101";

        var received = await Received.FromAsync($"{header}\r\n{line}\r\n{line}||\r\n", "552032534FEC20251231.txt", "iso-8859-15");

        Assert.Equal(FileKind.Fec, received.File.Format.Kind);
        Assert.Empty(received.Rejected);
        Assert.Equal("\"LA POSTE", received.Kept[0].Fields["CompAuxLib"]);
        Assert.Equal("", received.Kept[0].Fields["Idevise"]);
        Assert.Equal(received.Kept[0].Fields.ContentHash(), received.Kept[1].Fields.ContentHash());
    }
}
