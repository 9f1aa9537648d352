using System.Text.Json;
using Npgsql;
using Rcu.Ingestion;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>What a resolution starts from, read once: the clean records, what is linked already, what people decided.</summary>
internal sealed record ResolutionData(
    IReadOnlyList<ResolvedRecord> Accounts,
    IReadOnlyList<ResolvedRecord> Contacts,
    IReadOnlyList<ResolvedRecord> Corrections,
    IReadOnlyDictionary<(Guid Record, ClusterKind Kind), CurrentLink> Links,
    IReadOnlyList<Redirect> Redirects,
    IReadOnlyList<Decision> AccountDecisions,
    IReadOnlyList<Decision> ContactDecisions,
    IReadOnlyList<(string, string)> SirenAliases,
    IReadOnlySet<string> SourcesWithoutDuplicates)
{
    // What people typed about a golden row says nothing of who it is: a typo put right must not part its records.
    private const string Corrected = $"s.name = '{Source.Saisie}' and r.external_key ~ '{Saisie.Corrections}'";

    /// <summary>What the engine is told of mail, and of the sources that hold each company once.</summary>
    public MatchSettings Settings => new()
    {
        FreeMailDomains = Reference.MailDomains.AllFree,
        GenericMailboxes = Reference.MailDomains.AllGeneric,
        SourcesWithoutDuplicates = SourcesWithoutDuplicates,
    };

    public static async Task<ResolutionData> LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var links = new Dictionary<(Guid, ClusterKind), CurrentLink>();
        await foreach (var row in RowsAsync(connection, "select record_id, kind, cluster_id, rule, sentence, linked_at from links", ct))
        {
            links[(row.GetGuid(0), Enum.Parse<ClusterKind>(row.GetString(1)))] =
                new CurrentLink(row.GetGuid(2), row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5));
        }

        var redirects = new List<Redirect>();
        await foreach (var row in RowsAsync(connection, "select retired_id, kind, survivor_id, record_ids, retired_at from redirects", ct))
        {
            redirects.Add(new Redirect
            {
                RetiredId = row.GetGuid(0),
                Kind = Enum.Parse<ClusterKind>(row.GetString(1)),
                SurvivorId = row.GetGuid(2),
                RecordIds = [.. row.GetFieldValue<Guid[]>(3)],
                RetiredAt = row.GetFieldValue<DateTimeOffset>(4),
            });
        }

        var decisions = new List<(ClusterKind Kind, Decision Decision)>();
        await foreach (var row in RowsAsync(
            connection, "select kind, left_record_id, right_record_id, verdict from decisions where revoked_at is null order by decided_at, id", ct))
        {
            decisions.Add((
                Enum.Parse<ClusterKind>(row.GetString(0)),
                new Decision(Text(row.GetGuid(1)), Text(row.GetGuid(2)), Enum.Parse<Verdict>(row.GetString(3)))));
        }

        var aliases = new List<(string, string)>();
        await foreach (var row in RowsAsync(connection, "select siren, alias_of from siren_aliases order by siren", ct))
        {
            aliases.Add((row.GetString(0), row.GetString(1)));
        }

        var unique = new HashSet<string>();
        await foreach (var row in RowsAsync(connection, "select name from sources where without_duplicates", ct))
        {
            unique.Add(row.GetString(0));
        }

        return new ResolutionData(
            await RecordsAsync(connection, $"r.kind = 'Account' and not ({Corrected})", ct),
            await RecordsAsync(connection, $"r.kind = 'Contact' and not ({Corrected})", ct),
            await RecordsAsync(connection, Corrected, ct),
            links,
            redirects,
            [.. decisions.Where(d => d.Kind is ClusterKind.Account).Select(d => d.Decision)],
            [.. decisions.Where(d => d.Kind is ClusterKind.Contact).Select(d => d.Decision)],
            aliases,
            unique);
    }

    /// <summary>How a record is named to the engine.</summary>
    public static string Text(Guid record) => record.ToString("N");

    private static async Task<List<ResolvedRecord>> RecordsAsync(NpgsqlConnection connection, string which, CancellationToken ct)
    {
        var records = new List<ResolvedRecord>();
        await foreach (var row in RowsAsync(
            connection,
            $"""
            select r.id, r.source_id, s.name, r.external_key, r.cleaned_at, r.fields::text
            from records r join sources s on s.id = r.source_id
            where {which} and r.cleaned_at is not null and r.removed_at is null
            order by r.id
            """,
            ct))
        {
            records.Add(new ResolvedRecord(
                row.GetGuid(0),
                row.GetGuid(1),
                row.GetString(2),
                row.GetString(3),
                row.GetFieldValue<DateTimeOffset>(4),
                JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(5), JsonSerializerOptions.Web)!));
        }

        return records;
    }

    private static async IAsyncEnumerable<NpgsqlDataReader> RowsAsync(
        NpgsqlConnection connection,
        string sql,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            yield return reader;
        }
    }
}

/// <summary>Where a record was linked by the resolution before.</summary>
internal sealed record CurrentLink(Guid ClusterId, string Rule, string Sentence, DateTimeOffset LinkedAt);
