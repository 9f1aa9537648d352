using Rcu.Web.Tests.Segmentation;

namespace Rcu.Web.Tests.Resolution.Storm;

/// <summary>Reads what a storm left and says all that is wrong with it: lost, doubled, orphan, or answered otherwise than by some order of the acts.</summary>
internal sealed class StormChecker(StormHub hub)
{
    // Of each kind of child: where it is, the word it bears, and where it is filed.
    private static readonly Dictionary<string, string> Children = new()
    {
        ["note"] = "select i.text from interactions i join accounts a on a.id = i.account_id where i.text like 'storm-%'",
        ["interaction"] = "select subject from interactions where subject like 'storm-%'",
        ["document"] = "select number from documents where number like 'storm-%'",
        ["task"] = "select title from account_tasks where title like 'storm-%'",
        ["tag"] = "select tag from account_tags where tag like 'storm-%'",
        ["role"] = "select remark from typed_roles where remark like 'storm-%'",
        ["record"] = "select external_key from records where external_key like 'storm-%' and kind = 'Account'",
        ["edit"] = "select distinct payload ->> 'usual_name' from source_records where payload ->> 'usual_name' like 'storm-%' and external_key like 'account:%'",
    };

    private static readonly (string Wrong, string Sql)[] Invariants =
    [
        ("a record of several or of no golden row",
            """
            select r.id::text from records r where r.kind in ('Account', 'Contact') and r.removed_at is null and r.cleaned_at is not null
              and (select count(*) from links l where l.record_id = r.id and l.kind = r.kind) <> 1
              and not exists (select from sources s where s.id = r.source_id and s.name = 'saisie')
            """),
        ("a link to a golden row that is not there",
            """
            select l.record_id::text from links l where not exists (select from accounts a where a.id = l.cluster_id)
              and not exists (select from contacts c where c.id = l.cluster_id)
            """),
        ("a golden row without records",
            """
            select a.id::text from accounts a where not exists (select from links l where l.kind = 'Account' and l.cluster_id = a.id)
            union all select c.id::text from contacts c where not exists (select from links l where l.kind = 'Contact' and l.cluster_id = c.id)
            """),
        ("a count of records that is wrong",
            """
            select a.id::text from accounts a where a.record_count <> (
              select count(*) from links l join records r on r.id = l.record_id and r.kind = 'Account'
              join sources s on s.id = r.source_id
              where l.kind = 'Account' and l.cluster_id = a.id and not (s.name = 'saisie' and r.fields = '{}'))
            """),
        ("an account whose facets are not what it is", FacetRuleTests.Wrong),
        ("a fact under two accounts",
            """
            select id::text from (select id from interactions union all select id from documents union all select id from opportunities
              union all select id from document_lines) f group by id having count(*) > 1
            """),
        ("a fact of no account",
            """
            select f.id::text from (select id, account_id from interactions union all select id, account_id from documents
              union all select id, account_id from opportunities union all select id, account_id from document_lines) f
            where f.account_id <> $1 and not exists (select from accounts a where a.id = f.account_id)
            """),
        ("a paper that is not with the record it names",
            """
            select d.id::text from documents d join records f on f.id = d.id
            join records a on a.source_id = f.source_id and a.kind = 'Account' and a.external_key = f.fields ->> 'account_key' and a.removed_at is null
            join links l on l.record_id = a.id and l.kind = 'Account' where l.cluster_id <> d.account_id
            """),
        ("a part played by nobody, or nowhere",
            """
            select r.id::text from roles r where not exists (select from accounts a where a.id = r.account_id)
              or not exists (select from contacts c where c.id = r.contact_id)
            """),
        ("a typed part that is not where its records are",
            """
            select t.id::text from typed_roles t join links a on a.record_id = t.account_record_id and a.kind = 'Account'
            join links c on c.record_id = t.contact_record_id and c.kind = 'Contact'
            where t.dropped_at is null and (a.cluster_id <> t.account_id or c.cluster_id <> t.contact_id
              or not exists (select from roles r where r.account_id = t.account_id and r.contact_id = t.contact_id))
            """),
        ("two that a person said differ, in one golden row",
            """
            select d.id::text from decisions d join links l on l.record_id = d.left_record_id and l.kind = d.kind
            join links r on r.record_id = d.right_record_id and r.kind = d.kind
            where d.revoked_at is null and d.verdict = 'Different' and l.cluster_id = r.cluster_id and not exists (
              select from records t join sources s on s.id = t.source_id where t.id in (d.left_record_id, d.right_record_id) and s.name = 'saisie')
            """),
        ("a decision in force of a question that waits",
            """
            select m.id::text from matches m join decisions d on d.kind = m.kind and d.left_record_id = m.left_record_id and d.right_record_id = m.right_record_id
            where d.revoked_at is null and d.reason is null and m.judgement = 'Undecided'
            """),
        ("a retired id that lives, or leads through another or nowhere",
            """
            select r.retired_id::text from redirects r where exists (select from accounts a where a.id in (r.retired_id))
              or exists (select from contacts c where c.id = r.retired_id)
              or not exists (select from accounts a where a.id = r.survivor_id union all select from contacts c where c.id = r.survivor_id)
            """),
        ("a mark left to work on", "select cluster_id::text from stale_clusters"),
    ];

