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
        "members as materialized (select distinct coalesce(c.account_id, m.member_id) as id from segment_members m left join contacts c on c.id = m.member_id where m.segment_id = $1 and m.exited_at is null)";

    public async Task<IReadOnlyList<PersonaSheet>> ListAsync(CancellationToken ct)
    {
        var personas = await (from p in db.Set<Persona>().AsNoTracking()
                              join s in db.Segments on p.SegmentId equals s.Id
                              orderby p.Name, p.Id
                              select new { Persona = p, s.Name }).Take(100).ToListAsync(ct);
        List<PersonaSheet> sheets = [];
        foreach (var one in personas)
        {
            sheets.Add(await SheetAsync(one.Persona, one.Name, ct));
        }

        return sheets;
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

    private async Task<PersonaSheet> SheetAsync(Persona persona, string segment, CancellationToken ct)
    {
        var (members, revenue, basket, score) = await FiguresAsync(persona.SegmentId, ct);
        List<PersonaTrait> traits = [];
        await using var command = database.CreateCommand(
            $"""
            with {Members},
            said (trait, id, value) as (
              select 'region', a.id, a.address_region from accounts a join members using (id)
              union select 'naf', a.id, left(a.naf, 2) from accounts a join members using (id)
              union select 'headcount', a.id, a.headcount_band from accounts a join members using (id)
              union select 'function', r.account_id, r.function from roles r join members m on m.id = r.account_id where r.function <> 'Employee'
              union select 'range', b.account_id, b.range from bought_products b join members m on m.id = b.account_id where b.type = 'Invoice'
              union select 'channel', k.account_id, k.last_interaction_channel from account_metrics k join members m on m.id = k.account_id),
            counted as (
              select trait, value, count(distinct id) as holders, row_number() over (partition by trait order by count(distinct id) desc, value) as place
              from said where value is not null and value <> '' group by trait, value)
            select trait, value, holders::double precision / greatest((select count(*) from members), 1) from counted where place <= 3 order by trait, place
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = persona.SegmentId });
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            traits.Add(new PersonaTrait(row.GetString(0), row.GetString(1), row.GetDouble(2)));
        }

        return new PersonaSheet(persona, segment, members, revenue, basket, score, traits);
    }

    private async Task<(long Members, decimal? Revenue, decimal? Basket, int? Score)> FiguresAsync(Guid segment, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            $"""
            with {Members}
            select count(*), round(avg(k.revenue12m), 2), round(avg(k.average_basket), 2), round(avg(w.lead_score))::int
            from members m left join account_metrics k on k.account_id = m.id left join account_worths w on w.account_id = m.id
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = segment });
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        decimal? At(int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);
        return (row.GetInt64(0), At(1), At(2), row.IsDBNull(3) ? null : row.GetInt32(3));
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
