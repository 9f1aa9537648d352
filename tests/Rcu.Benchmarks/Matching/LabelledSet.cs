using System.Globalization;
using System.Text;
using Rcu.Matching;

namespace Rcu.Benchmarks.Matching;

/// <summary>
/// A public set whose truth is known, with its columns described as a user would describe them. Records are named by their line:
/// in some sets the identifier tells the answer.
/// </summary>
/// <param name="List">The column that tells which of two lists a record is of, when the set is made to link them.</param>
internal sealed record LabelledSet(
    string Name, EntityKind Kind, string Fields, double Pairs, double? Clusters = null, string? List = null)
{
    private const string Febrl = "given_name=given_name,surname=family_name,street_number=house_number,address_1=street,address_2=street,suburb=city,postcode=postal_code,"
        + "state=region,date_of_birth=date_of_birth,soc_sec_id=identifier";

    public static IReadOnlyList<LabelledSet> All { get; } =
    [
        new("fodors_zagats", EntityKind.Company, "name=company_name,addr=street,city=city,phone=phone,type=category", Pairs: .97, List: "source"),
        new("goldenmatch_orgs_hard", EntityKind.Company,
            "org_name=company_name,street=street,city=city,postcode=postal_code,website=website,phone=phone,industry=category", Pairs: .95),
        new("febrl1", EntityKind.Person, Febrl, Pairs: .99),
        new("febrl2", EntityKind.Person, Febrl, Pairs: .99),
        new("febrl3", EntityKind.Person, Febrl, Pairs: .996, Clusters: .995),
        new("splink_fake_1000", EntityKind.Person, "first_name=given_name,surname=family_name,dob=date_of_birth,city=city,email=email", Pairs: .60),
        new("dnb_company_names", EntityKind.Company, "company_name=company_name,country=country", Pairs: .98, List: "source"),
    ];

    private string Folder => Path.Combine(AppContext.BaseDirectory, "data", "matching", Name);

    public MatchResult Run() => DedupeRun.Run(Path.Combine(Folder, "records.csv"), Kind, Fields, link: List);

    /// <summary>The cells of each record, by column.</summary>
    public IReadOnlyList<Dictionary<string, string>> Rows() => Rows("records.csv");

    /// <summary>The true entity of each record: what the set's own column says, or what its pairs join.</summary>
    public int[] Entities()
    {
        var rows = Rows();
        if (rows[0].ContainsKey("truth"))
        {
            var known = new Dictionary<string, int>();
            return [.. rows.Select(row => known.TryAdd(row["truth"], known.Count) ? known.Count - 1 : known[row["truth"]])];
        }

        var id = rows[0].Keys.First();
        var places = rows.Select((row, place) => (Id: row[id], Place: place)).ToDictionary(one => one.Id, one => one.Place);
        var entities = Enumerable.Range(0, rows.Count).ToArray();
        foreach (var pair in Rows("pairs.csv"))
        {
            var (left, right) = (entities[places[pair["id_a"]]], entities[places[pair["id_b"]]]);
            entities = left == right ? entities : [.. entities.Select(entity => entity == right ? left : entity)];
        }

        return entities;
    }

    /// <summary>The groups that plain equality finds: records of one name, letters and digits alone.</summary>
    public int[] ByName()
    {
        var known = new Dictionary<string, int>();
        return [.. Rows().Select((row, place) =>
        {
            var name = string.Join(' ', DedupeRun.Parse(Fields).Where(field => field.Kind.EndsWith("_name", StringComparison.Ordinal))
                .Select(field => MatchBenchmark.Folded(row[field.Column])));
            name = string.IsNullOrWhiteSpace(name) ? place.ToString(CultureInfo.InvariantCulture) : name;
            return known.TryAdd(name, known.Count) ? known.Count - 1 : known[name];
        })];
    }

    private List<Dictionary<string, string>> Rows(string file)
    {
        using var rows = new CsvBytes(File.OpenRead(Path.Combine(Folder, file)));
        var (all, header) = (new List<Dictionary<string, string>>(), new List<string>());
        while (rows.Read())
        {
            var cells = Enumerable.Range(0, rows.Count).Select(cell => Encoding.UTF8.GetString(rows[cell])).ToList();
            if (header.Count == 0)
            {
                header = cells;
            }
            else
            {
                all.Add(header.Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second));
            }
        }

        return all;
    }
}
