using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion.Connectors.Webhook;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Pushing;
using Rcu.Security;

namespace Rcu.Activation.Returns;

/// <summary>
/// The letter box of one tool. Who unsubscribes there, whose address bounces, who complains is no longer written to from anywhere:
/// it becomes evidence as any other, holds at once, and leaves every other tool. The tool that said it is not told so back.
/// </summary>
public sealed class ReturnInbox(RcuDb db, ISecrets secrets, PushedRecords pushed, PushQueue queue, TimeProvider clock)
{
    // An address that more people share is nobody's own.
    private const int MostPeople = 50;

    /// <param name="bearer">What a tool that cannot sign showed instead; null when it showed nothing.</param>
    /// <param name="contentType">Without its parameters.</param>
    public async Task<Result<ReturnReceipt>> ReceiveAsync(
        Guid id, MessageProof proof, string? bearer, string contentType, byte[] body, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tool = await db.Destinations.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct);
        if (tool?.InboundSecret is not { } locked || secrets.Open(locked) is not { } secret || !(proof.Holds(secret, body, now) || Shows(bearer, secret)))
        {
            return SourceErrors.BadSignature; // whether there is such a letter box is nobody's business
        }

        if (ReturnReader.Read(contentType, body, now) is not { } read)
        {
            return ActivationErrors.UnreadableReturn;
        }

        var name = bearer is not null || proof.Id is null ? $"sha256:{Convert.ToHexStringLower(SHA256.HashData(body))}" : proof.NameOf(SHA256.HashData(body));
        if (await db.Database.SqlQuery<int>($"""select 1 as "Value" from tool_messages where destination_id = {id} and message_id = {name}""").AnyAsync(ct))
        {
            return new ReturnReceipt(name, IsNew: false, 0, 0);
        }

        var returns = await FoundAsync(tool, name, read.Returns, now, ct);
        await TellAsync(tool, returns, ct);
        if (await TakeAsync(tool, name, returns, now, ct))
        {
            await PropagateAsync(tool, returns, ct);
        }