    /// <summary>What is wrong, in words; nothing when all is well.</summary>
    public async Task<List<string>> WrongsAsync(IReadOnlyList<StormAct> acts)
    {
        var wrongs = new List<string>();
        foreach (var (kind, sql) in Children)
        {
            var there = await hub.ListAsync<string>(sql);
            var done = acts.Where(a => a.Kind == kind && a.Outcome is StormOutcome.Done).Select(a => a.Key).ToHashSet();
            var mayBe = acts.Where(a => a.Kind == kind && a.Outcome is StormOutcome.Unknown).Select(a => a.Key).ToHashSet();
            wrongs.AddRange(done.Except(there).Select(key => $"{kind} {key}: lost"));
            wrongs.AddRange(there.Except(done).Except(mayBe).Select(key => $"{kind} {key}: refused, and there"));
            wrongs.AddRange(there.GroupBy(key => key).Where(g => g.Count() > 1).Select(g => $"{kind} {g.Key}: doubled"));
        }

        foreach (var (wrong, sql) in Invariants)
        {
            var found = sql.Contains("$1", StringComparison.Ordinal) ? await hub.ListAsync<string>(sql, Rcu.Customers.Account.Unknown) : await hub.ListAsync<string>(sql);
            wrongs.AddRange(found.Take(3).Select(id => $"{wrong}: {id} ({found.Count})"));
        }

        wrongs.AddRange(await PlacesAsync());
        wrongs.AddRange(await JudgementsAsync(acts));
        wrongs.AddRange((await DanglingAsync()).Select(d => $"dangling: {d}"));
        return wrongs;
    }

    /// <summary>Every column that refers to golden rows, found by what it holds, and how many of its ids lead nowhere in one hop.</summary>
    public async Task<List<string>> DanglingAsync()
    {
        const string Golden = "select id from accounts union all select id from contacts union all select retired_id from redirects";
        const string Answered =
            """
            select id from accounts union all select id from contacts union all select r.retired_id from redirects r
              where exists (select from accounts a where a.id = r.survivor_id) or exists (select from contacts c where c.id = r.survivor_id)
            """;
        var dangling = new List<string>();
        foreach (var column in await hub.ListAsync<string>(
            """
            select c.table_name || '.' || c.column_name from information_schema.columns c
            join information_schema.tables t using (table_schema, table_name)
            where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'uuid'
              and (c.table_name, c.column_name) not in (('accounts', 'id'), ('contacts', 'id'), ('redirects', 'retired_id')) order by 1
            """))
        {
            var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
            if ((await hub.ListAsync<bool>($"select exists (select from {table} where {name} in ({Golden}))"))[0])
            {
                var lost = await hub.ListAsync<Guid>(
                    $"select distinct {name} from {table} where {name} is not null and {name} <> $1 and {name} not in ({Answered})", Rcu.Customers.Account.Unknown);
                dangling.AddRange(lost.Count == 0 ? [] : [$"{column}: {lost.Count}, as {lost[0]}"]);
            }
        }

        return dangling;
    }

    // Each number that can be one has its place under the account of the record that says it.
    private async Task<IEnumerable<string>> PlacesAsync() => (await hub.ListAsync<string>(
        """
        select r.fields ->> 'siret' || ' ' || r.id from records r join links l on l.record_id = r.id and l.kind = 'Account'
        where r.kind = 'Account' and r.removed_at is null and r.fields ? 'siret'
          and not exists (select from establishments e where e.account_id = l.cluster_id and e.siret = r.fields ->> 'siret')
        """))
        .Where(line => Rcu.Identifiers.Siret.TryParse(line.Split(' ')[0], null, out _)).Select(line => $"a SIRET without its place: {line}");

    // What a question says in the end is what its last answer said, or one given at the same time as it.
    private async Task<List<string>> JudgementsAsync(IReadOnlyList<StormAct> acts)
    {
        var now = (await hub.ListAsync<string>("select id || ' ' || lower(judgement) from matches"))
            .ToDictionary(line => line.Split(' ')[0], line => line.Split(' ')[1]);
        var wrongs = new List<string>();
        foreach (var pair in acts.Where(a => a.Kind == "judgement" && a.Outcome is not StormOutcome.Refused).GroupBy(a => a.Key))
        {
            var done = pair.Where(a => a.Outcome is StormOutcome.Done).ToList();
            var last = pair.Where(a => a.Outcome is StormOutcome.Unknown || done.TrueForAll(later => later == a || later.Asked <= a.Told)).Select(a => a.Value);
            if (done.Count > 0 && !last.Contains(now[pair.Key]))
            {
                wrongs.Add($"question {pair.Key}: {now[pair.Key]} after {string.Join(", ", pair.Select(a => $"{a.Value} {a.Outcome}"))}");
            }
        }

        return wrongs;
    }
}
