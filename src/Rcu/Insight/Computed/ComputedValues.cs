using System.Diagnostics;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Insight.Computed;

/// <summary>Keeps the values of every computed attribute: of what changed, and of everything for one whose formula did.</summary>
internal sealed class ComputedValues(InsightDue due)
{
    private const string Whom =
        """
        create temp table if not exists computed_due (subject_id uuid not null, account_id uuid not null, source_id uuid, key text) on commit drop;
        truncate computed_due
        """;

    public async Task RunAsync(CancellationToken ct)
    {
        await ForgetAsync(ct);
        foreach (var (attribute, isNew) in await InForceAsync(ct))
        {
            if (due.Count > 0 || isNew)
            {
                await ComputeAsync(attribute, isNew, ct);
            }
        }
    }

    /// <summary>Fills <c>computed_due</c> with whose values a formula of this level may give now.</summary>
    internal static async Task PrepareAsync(InsightDue due, ComputedLevel level, bool whole, CancellationToken ct)
    {
        await due.ExecuteAsync(Whom, ct);
        await due.ExecuteAsync(Subjects(level, whole), ct);
        await due.ExecuteAsync("analyze computed_due", ct);
    }

    // Of a contact, the facts are found by the contact: which account they hang on does not matter. Of an establishment, by the records
    // of the customer that are of that place. Who is no more is due as well: its values go.
    private static string Subjects(ComputedLevel level, bool whole) => (level, whole) switch
    {
        (ComputedLevel.Account, true) => $"insert into computed_due select id, id from accounts union all {Gone("Account", "accounts")}",
        (ComputedLevel.Account, false) => "insert into computed_due select account_id, account_id from insight_due",
        (ComputedLevel.Contact, true) => $"insert into computed_due select id, id from contacts union all {Gone("Contact", "contacts")}",
        (ComputedLevel.Contact, false) =>
            $"""
            insert into computed_due
            select id, id from (
              select c.id from contacts c join insight_due using (account_id)
              union select i.contact_id from interactions i join insight_due using (account_id) where i.contact_id is not null
              union select d.contact_id from documents d join insight_due using (account_id) where d.contact_id is not null
              union select o.contact_id from opportunities o join insight_due using (account_id) where o.contact_id is not null) people
            union {Gone("Contact", "contacts")}
            """,
        (ComputedLevel.Establishment, _) =>
            $"""
            insert into computed_due (subject_id, account_id, source_id, key)
            select e.id, e.account_id, r.source_id, r.external_key
            from establishments e {(whole ? "" : "join insight_due using (account_id)")}
            cross join unnest(e.record_ids) mine (record_id)
            join records r on r.id = mine.record_id and r.kind = 'Account'
            union all
            select gone.id, gone.id, null, null from ({Gone("Establishment", "establishments")}) gone (id, same)
            """,
        (_, true) =>
            $"insert into computed_due select id, id from accounts union all select account_id, member_id from group_members union all {Gone("Account", "accounts")}",
        _ =>
            """
            with near as materialized (select account_id, member_id from group_members),
            touched as (select account_id from insight_due union select n.account_id from near n join insight_due i on i.account_id = n.member_id)
            insert into computed_due
            select account_id, account_id from touched union all select n.account_id, n.member_id from near n join touched using (account_id)
            """,
    };

    private static string Gone(string kind, string golden) =>
        $"select v.subject_id, v.subject_id from computed_values v where v.kind = '{kind}' and not exists (select from {golden} g where g.id = v.subject_id)";

    private async Task ComputeAsync(ComputedAttribute attribute, bool isNew, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await due.ExecuteAsync("savepoint computed", ct);
        string? failure = null;
        try
        {
            var compiled = CompiledFormula.Compile(attribute.Formula, due.Today);
            if (!compiled.Succeeded)
            {
                failure = compiled.Error.Message;
            }
            else
            {
                await PrepareAsync(due, attribute.Formula.Level, due.IsWhole || isNew, ct);
                await WriteAsync(attribute, compiled.Value, ct);
            }
        }
        catch (PostgresException wrong)
        {
            // One that overflows must not stop the others: its values stay those of before, and its page says why.
            await due.ExecuteAsync("rollback to savepoint computed", ct);
            failure = wrong.MessageText;
        }

        await due.ExecuteAsync(
            """
            insert into computed_states (number, version, filled, took_ms, failure, computed_at)
            select $1, $2, (select count(*) from computed_values where name = $3), $4, nullif($5, ''), $6
            on conflict (number) do update set version = excluded.version, filled = excluded.filled, took_ms = excluded.took_ms,
              failure = excluded.failure, computed_at = excluded.computed_at
            """,
            ct, attribute.Number, attribute.Version, attribute.Name, (int)watch.ElapsedMilliseconds, failure ?? "", due.Now);
    }

    private async Task WriteAsync(ComputedAttribute attribute, CompiledFormula formula, CancellationToken ct)
    {
        var golden = attribute.Kind switch
        {
            SubjectKind.Contact => "contacts",
            SubjectKind.Establishment => "establishments",
            _ => "accounts",
        };
        var at = formula.Values.Length;
        await due.ExecuteAsync(
            $"""
            with fresh as materialized (
            {formula.Sql}
            ), kept as (
              select f.* from fresh f join {golden} g on g.id = f.subject_id where coalesce(f.number::text, f.day::text, f.text) is not null
            ), written as (
              insert into computed_values (kind, subject_id, name, number, day, text)
              select ${at + 1}, subject_id, ${at + 2}, number, day, coalesce(text, number::text, day::text) from kept
              on conflict (kind, subject_id, name) do update set number = excluded.number, day = excluded.day, text = excluded.text
              where (computed_values.number, computed_values.day, computed_values.text) is distinct from (excluded.number, excluded.day, excluded.text)
            )
            delete from computed_values v using (select distinct subject_id from computed_due) d
            where v.kind = ${at + 1} and v.name = ${at + 2} and v.subject_id = d.subject_id and not exists (select from kept k where k.subject_id = v.subject_id)
            """,
            ct, [.. formula.Values, attribute.Kind.ToString(), attribute.Name]);
    }

    private Task<int> ForgetAsync(CancellationToken ct) => due.ExecuteAsync(
        """
        with inforce as (
          select name from computed_attributes a
          where state = 'On' and version = (select max(version) from computed_attributes b where b.number = a.number))
        delete from computed_values where name not in (select name from inforce)
        """,
        ct);

    private async Task<IReadOnlyList<(ComputedAttribute Attribute, bool IsNew)>> InForceAsync(CancellationToken ct)
    {
        List<(ComputedAttribute, bool)> all = [];
        await using var command = due.Command(
            """
            select a.number, a.version, a.name, a.formula::text, s.version is distinct from a.version
            from computed_attributes a left join computed_states s on s.number = a.number
            where a.state = 'On' and a.version = (select max(version) from computed_attributes b where b.number = a.number)
            order by a.number
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            all.Add((new ComputedAttribute
            {
                Number = row.GetInt32(0),
                Version = row.GetInt32(1),
                Name = row.GetString(2),
                Label = "",
                Purpose = "",
                Formula = Mapping.Read<Formula>(row.GetString(3)),
                State = ComputedState.On,
                SetBy = "",
                SetAt = due.Now,
            }, row.GetBoolean(4)));
        }

        return all;
    }
}
