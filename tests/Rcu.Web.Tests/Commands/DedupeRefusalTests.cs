using System.IO.Compression;

namespace Rcu.Web.Tests.Commands;

/// <summary>What <c>dedupe</c> refuses: it says what is wrong and where, and leaves no file behind.</summary>
public sealed class DedupeRefusalTests : IDisposable
{
    private const int Refused = 1;
    private const int Misused = 2;

    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("--out x.csv")]
    [InlineData("LIST LIST LIST")]
    [InlineData("LIST --colonnes nom=company_name", "--colonnes", "--fields")]
    [InlineData("LIST --id", "--id")]
    [InlineData("LIST --threshold 1.2", "1.2")]
    [InlineData("LIST --threshold -0.1", "-0.1")]
    [InlineData("LIST --threshold beaucoup", "beaucoup")]
    [InlineData("LIST --fields nom=entreprise", "entreprise", "company_name", "nom")]
    [InlineData("LIST --fields nom", "nom")]
    [InlineData("LIST LIST --link siren", "siren")]
    public Task A_command_that_is_not_written_as_it_must_be(string args, params string[] said) => RefusesAsync(Misused, args, said);

    [Theory]
    [InlineData("absent.csv", "absent.csv")]
    [InlineData(".", "")]
    [InlineData("LIST --fields ville=city,name=company_name", "ville", "siren")]
    [InlineData("LIST --fields nom=company_name,nom=text", "nom")]
    [InlineData("LIST --fields nom=ignore", "nom, siren, liste")]
    [InlineData("LIST --id numero", "numero", "nom, siren, liste")]
    [InlineData("LIST --id nom", "Garage Martin", "2", "4")]
    [InlineData("LIST --link numero", "numero")]
    [InlineData("LIST --link liste", "liste", "crm")]
    [InlineData("LIST --out nulle/part/x.csv", "x.csv")]
    [InlineData("LIST --pairs nulle/part/x.csv", "x.csv")]
    [InlineData("LIST --out LIST", "liste.csv")]
    [InlineData("LIST --out nulle.csv --pairs nulle.csv", "nulle.csv", "--pairs")]
    public Task A_request_that_the_file_does_not_allow(string args, params string[] said) => RefusesAsync(Refused, args, said);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("nom;siren\n")]
    [InlineData("{\"nom\": \"x\"}\n")]
    [InlineData("<?xml version=\"1.0\"?>\n")]
    [InlineData("date;montant\n2024-01-01;12\n2024-01-02;13\n")]
    public async Task A_file_that_holds_no_list(string text)
    {
        var file = _line.Write("liste.csv", text);

        Assert.Equal(Refused, await _line.DedupeAsync(file));
        Assert.Equal("", _line.Out);
        Assert.NotEqual("", _line.Aside);
        Assert.Equal(["liste.csv"], _line.Files);
    }

    [Fact]
    public async Task A_workbook_or_a_picture()
    {
        using (var zip = ZipFile.Open(_line.PathOf("liste.csv"), ZipArchiveMode.Create))
        {
            zip.CreateEntry("xl/workbook.xml");
        }

        File.WriteAllBytes(_line.PathOf("photo.csv"), [0x89, 0x50, 0x4E, 0x47, .. Enumerable.Range(0, 4000).Select(i => (byte)(i * 7))]);

        Assert.Equal(Refused, await _line.DedupeAsync(_line.PathOf("liste.csv")));
        Assert.Contains("CSV", _line.Aside, StringComparison.Ordinal);
        Assert.Equal(Refused, await _line.DedupeAsync(_line.PathOf("photo.csv")));
    }

    [Fact]
    public async Task Two_files_with_nothing_to_compare()
    {
        var names = _line.Write("noms.csv", "nom\nGarage Martin\n");
        var mails = _line.Write("mails.csv", "e-mail\na@b.fr\nc@d.fr\n");

        Assert.Equal(Refused, await _line.DedupeAsync(names, mails));
        Assert.Contains("noms.csv", _line.Aside, StringComparison.Ordinal);
        Assert.Contains("mails.csv", _line.Aside, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_of_lists_with_a_value_per_row()
    {
        var file = _line.Write("liste.csv", "nom,siren\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"Garage {i},\n")));

        Assert.Equal(Refused, await _line.DedupeAsync(file, "--link", "nom"));
        Assert.Equal(["liste.csv"], _line.Files);
    }

    [Fact]
    public async Task Its_help_is_no_refusal()
    {
        Assert.Equal(0, await _line.DedupeAsync("--help"));
        Assert.Contains("--threshold", _line.Out, StringComparison.Ordinal);
    }

    private async Task RefusesAsync(int expected, string args, string[] said)
    {
        var list = _line.Write("liste.csv", "nom,siren,liste\nGarage Martin,552032534,crm\nPaul,,crm\nGarage Martin,,crm\n");
        var words = args.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word == "LIST" ? list : word.Contains("nulle", StringComparison.Ordinal) || word is "absent.csv" or "." ? _line.PathOf(word) : word);

        var code = await _line.DedupeAsync([.. words]);

        Assert.Equal(expected, code);
        Assert.Equal("", _line.Out);
        Assert.All(said, part => Assert.Contains(part, _line.Aside, StringComparison.Ordinal));
        Assert.DoesNotContain("dedupe.", _line.Aside, StringComparison.Ordinal);
        Assert.Equal(["liste.csv"], _line.Files);
    }
}
