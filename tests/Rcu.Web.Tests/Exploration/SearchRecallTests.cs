using Npgsql;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Identifiers;
using Rcu.Insight;
using Rcu.Security;
using Rcu.Web.Tests.Support;
using Xunit.Abstractions;

namespace Rcu.Web.Tests.Exploration;

/// <summary>Five hundred names of French companies written wrong, looked for among all those of the same register.</summary>
public class SearchRecallTests(ITestOutputHelper output)
{
    private const int Shown = 5;
    private const double Least = .95;
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");
    private static readonly AccountScope Reader = new("test");

    [Theory]
    [InlineData(NameSearch.Large)]
    [InlineData(-1)] // as among a million
    public async Task A_name_written_wrong_is_among_the_first_five(int large)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = SampleCustomers.Open(database.App);
        var names = Rows("paires_noms_reelles.csv").Where(row => row[5] == "denomination").GroupBy(row => row[0]).ToDictionary(of => of.Key, of => of.First()[4]);
        db.AddRange(names.Select(name => new Account
        {
            Name = name.Value,
            Siren = Siren.TryParse(name.Key, null, out var siren) ? siren : null,
            RecordCount = 1,
            Search = SearchText.Fold(name.Value),
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        }));
        await db.SaveChangesAsync();
        await using var source = NpgsqlDataSource.Create(database.App);
        await new NameWords(source, TimeProvider.System).RunAsync(default);
        await using (var analyze = source.CreateCommand("select analyze_pipeline()"))
        {
            await analyze.ExecuteNonQueryAsync();
        }

        var (found, missed) = (0, new List<string>());
        var wrong = Rows("noms_mal_ecrits.csv").ToList();
        foreach (var row in wrong)
        {
            db.ChangeTracker.Clear();
            var hits = await new NameSearch(db, large).FindAsync(
                Reader.Accounts(db),
                NameQuery.Of(row[2]),
                Shown,
                (rows, by, shown) => rows.Take(shown).Select(a => new SearchHit(SearchKind.Account, a.Id, a.Name, a.Siren, null, null, null, by)),
                default);
            if (hits.Any(hit => hit.Name == row[1]))
            {
                found++;
            }
            else
            {
                missed.Add($"{row[3]}: « {row[2]} » ({row[1]})");
            }
        }

        output.WriteLine($"{found} of {wrong.Count} among {names.Count} names\n{string.Join('\n', missed)}");
        Assert.Equal(500, wrong.Count);
        Assert.True(found >= Least * wrong.Count, $"{found} of {wrong.Count} found. Missed: {string.Join("; ", missed.Take(40))}");
    }

    private static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(Path.Combine(Folder, file)).Skip(1).Select(line => Cells(line).ToArray());

    // Both files quote only cells that hold a comma or a quote.
    private static IEnumerable<string> Cells(string line)
    {
        for (var at = 0; at <= line.Length;)
        {
            var quoted = at < line.Length && line[at] == '"';
            var end = quoted ? line.IndexOf("\",", at + 1, StringComparison.Ordinal) : line.IndexOf(',', at);
            end = end < 0 ? (quoted ? line.Length - 1 : line.Length) : end;
            yield return quoted ? line[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal) : line[at..end];
            at = end + (quoted ? 2 : 1);
        }
    }
}