        return new ReturnReceipt(name, IsNew: true, returns.Count(r => r.ProfileId is not null), read.Others + returns.Count(r => r.ProfileId is null));
    }

    private static bool Shows(string? bearer, string secret) => bearer is not null
        && secret.Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(bearer), Encoding.UTF8.GetBytes(one)));

    // By what the tool calls the person, else by our own name, else by the address: everybody who has it.
    private async Task<List<ToolReturn>> FoundAsync(Destination tool, string name, IReadOnlyList<SaidReturn> said, DateTimeOffset now, CancellationToken ct)
    {
        var (places, profiles, remotes, emails) = (
            Enumerable.Range(0, said.Count).ToArray(), said.Select(s => s.ProfileId).ToArray(), said.Select(s => s.RemoteId).ToArray(), said.Select(s => s.Email).ToArray());
        var people = (await db.Database.SqlQuery<FoundPerson>(
            $"""
            select s.place as "Place", found.id as "Id"
            from unnest({places}, {profiles}, {remotes}, {emails}) as s (place, profile, remote, email)
            cross join lateral (
              select id from contacts where id = s.profile
              union select c.id from destination_profiles p join contacts c on c.id = p.profile_id where p.destination_id = {tool.Id} and p.remote_id = s.remote
              union select id from contacts where s.email is not null and emails @> array[s.email]
              union select id from contacts where email = s.email
              limit {MostPeople}) found
            """).ToListAsync(ct)).ToLookup(found => found.Place, found => (Guid?)found.Id);
        return
        [
            .. said.Index().SelectMany(one => people[one.Index].Order().DefaultIfEmpty().Select(person => new ToolReturn
            {
                DestinationId = tool.Id,
                MessageId = name,
                ProfileId = person,
                Kind = one.Item.Kind,
                Email = one.Item.Email,
                SaidAt = one.Item.At,
                ReceivedAt = now,
            })),
        ];
    }

    // Said of a record of the person, in the source that record is from: it follows the record wherever it goes. One that its
    // source has withdrawn serves too when there is no other: a refusal outlives the record it was said of.
    private async Task TellAsync(Destination tool, List<ToolReturn> returns, CancellationToken ct)
    {
        var known = returns.Where(r => r.ProfileId is not null).ToList();
        var (people, emails) = (known.Select(r => r.ProfileId!.Value).ToArray(), known.Select(r => r.Email).ToArray());
        var records = await db.Database.SqlQuery<KnownKey>(
            $"""
            select distinct on (s.place) s.place::int as "Place", o.name as "Source", r.external_key as "Key"
            from unnest({people}, {emails}) with ordinality as s (person, email, place)
            join links l on l.kind = 'Contact' and l.cluster_id = s.person
            join records r on r.id = l.record_id and r.kind = 'Contact'
            join sources o on o.id = r.source_id
            order by s.place, r.removed_at is not null, r.gone_at is not null, coalesce(r.fields ->> 'email' = s.email, false) desc, o.priority, r.id
            """).ToDictionaryAsync(key => key.Place - 1, ct);
        foreach (var (place, one) in known.Index())
        {
            if (records.GetValueOrDefault(place) is { } record)
            {
                await pushed.PushAsync(Evidence(tool, one, record), $"retour:{tool.Name}", ct);
            }
        }
    }

    private static PushRecord Evidence(Destination tool, ToolReturn one, KnownKey record) => new(
        record.Source,
        string.Create(CultureInfo.InvariantCulture, $"retour:{tool.Id:n}:{one.Kind}:{record.Key}:{one.SaidAt:yyyyMMdd}"),
        new InteractionFields
        {
            ContactKey = record.Key,
            Email = one.Email,
            Kind = one.Kind switch
            {
                ReturnKind.Unsubscribed => "unsubscribed",
                ReturnKind.Bounced => "email_bounced_hard",
                _ => "email_complained",
            },
            At = one.SaidAt,
            Campaign = tool.Name,
        });

    private async Task<bool> TakeAsync(Destination tool, string name, List<ToolReturn> returns, DateTimeOffset now, CancellationToken ct)
    {
        await using var commit = await db.Database.BeginTransactionAsync(ct);
        if (await db.Database.ExecuteSqlAsync(
            $"insert into tool_messages (destination_id, message_id, received_at) values ({tool.Id}, {name}, {now}) on conflict do nothing", ct) == 0)
        {
            return false; // the same message came twice at once
        }

        db.ToolReturns.AddRange(returns);
        await db.SaveChangesAsync(ct);
        foreach (var one in returns.Where(r => r.ProfileId is not null))
        {
            var (reach, why) = one.Kind is ReturnKind.Bounced
                ? (Reach.Invalid, $"L'adresse {one.Email} ne fonctionne pas (rejet définitif).")
                : (Reach.Opposed, string.Create(CultureInfo.InvariantCulture, $"Désinscription de « {tool.Name} » le {one.SaidAt:dd/MM/yyyy} : ne pas écrire."));
            await db.Contacts.Where(c => c.Id == one.ProfileId && c.EmailReach != Reach.Opposed && (reach == Reach.Opposed || one.Email == null || c.Email == one.Email))
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.EmailReach, reach).SetProperty(x => x.EmailReachReason, why), ct);
        }

        var people = People(returns);
        await db.DestinationProfiles.Where(p => p.DestinationId == tool.Id && people.Contains(p.ProfileId))
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.SilencedAt, now).SetProperty(x => x.ContentHash, Array.Empty<byte>()), ct);
        await commit.CommitAsync(ct);
        return true;
    }

    private async Task PropagateAsync(Destination tool, List<ToolReturn> returns, CancellationToken ct)
    {
        var people = People(returns);
        var others = await db.Destinations.AsNoTracking()
            .Where(d => d.Id != tool.Id && d.SegmentId != null && !Destination.Stopped.Contains(d.State)
                && db.DestinationProfiles.Any(p => p.DestinationId == d.Id && people.Contains(p.ProfileId)))
            .OrderBy(d => d.Id).ToListAsync(ct);
        foreach (var other in others)
        {
            await queue.AskAsync(other, $"retour:{tool.Name}", ct);
        }
    }

    private static List<Guid> People(List<ToolReturn> returns) => [.. returns.Select(r => r.ProfileId).OfType<Guid>().Distinct()];

    private sealed record FoundPerson(int Place, Guid Id);

    private sealed record KnownKey(int Place, string Source, string Key);
}

/// <summary>What became of a message.</summary>
/// <param name="IsNew">False: it was here already, and counts once.</param>
/// <param name="Taken">How many of its events concern somebody known here.</param>
/// <param name="Ignored">How many concern nobody, or say nothing of who may be written to.</param>
public sealed record ReturnReceipt(string Id, bool IsNew, int Taken, int Ignored);
