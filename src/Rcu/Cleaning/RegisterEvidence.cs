using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;

namespace Rcu.Cleaning;

/// <summary>
/// Makes the French register one more source: for each SIREN the clean accounts bear, what the register says of it is evidence
/// under that SIREN, believed after every other source. A unit that nobody bears any more, or that the register lost, is removed.
/// Only what changed on either side is looked at.
/// </summary>
internal sealed class RegisterEvidence(RcuDb db, TimeProvider clock)
{
    /// <summary>Who ties what is hidden, or what only a person's word says, to the account it is about.</summary>
    public const string Author = "sirene";

    /// <summary>After all the systems people work in: what the register adds overwrites none of them.</summary>
    private const int Priority = 90;

    private const string NoFile = "/sirene";

    private static readonly string[] Fields =
    [
        "siren", "siret", "name", "legal_name", "legal_category", "naf", "naf2025", "headcount_band", "size_class", "founded_on", "closed_on",
        "insee_state", "diffusion", "is_head_office", "establishment_state", "street", "complement", "postal_code", "city", "updated_at",
    ];

    private static readonly KnownFeed Feed = new(
        Source.Sirene, "sirene_accounts", RecordKind.Account, NoFile, [NoFile], string.Join("; ", Fields.Select(field => $"{field}={field}")));

    /// <summary>Does nothing while no register is loaded.</summary>
    /// <returns>How many records are now to be cleaned.</returns>
    public async Task<long> WriteAsync(CancellationToken ct)
    {
        if (!await IsLoadedAsync(ct))
        {
            return 0;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Database.SetCommandTimeout(0);
        var now = clock.GetUtcNow();
        var (source, feed) = await DeclaredAsync(now, ct);
        await Promotion.WaitForTurnAsync(db, source, ct);
        if (await new RegisterBearers(db, new HubSettings(db, clock)).AskAsync(source, feed, ct) == 0)
        {
            await transaction.CommitAsync(ct);
            return 0;
        }

        var run = new Run { Stage = "Sirene", Subject = source, Label = "Répertoire Sirene", RequestedBy = "hub", QueuedAt = now };
        await StageAsync(run.Id, source, feed, ct);
        await RemoveAsync(source, now, ct);
        var staged = await CountAsync(run.Id, ct);
        if (staged > 0)
        {
            run.Start(now);
            db.Runs.Add(run);
            await db.SaveChangesAsync(ct);
            var promoted = await Promotion.RunAsync(db, run.Id, source, now, ct);
            run.Count(new Dictionary<string, long>
            {
                [IngestJob.Counts.Read] = staged,
                [IngestJob.Counts.Inserted] = promoted.Inserted,
                [IngestJob.Counts.Updated] = promoted.Updated,
            });
            run.Succeed(now);
            await db.SaveChangesAsync(ct);
        }

        await TieAsync(source, now, ct);
        await transaction.CommitAsync(ct);
        return staged;
    }

    private async Task<bool> IsLoadedAsync(CancellationToken ct) =>
        (await db.Database.SqlQueryRaw<bool>("select exists (select from register.legal_units) as \"Value\"").ToListAsync(ct))[0];

    private async Task<(Guid Source, Guid Feed)> DeclaredAsync(DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('rcu.known_feeds'))", ct);
        var source = await db.Sources.SingleOrDefaultAsync(s => s.Name == Source.Sirene, ct);
        if (source is null)
        {
            source = new Source { Name = Source.Sirene, Label = "Répertoire Sirene", Priority = Priority, WithoutDuplicates = true, CreatedAt = now };
            db.Sources.Add(source);
            await db.SaveChangesAsync(ct);
        }

        var last = await db.Feeds.Where(f => f.SourceId == source.Id && f.Name == Feed.Name).OrderByDescending(f => f.Version).FirstOrDefaultAsync(ct);
        if (last is not null && Feed.Says(last))
        {
            return (source.Id, last.Id);
        }

        last?.Active = false;
        var feed = Feed.ToFeed(source.Id, (last?.Version ?? 0) + 1, now, "rcu");
        db.Feeds.Add(feed);
        await db.SaveChangesAsync(ct);
        return (source.Id, feed.Id);
    }

