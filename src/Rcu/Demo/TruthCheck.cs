using System.Globalization;
using CsvHelper;
using Npgsql;

namespace Rcu.Demo;

/// <summary>How well the hub told who is who, on sources whose truth is known: pairwise, over every true pair.</summary>
public sealed class TruthCheck(NpgsqlDataSource database)
{
    private static readonly string[] AccountSources = ["crm", "erp"];
    private static readonly string[] ContactSources = ["crm", "marketing", "salon"];

    /// <param name="folder">Holds <c>links.csv</c>: source, entity, record_id, siren, person_id.</param>
    public async Task<(PairQuality Accounts, PairQuality Contacts)> RunAsync(string folder, CancellationToken ct)
    {
        using var reader = new CsvReader(new StreamReader(Path.Combine(folder, "links.csv")), CultureInfo.InvariantCulture);
        var (accounts, contacts) = (new Dictionary<(string, string), string>(), new Dictionary<(string, string), string>());
        await reader.ReadAsync();
        reader.ReadHeader();
        while (await reader.ReadAsync())
        {
            var key = (Source: reader.GetField("source")!, reader.GetField("record_id")!);
            switch (reader.GetField("entity"))
            {
                case "account" when AccountSources.Contains(key.Source):
                    accounts[key] = reader.GetField("siren")!;
                    break;
                case "contact" when ContactSources.Contains(key.Source):
                    contacts[key] = reader.GetField("person_id")!;
                    break;
            }
        }

        return (
            PairQuality.Of(accounts, await ClustersAsync("Account", ct)),
            PairQuality.Of(contacts, await ClustersAsync("Contact", ct)));
    }

    private async Task<Dictionary<(string, string), Guid>> ClustersAsync(string kind, CancellationToken ct)
    {
        await using var read = database.CreateCommand(
            """
            select s.name, r.external_key, l.cluster_id
            from records r join sources s on s.id = r.source_id join links l on l.record_id = r.id and l.kind = r.kind
            where r.kind = $1 and r.removed_at is null
            """);
        read.Parameters.Add(new() { Value = kind });
        var clusters = new Dictionary<(string, string), Guid>();
        await using var row = await read.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            clusters[(row.GetString(0), row.GetString(1))] = row.GetGuid(2);
        }

        return clusters;
    }
}
