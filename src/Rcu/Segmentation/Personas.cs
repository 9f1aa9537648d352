using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Segmentation;

/// <summary>What people do with personas: describe, change, remove, and read what their members have in common.</summary>
public sealed class Personas(RcuDb db, NpgsqlDataSource database, IValidator<SavePersona> validator, TimeProvider clock)
{
    private const string Members =
        "members as materialized (select distinct m.segment_id, coalesce(c.account_id, m.member_id) as id from segment_members m left join contacts c on c.id = m.member_id where m.segment_id = any($1) and m.exited_at is null)";

    public async Task<IReadOnlyList<PersonaSheet>> ListAsync(CancellationToken ct)
    {
        var personas = await (from p in db.Set<Persona>().AsNoTracking()
                              join s in db.Segments on p.SegmentId equals s.Id
                              orderby p.Name, p.Id
                              select new { Persona = p, s.Name }).Take(100).ToListAsync(ct);
        Guid[] segments = [.. personas.Select(one => one.Persona.SegmentId).Distinct()];
        var (figures, traits) = (await FiguresAsync(segments, ct), await TraitsAsync(segments, ct));
        return
        [
            .. personas.Select(one =>
            {
                var (members, revenue, basket, score) = figures.GetValueOrDefault(one.Persona.SegmentId);
                return new PersonaSheet(one.Persona, one.Name, members, revenue, basket, score, [.. traits[one.Persona.SegmentId]]);
            }),
        ];
    }

    public async Task<Result<Persona>> CreateAsync(SavePersona command, string by, CancellationToken ct)
    {
        if (await RefusalAsync(command, ct) is { } refused)
        {
            return refused;
        }

        var persona = new Persona
        {
            Name = command.Name.Trim(),
            Portrait = command.Portrait.Trim(),
            Needs = command.Needs?.Trim(),
            SegmentId = command.SegmentId,
            SetBy = by,
            SetAt = clock.GetUtcNow(),
        };
        db.Add(persona);
        return await WriteAsync(persona, "persona.created", by, ct);
    }

    public async Task<Result<Persona>> ChangeAsync(Guid id, SavePersona command, string by, CancellationToken ct)
    {
        if (await RefusalAsync(command, ct) is { } refused)
        {
            return refused;
        }

        if (await db.Set<Persona>().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } persona)
        {
            return PersonaErrors.NotFound;
        }

        if (command.Version is { } seen && seen != persona.Version)
        {
            return PersonaErrors.Changed;
        }

        (persona.Name, persona.Portrait, persona.Needs, persona.SegmentId) = (command.Name.Trim(), command.Portrait.Trim(), command.Needs?.Trim(), command.SegmentId);
        (persona.Version, persona.SetBy, persona.SetAt) = (persona.Version + 1, by, clock.GetUtcNow());
        return await WriteAsync(persona, "persona.changed", by, ct);
    }

    public async Task<Result<Persona>> DeleteAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.Set<Persona>().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } persona)
        {
            return PersonaErrors.NotFound;
        }

        db.Remove(persona);
        return await WriteAsync(persona, "persona.deleted", by, ct);
    }

    // What the members of each segment most often are.
    private async Task<ILookup<Guid, PersonaTrait>> TraitsAsync(Guid[] segments, CancellationToken ct)
    {
        List<(Guid Segment, PersonaTrait Trait)> traits = [];
        await using var command = database.CreateCommand(
            $"""
            with {Members},
            sizes as (select segment_id, count(*) as members from members group by segment_id),
            said (segment_id, trait, id, value) as (
              select m.segment_id, 'region', a.id, a.address_region from accounts a join members m using (id)
              union select m.segment_id, 'naf', a.id, left(a.naf, 2) from accounts a join members m using (id)
              union select m.segment_id, 'headcount', a.id, a.headcount_band from accounts a join members m using (id)
              union select m.segment_id, 'function', m.id, r.function from roles r join members m on m.id = r.account_id where r.function <> 'Employee'
              union select m.segment_id, 'range', m.id, b.range from bought_products b join members m on m.id = b.account_id where b.type = 'Invoice'
              union select m.segment_id, 'channel', m.id, k.last_interaction_channel from account_metrics k join members m on m.id = k.account_id),
            counted as (
              select segment_id, trait, value, count(distinct id) as holders,
                row_number() over (partition by segment_id, trait order by count(distinct id) desc, value) as place
              from said where value is not null and value <> '' group by segment_id, trait, value)
            select segment_id, trait, value, holders::double precision / members
            from counted join sizes using (segment_id) where place <= 3 order by segment_id, trait, place
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = segments });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            traits.Add((row.GetGuid(0), new PersonaTrait(row.GetString(1), row.GetString(2), row.GetDouble(3))));
        }

        return traits.ToLookup(one => one.Segment, one => one.Trait);
    }

    private async Task<Dictionary<Guid, (long Members, decimal? Revenue, decimal? Basket, int? Score)>> FiguresAsync(Guid[] segments, CancellationToken ct)
    {
        var figures = new Dictionary<Guid, (long, decimal?, decimal?, int?)>();
        await using var command = database.CreateCommand(
            $"""
            with {Members}
            select m.segment_id, count(*), round(avg(k.revenue12m), 2), round(avg(k.average_basket), 2), round(avg(w.lead_score))::int
            from members m left join account_metrics k on k.account_id = m.id left join account_worths w on w.account_id = m.id
            group by m.segment_id
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = segments });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            decimal? At(int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);
            figures.Add(row.GetGuid(0), (row.GetInt64(1), At(2), At(3), row.IsDBNull(4) ? null : row.GetInt32(4)));
        }

        return figures;
    }

    private async Task<Error?> RefusalAsync(SavePersona command, CancellationToken ct) =>
        validator.Refusal(command) is { } malformed ? malformed
        : await db.Segments.AnyAsync(s => s.Id == command.SegmentId && s.ArchivedAt == null, ct) ? null
        : PersonaErrors.UnknownSegment;

    private async Task<Result<Persona>> WriteAsync(Persona persona, string action, string by, CancellationToken ct)
    {
        db.Audit.Add(new AuditEntry { At = clock.GetUtcNow(), Who = by, Action = action, Subject = $"{persona.Id}" });
        try
        {
            await db.SaveChangesAsync(ct);
            return persona;
        }
        catch (DbUpdateConcurrencyException)
        {
            return PersonaErrors.Changed;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return PersonaErrors.NameTaken(persona.Name);
        }
    }
}
