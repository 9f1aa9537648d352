using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Ingestion.Pulling;

/// <summary>The mapping of a connection's rows: one that is named, one that is given, or those its kind of system brings.</summary>
internal sealed class ConnectionFeeds(RcuDb db, SaveSourceConnection command, string by, DateTimeOffset now)
{
    /// <summary>The feed to keep with the connection; null when there is none.</summary>
    public async Task<Feed?> FindAsync(IKnownSource? known, CancellationToken ct)
    {
        var source = await db.Sources.SingleOrDefaultAsync(s => s.Name == command.Source, ct);
        if (command.Mapping is null && command.Feed is { } named)
        {
            return source is null ? null : await db.Feeds
                .Where(f => f.SourceId == source.Id && f.Name == named && f.Active).OrderByDescending(f => f.Version).FirstOrDefaultAsync(ct);
        }

        if (command.Mapping is null && known is null)
        {
            return null;
        }

        source ??= await DeclareAsync(ct);
        return command.Mapping is { } mapping ? await GivenAsync(source, mapping, ct) : await KnownAsync(source, known!, ct);
    }

    private async Task<Source> DeclareAsync(CancellationToken ct)
    {
        var source = new Source
        {
            Name = command.Source,
            Label = command.Name.Trim(),
            Priority = 10 + (await db.Sources.MaxAsync(s => (int?)s.Priority, ct) ?? 0),
            CreatedAt = now,
        };
        db.Sources.Add(source);
        await db.SaveChangesAsync(ct); // before the feed that names it
        return source;
    }

    private async Task<Feed> GivenAsync(Source source, SourceMapping mapping, CancellationToken ct)
    {
        var name = command.Feed ?? $"{command.Source}_{JsonNamingPolicy.SnakeCaseLower.ConvertName(command.Kind)}";
        var feed = new Feed
        {
            SourceId = source.Id,
            Name = name,
            Version = await NextVersionAsync(source, name, ct),
            Kind = mapping.Kind,
            FilePattern = $"/{name}", // no file is ever named so: a name holds no slash
            KeyColumns = [.. mapping.KeyColumns],
            Columns = [.. mapping.Fields.Select(field => new FeedColumn(field.Key, [field.Value]))],
            CreatedAt = now,
            CreatedBy = by,
        };
        db.Feeds.Add(feed);
        await db.SaveChangesAsync(ct);
        return feed;
    }

    // Those that say the same already are kept.
    private async Task<Feed?> KnownAsync(Source source, IKnownSource known, CancellationToken ct)
    {
        var kept = new List<Feed>();
        foreach (var declared in known.Feeds(source.Name, command.Settings))
        {
            var last = await db.Feeds.Where(f => f.SourceId == source.Id && f.Name == declared.Name).OrderByDescending(f => f.Version).FirstOrDefaultAsync(ct);
            if (last is null || !declared.Says(last))
            {
                last = declared.ToFeed(source.Id, await NextVersionAsync(source, declared.Name, ct), now, by);
                db.Feeds.Add(last);
            }

            kept.Add(last);
        }

        await db.SaveChangesAsync(ct);
        return kept.FirstOrDefault();
    }

    private async Task<int> NextVersionAsync(Source source, string name, CancellationToken ct)
    {
        var last = await db.Feeds.Where(f => f.SourceId == source.Id && f.Name == name).OrderByDescending(f => f.Version).FirstOrDefaultAsync(ct);
        last?.Active = false;
        return (last?.Version ?? 0) + 1;
    }
}
