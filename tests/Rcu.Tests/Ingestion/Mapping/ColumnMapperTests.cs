using Rcu.Customers;
using Rcu.Ingestion;
using Rcu.Ingestion.Mapping;

namespace Rcu.Tests.Ingestion.Mapping;

/// <summary>What the columns of usual exports feed, before anybody said anything.</summary>
public class ColumnMapperTests
{
    private const double LeastRight = .95;

    [Fact]
    public void The_columns_of_usual_exports_find_their_fields()
    {
        var files = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "entetes_exports.txt")).Where(line => line.Length > 0 && line[0] != '#').ToList();
        var wrong = new List<string>();
        var columns = 0;
        foreach (var file in files)
        {
            var kind = Enum.Parse<RecordKind>(file[..file.IndexOf(':')]);
            var expected = file[(file.IndexOf(':') + 1)..].Trim().Split('|').Select(pair => pair.Split('=')).ToList();
            var proposal = ColumnMapper.Propose([.. expected.Select(pair => pair[0])], [.. expected.Select(_ => new ColumnSample([]))], null, []);
            columns += expected.Count;
            wrong.AddRange(proposal.Kind == kind ? [] : [$"{proposal.Kind} for {file}"]);
            wrong.AddRange(proposal.Columns.Zip(expected).Where(one => (one.First.Field ?? "-") != one.Second[1])
                .Select(one => $"{kind} {one.Second[0]}: {one.First.Field ?? "-"}, expected {one.Second[1]}"));
        }

        Assert.True(wrong.Count <= columns * (1 - LeastRight), string.Join('\n', wrong));
    }

    [Fact]
    public void A_header_is_not_believed_against_its_values()
    {
        var proposal = ColumnMapper.Propose(
            ["Nom", "Siret", "Divers"],
            [new(["Gaillard SARL", "Noël SAS"]), new(["contact@a.example", "info@b.example"]), new(["73282932000074", "55210055400013"])],
            RecordKind.Account, []);

        Assert.Equal(["name", "email", "siret"], proposal.Columns.Select(column => column.Field));
        Assert.Equal(Confidence.ToCheck, proposal.Columns[2].Confidence);
    }

    [Fact]
    public void A_saved_mapping_of_the_source_comes_before_any_guess()
    {
        var saved = new Feed
        {
            SourceId = Guid.Empty,
            Name = "clients",
            Kind = RecordKind.Account,
            FilePattern = "*",
            KeyColumns = ["Zone A"],
            Columns = [new FeedColumn("name", ["Zone B"])],
            CreatedAt = default,
            CreatedBy = "",
        };

        var proposal = ColumnMapper.Propose(["Zone A", "Zone B", "Ville"], [new([]), new([]), new([])], null, [saved]);

        Assert.Equal((RecordKind.Account, "name", "saved"), (proposal.Kind, proposal.Columns[1].Field, proposal.Columns[1].Why));
        Assert.Equal(["Zone A"], proposal.KeyColumns);
        Assert.Equal("city", proposal.Columns[2].Field);
    }

    [Fact]
    public void The_key_is_the_files_own_id_else_an_official_number_else_what_a_person_would_read()
    {
        Assert.Equal(["Code"], KeyOf(("Code", ["C1", "C2"]), ("Nom", ["A", "B"]), ("Siret", ["73282932000074", "55210055400013"])));
        Assert.Equal(["Siret"], KeyOf(("Nom", ["A", "B"]), ("Siret", ["73282932000074", "55210055400013"])));
        Assert.Equal(["Nom", "CP"], KeyOf(("Nom", ["A", "B"]), ("CP", ["57000", "57000"])));
    }

    private static IReadOnlyList<string> KeyOf(params (string Column, string[] Values)[] columns) => ColumnMapper.Propose(
        [.. columns.Select(column => column.Column)], [.. columns.Select(column => new ColumnSample(column.Values))], RecordKind.Account, []).KeyColumns;
}
