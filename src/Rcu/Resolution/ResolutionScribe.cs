using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Rcu.Resolution;

/// <summary>Writes all that a resolution found, full or partial: links, retired ids, questions for people, and its own counts.</summary>
internal sealed class ResolutionScribe(NpgsqlConnection connection, ResolutionData data, DateTimeOffset now)
{
    /// <summary>Which golden row each record belongs to, once the parts that must wait are back with their own.</summary>
    public FoundClusters Plan(ClusterKind kind, Resolved resolved, CurrentLinks current)
    {
        var before = data.Before[kind];
        var links = current.With(before);
        var guard = new SplitGuard(resolved, links, data, kind);
        List<Redirect> redirects = [.. data.Redirects.Where(r => r.Kind == kind)];
        var plan = ClusterPlan.Of(resolved.Records, guard.Groups(), links, redirects);
        plan.GiveBack(before, current, redirects);
        return new FoundClusters(kind, resolved, plan, current, guard.Held);
    }

    /// <param name="attached">The contacts whose account was looked for.</param>
    /// <returns>The id of this resolution.</returns>
    public async Task<Guid> WriteAsync(
        FoundClusters accounts, FoundClusters contacts, KnownRecords attached, IReadOnlyDictionary<Guid, Attachment> employers, CancellationToken ct)
    {
        var links = new LinkWriter(connection, accounts.Current, contacts.Current, isFirst: accounts.Resolved.IsFull, now);
        await links.BeginAsync(ct);
        await links.JoinAsync(ClusterKind.Account, accounts.Resolved, accounts.Plan, ct);
        await links.JoinAsync(ClusterKind.Contact, contacts.Resolved, contacts.Plan, ct);
        await links.AttachAsync(attached, employers, ct);
        await links.FollowAsync(ClusterKind.Account, Corrections.Place(ClusterKind.Account, data, accounts.Plan, accounts.Current), ct);
        await links.FollowAsync(ClusterKind.Contact, Corrections.Place(ClusterKind.Contact, data, contacts.Plan, contacts.Current), ct);
        await links.EndAsync([(ClusterKind.Account, accounts.Plan.New), (ClusterKind.Contact, contacts.Plan.New)], ct);
        await ConcludeAsync(accounts, ct);
        return await ConcludeAsync(contacts, ct);
    }

    private async Task<Guid> ConcludeAsync(FoundClusters found, CancellationToken ct)
    {
        await new RedirectWriter(connection, now).WriteAsync(found.Kind, found.Plan, ct);
        var counts = await new MatchWriter(connection, now).WriteAsync(found.Kind, found.Resolved, found.Plan, ct);
        await new SplitWriter(connection, now).WriteAsync(found.Kind, found.Held, found.Resolved.IsFull, ct);
        var id = Guid.CreateVersion7(now);
        await using var note = new NpgsqlCommand(
            """
            insert into resolutions (id, kind, scope, at, records, clusters, automatic, review, rejected, corrected, held, model)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = id },
                new() { Value = found.Kind.ToString() },
                new() { Value = (found.Resolved.IsFull ? ResolutionScope.Full : ResolutionScope.Changes).ToString() },
                new() { Value = now },
                new() { Value = (long)found.Resolved.Records.Count },
                new() { Value = (long)found.Plan.Count },
                new() { Value = counts.Automatic },
                new() { Value = counts.Review },
                new() { Value = counts.Rejected },
                new() { Value = (long)found.Plan.Moved },
                new() { Value = (long)found.Held.Count },
                new()
                {
                    Value = found.Resolved.Model is { } model && found.Resolved.Records.Count > 0
                        ? JsonSerializer.Serialize(model, JsonSerializerOptions.Web)
                        : DBNull.Value,
                    NpgsqlDbType = NpgsqlDbType.Jsonb,
                },
            },
        };
        await note.ExecuteNonQueryAsync(ct);
        await new SuspectWriter(connection, now).WriteAsync(found.Kind, found.Resolved, found.Plan, id, ct);
        return id;
    }
}

/// <summary>The golden rows of one kind, as a resolution found them.</summary>
internal sealed record FoundClusters(
    ClusterKind Kind, Resolved Resolved, ClusterPlan Plan, CurrentLinks Current, IReadOnlyList<HeldSplit> Held);