    // Only what the register says anew: a second look at the same file stages nothing.
    private Task<int> StageAsync(Guid run, Guid source, Guid feed, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        insert into staged_records (run_id, place, line, feed_id, kind, external_key, payload, content_hash)
        select {run}, row_number() over (order by said.siren), row_number() over (order by said.siren), {feed}, 'Account', said.siren, said.payload, said.hash
        from (
          select u.siren, payload, sha256(convert_to(payload::text, 'UTF8')) as hash
          from (
            select siren from asked_sirens a where exists (select from register_bearers b where b.siren = a.siren)) borne
          join register.legal_units u on u.siren = borne.siren
          left join lateral (
            select * from register.establishments place
            where place.siren = u.siren and (place.siret = u.siren || u.head_office_nic or u.head_office_nic is null and place.is_head_office)
            order by place.siret desc limit 1) e on true
          cross join lateral (select jsonb_strip_nulls(jsonb_build_object(
            'siren', u.siren, 'siret', e.siret, 'name', u.name, 'legal_name', u.name, 'legal_category', u.legal_category,
            'naf', case when u.naf_edition = 'NAFRev2' then u.naf end, 'naf2025', u.naf2025, 'headcount_band', u.headcount_band,
            'size_class', u.size_class, 'founded_on', u.founded_on, 'closed_on', case when u.state = 'C' then u.state_since end,
            'insee_state', u.state, 'diffusion', case when u.diffusion = 'P' or e.diffusion = 'P' then 'P' else 'O' end,
            'is_head_office', case when e.siret is not null then 'true' end, 'establishment_state', e.state, 'street', e.street,
            'complement', e.complement, 'postal_code', e.postal_code, 'city', e.city,
            -- A headcount is as old as its year: a newer one that a source knows stays.
            'updated_at', case when u.headcount_year ~ '^[0-9][0-9][0-9][0-9]$' then u.headcount_year || '-12-31T00:00:00Z' end)) as payload) paid) said
        where not exists (
          select from records known
          where known.source_id = {source} and known.kind = 'Account' and known.external_key = said.siren and known.removed_at is null
            and known.content_hash = said.hash)
        """,
        ct);

    private Task<int> RemoveAsync(Guid source, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        update records gone set removed_at = clock_timestamp(), changed_at = {now}
        where gone.source_id = {source} and gone.kind = 'Account' and gone.removed_at is null and gone.external_key in (select siren from asked_sirens) and not (
          exists (select from register.legal_units u where u.siren = gone.external_key)
          and exists (select from register_bearers b where b.siren = gone.external_key))
        """,
        ct);

    // Where Insee hides the name, nothing but the number is there to match; and where a person alone gave the number, no record that
    // is matched bears it. Either is tied to a record that does bear it.
    private Task<int> TieAsync(Guid source, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        insert into decisions (id, kind, left_record_id, right_record_id, verdict, reason, decided_by, decided_at)
        select gen_random_uuid(), 'Account', least(id, bearer), greatest(id, bearer), 'Same',
          case when typed then 'SIREN accepté par une personne' else 'Même SIREN, nom masqué par l’Insee' end, {Author}, {now}
        from (
          select distinct on (h.id) h.id, r.id as bearer, said.payload ? 'name' as named, r.external_key ~ {Saisie.Corrections} as typed
          from asked_sirens a
          join records h on h.source_id = {source} and h.kind = 'Account' and h.external_key = a.siren and h.removed_at is null
          join source_records said on said.id = h.source_record_id
          join register_bearers b on b.siren = a.siren
          join records r on r.id = b.record_id and r.removed_at is null
          where not exists (
              select from decisions d where d.kind = 'Account' and d.revoked_at is null and h.id in (d.left_record_id, d.right_record_id))
          order by h.id, r.external_key ~ {Saisie.Corrections}, r.id) untied
        where typed or not named
        on conflict do nothing
        """,
        ct);

    private async Task<long> CountAsync(Guid run, CancellationToken ct) =>
        (await db.Database.SqlQuery<long>($"select count(*) as \"Value\" from staged_records where run_id = {run}").ToListAsync(ct))[0];
}
