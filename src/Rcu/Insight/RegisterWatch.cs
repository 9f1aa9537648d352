using Npgsql;

namespace Rcu.Insight;

/// <summary>
/// What the register says happened to accounts: ceased, a place closed, the head office moved, taken over by another. Each is a
/// proposal in one French sentence for a person to act on; nothing of the account changes by itself.
/// </summary>
public sealed class RegisterWatch(NpgsqlDataSource database, TimeProvider clock)
{
    // The Unicode apostrophe and quotes are those of the sentences people read.
    private const string Statement =
        """
        with named as (
          select a.id, a.siren, coalesce(a.usual_name, a.name) as name, a.naf from accounts a where a.siren is not null),
        said as (
          select n.id as account_id, 'ceased' as kind, '' as siret, '' as successor, u.state_since as happened_on,
            concat('« ', n.name, ' » a cessé son activité', to_char(u.state_since, '" le "DD/MM/YYYY'), ' selon le répertoire Sirene.') as sentence
          from named n join register.legal_units u on u.siren = n.siren where u.state = 'C'
          union all
          select n.id, 'activity', '', u.naf, null,
            concat('L’activité de « ', n.name, ' » est ', u.naf, ' selon le répertoire Sirene, et ', n.naf, ' dans le compte.')
          from named n join register.legal_units u on u.siren = n.siren
          where u.naf_edition = 'NAFRev2' and u.naf <> n.naf and u.state is distinct from 'C'
          union all
          select n.id, 'closed', p.siret, '', p.state_since,
            concat('L’établissement ', p.siret, concat(' (', p.city, ')'), ' de « ', n.name, ' » est fermé',
              to_char(p.state_since, '" depuis le "DD/MM/YYYY'), ' selon le répertoire Sirene.')
          from named n join establishments e on e.account_id = n.id join register.establishments p on p.siret = e.siret
            join register.legal_units u on u.siren = n.siren
          where p.state = 'F' and u.state is distinct from 'C'
          union all
          select n.id, case when s.head_office_moved and left(s.successor, 9) = n.siren then 'moved' else 'succeeded' end, s.predecessor, s.successor,
            s.happened_on,
            case when s.head_office_moved and left(s.successor, 9) = n.siren
              then concat('Le siège de « ', n.name, ' » a été transféré de ', s.predecessor, ' à ', s.successor, concat(' ', p.postal_code, ' ', p.city),
                to_char(s.happened_on, '" le "DD/MM/YYYY'), '.')
              else concat('L’établissement ', s.predecessor, ' de « ', n.name, ' » a été repris par ', coalesce(u.name || ', ', ''), 'SIRET ', s.successor,
                to_char(s.happened_on, '" le "DD/MM/YYYY'), case when s.continued then ', avec continuité économique' else '' end,
                ' : rapprocher ou relier les deux comptes.') end
          from named n join establishments e on e.account_id = n.id join register.successions s on s.predecessor = e.siret
            left join register.establishments p on p.siret = s.successor
            left join register.legal_units u on u.siren = left(s.successor, 9) and u.diffusion = 'O'),
        latest as (
          select distinct on (account_id, kind, siret, successor) * from said order by account_id, kind, siret, successor, happened_on desc nulls last),
        ended as (
          update register_proposals known set closed_at = $1
          where closed_at is null and not exists (
            select from latest l
            where (l.account_id, l.kind, l.siret, l.successor) = (known.account_id, known.kind, known.siret, known.successor))
          returning 1),
        raised as (
          insert into register_proposals as known (id, account_id, kind, siret, successor, happened_on, sentence, found_at)
          select gen_random_uuid(), account_id, kind, siret, successor, happened_on, sentence, $1 from latest
          on conflict (account_id, kind, siret, successor) do update
          set happened_on = excluded.happened_on, sentence = excluded.sentence, closed_at = null,
            -- What a person answered holds as long as the register says the same.
            judged_at = case when known.happened_on is not distinct from excluded.happened_on and known.closed_at is null then known.judged_at end
          where (known.happened_on, known.sentence, known.closed_at is null) is distinct from (excluded.happened_on, excluded.sentence, true)
          returning 1)
        select (select count(*) from raised) + (select count(*) from ended)
        """;

    /// <returns>How many proposals were raised, changed or closed.</returns>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        await using var watch = database.CreateCommand(Statement);
        watch.CommandTimeout = 0;
        watch.Parameters.Add(new() { Value = clock.GetUtcNow() });
        return (long)(await watch.ExecuteScalarAsync(ct))!;
    }
}
