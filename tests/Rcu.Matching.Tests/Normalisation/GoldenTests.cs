using Rcu.Matching.Normalisation;

namespace Rcu.Matching.Tests.Normalisation;

/// <summary>
/// Texts as sources write them and what they must be brought to, a file for each kind. What the engine does not manage yet stands in
/// <c>known_gaps.csv</c>, with what it makes of it today: it may become right, it may not become something else.
/// </summary>
public class GoldenTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures", "golden");

    [Theory]
    [InlineData("company_names")]
    [InlineData("streets")]
    [InlineData("towns")]
    [InlineData("phones")]
    [InlineData("mails")]
    [InlineData("websites")]
    [InlineData("person_names")]
    [InlineData("dates")]
    public void A_text_is_brought_to_its_golden_form(string file) =>
        Assert.Empty(
            from cells in Rows(file)
            let found = Found(file, cells[0])
            where found != cells[1]
            select $"{file};{cells[0]};{cells[1]};{found}");

    [Fact]
    public void A_known_gap_is_closed_or_stays_what_it_was() =>
        Assert.Empty(
            from cells in Rows("known_gaps")
            let found = Found(cells[0], cells[1])
            where found != cells[2] && found != cells[3]
            select $"{cells[0]};{cells[1]};{cells[2]};{found}");

    private static IEnumerable<string[]> Rows(string file) => File.ReadLines(Path.Combine(Folder, $"{file}.csv")).Select(line => line.Split(';'));

    // Two parts are written with a bar between them, a mailbox with its sign.
    private static string Found(string file, string text) => file switch
    {
        "company_names" => Normalised.CompanyName(text) ?? "",
        "streets" => Normalised.Street(text) is var (number, name) ? $"{number}|{name}" : "",
        "towns" => Normalised.Town(text) ?? "",
        "phones" => Normalised.Phone(text) ?? "",
        "mails" => Normalised.Mailbox(text) is var (local, domain) ? $"{local}@{domain}" : "",
        "websites" => Normalised.Website(text) ?? "",
        "person_names" => PersonNames.Whole(text) is var (given, family) ? $"{given}|{family}" : "",
        "dates" => Normalised.Date(text) ?? "",
        _ => throw new ArgumentOutOfRangeException(nameof(file), file, "No golden file has this name."),
    };
}
