using Npgsql;

namespace Rcu.Insight;

/// <summary>
/// The words of the names of accounts and contacts, for the search to tell a slip of the fingers from a word: those of the rows that
/// changed since the last time are added. A word nobody bears any more stays, and finds nothing.
/// </summary>
public sealed class NameWords(NpgsqlDataSource database, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken ct)
    {
        await using var add = database.CreateCommand(
            """
            with before as (select (select value #>> '{}' from hub_settings where name = 'name_words')::timestamptz as at),
            said as (
              select distinct word
              from (
                select search from accounts where (select at from before) is null or updated_at >= (select at from before)
                union all
                select search from contacts where (select at from before) is null or updated_at >= (select at from before)) changed,
                unnest(string_to_array(search, ' ')) word
              where length(word) between 3 and 40 and word !~ '^[0-9]+$'),
            noted as (
              insert into hub_settings (name, value, updated_at) values ('name_words', to_jsonb($1::timestamptz), $1)
              on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at)
            insert into name_words (word, keys)
            select word, word_keys(word) from said s where not exists (select from name_words known where known.word = s.word)
            order by word on conflict do nothing
            """);
        add.CommandTimeout = 0;
        add.Parameters.Add(new() { Value = clock.GetUtcNow().AddMinutes(-5) });
        await add.ExecuteNonQueryAsync(ct);
    }
}
