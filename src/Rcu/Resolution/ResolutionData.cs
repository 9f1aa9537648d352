using System.Text.Json;
using Npgsql;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>What a resolution starts from beside the records: what people decided and typed, which ids were retired, what sources there are.</summary>
internal sealed record ResolutionData(
    IReadOnlyList<CorrectionRecord> Corrections,
    IReadOnlyList<Redirect> Redirects,
    IReadOnlyList<Decision> AccountDecisions,
    IReadOnlyList<Decision> ContactDecisions,
    IReadOnlyList<(string, string)> SirenAliases,
    IReadOnlyDictionary<Guid, string> Sources,
    IReadOnlySet<string> SourcesWithoutDuplicates,
    IReadOnlyDictionary<ClusterKind, (MatchModel Model, long Records)> Models,
    IReadOnlyDictionary<ClusterKind, Cuts> Cuts,
    IReadOnlyDictionary<ClusterKind, LinksBefore> Before)
{
    // With so many more records, what is rare and how often one comes twice is another matter: the weights are learned again.
    private const int Grown = 2;

    /// <summary>What the engine is told of mail, of the sources that hold each company once, and of the weights learned before.</summary>
    /// <param name="records">How many there are of the kind now.</param>
    public MatchSettings SettingsFor(ClusterKind kind, long records) => CutsOf(kind).In(new MatchSettings
    {
        Model = Models.TryGetValue(kind, out var known) && records < known.Records * Grown ? known.Model : null,
        FreeMailDomains = Reference.MailDomains.AllFree,
        GenericMailboxes = Reference.MailDomains.AllGeneric,
        SourcesWithoutDuplicates = SourcesWithoutDuplicates,
    });

    /// <summary>The cuts in force.</summary>
    public Cuts CutsOf(ClusterKind kind) => Cuts.GetValueOrDefault(kind) ?? Resolution.Cuts.Shipped;

    public static async Task<ResolutionData> LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
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

        var (sources, unique) = (new Dictionary<Guid, string>(), new HashSet<string>());
        await foreach (var row in RowsAsync(connection, "select id, name, without_duplicates from sources", ct))
        {
            sources.Add(row.GetGuid(0), row.GetString(1));
            if (row.GetBoolean(2))
            {
                unique.Add(row.GetString(1));
            }
        }

        var corrections = new List<CorrectionRecord>();
        await foreach (var row in RowsAsync(
            connection,
            $"""
            select r.id, r.cleaned_at, right(r.external_key, 32)::uuid,
              (select s.received_at from source_records s
               where s.source_id = r.source_id and s.kind = r.kind and s.external_key = r.external_key order by s.id limit 1),
              left_behind.clusters, left_behind.times
            from records r
            cross join lateral (
              select coalesce(array_agg(h.cluster_id), array[]::uuid[]) as clusters, coalesce(array_agg(h.left_at), array[]::timestamptz[]) as times
              from link_history h where h.record_id = r.id) left_behind
            where {Corrected("r")} and r.cleaned_at is not null and r.removed_at is null order by r.id
            """,
            ct))
        {
            corrections.Add(new CorrectionRecord(
                row.GetGuid(0),
                CopyRows.Instant(row.GetFieldValue<DateTimeOffset>(1)),
                row.GetGuid(2),
                row.GetFieldValue<DateTimeOffset>(3),
                [.. row.GetFieldValue<Guid[]>(4).Zip(row.GetFieldValue<DateTimeOffset[]>(5))]));
        }

        var models = new Dictionary<ClusterKind, (MatchModel, long)>();
        await foreach (var row in RowsAsync(
            connection, "select distinct on (kind) kind, model::text, records from resolutions where model is not null order by kind, at desc, id desc", ct))
        {
            models.Add(
                Enum.Parse<ClusterKind>(row.GetString(0)),
                (JsonSerializer.Deserialize<MatchModel>(row.GetString(1), JsonSerializerOptions.Web)!, row.GetInt64(2)));
        }

        var cuts = new Dictionary<ClusterKind, Cuts>();
        await foreach (var row in RowsAsync(
            connection, "select distinct on (kind) kind, automatic, review from match_cuts order by kind, version desc", ct))
        {
            cuts.Add(Enum.Parse<ClusterKind>(row.GetString(0)), new Cuts(row.GetDouble(1), row.GetDouble(2)));
        }

        return new ResolutionData(
            corrections,
            redirects,
            [.. decisions.Where(d => d.Kind is ClusterKind.Account).Select(d => d.Decision)],
            [.. decisions.Where(d => d.Kind is ClusterKind.Contact).Select(d => d.Decision)],
            aliases,
            sources,
            unique,
            models,
            cuts,
            new Dictionary<ClusterKind, LinksBefore>
            {
                [ClusterKind.Account] = await LinksBefore.LoadAsync(connection, ClusterKind.Account, ct),
                [ClusterKind.Contact] = await LinksBefore.LoadAsync(connection, ClusterKind.Contact, ct),
            });
    }

    /// <summary>How a record is named to the engine.</summary>
    public static string Text(Guid record) => record.ToString("N");

    /// <summary>What people typed about a golden row says nothing of who it is: a typo put right must not part its records.</summary>
    /// <param name="record">How the query names the record's row.</param>
    public static string Corrected(string record) =>
        $"({record}.external_key ~ '{Saisie.Corrections}' and {record}.source_id in (select id from sources where name = '{Source.Saisie}'))";

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

/// <summary>What a person typed about a golden row.</summary>
/// <param name="CleanedAt">As the server counts instants.</param>
/// <param name="Anchor">The record that its key names.</param>
/// <param name="FirstAt">When something was typed there for the first time.</param>
/// <param name="Left">The golden rows it was moved away from, and when.</param>
internal sealed record CorrectionRecord(
    Guid Id, long CleanedAt, Guid Anchor, DateTimeOffset FirstAt, IReadOnlyList<(Guid Cluster, DateTimeOffset At)> Left)
{
    /// <summary>Whether it came with a golden row that was joined to another: true when it did, false when it stood in the other, null when neither is told.</summary>
    public bool? CameWith(Redirect retired) =>
        Left.Any(l => l.Cluster == retired.RetiredId && l.At >= retired.RetiredAt) ? true
            : FirstAt < retired.RetiredAt && !Left.Any(l => l.At >= retired.RetiredAt) ? false
            : null;
}
