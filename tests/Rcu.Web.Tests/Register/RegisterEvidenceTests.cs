using Rcu.Cleaning;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Register;

/// <summary>The register is asked only of what changed since, on either side, and says the same as if it had been asked of everything.</summary>
public class RegisterEvidenceTests
{
    private const string State =
        """
        select string_agg(r.external_key || ' ' || encode(r.content_hash, 'hex'), ',' order by r.external_key)
        from records r join sources s on s.id = r.source_id where s.name = 'sirene' and r.removed_at is null
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Asking_of_what_changed_says_the_same_as_asking_of_everything(int seed)
    {
        await using var database = await TestDatabase.CreateAsync();
        var random = new Random(seed);
        await RegisterFiles.LoadFixtureAsync(database.App);
        await SqlAsync(database.Owner, "insert into sources (id, name, label, priority, created_at) values ('00000000-0000-7000-8000-000000000001', 'crm', 'CRM', 10, now())");
        var sirens = (await SqlAsync(database.Owner, "select string_agg(siren, ',') from (select siren from register.legal_units order by siren limit 40) u")).Split(',');

        for (var round = 0; round < 12; round++)
        {
            for (var change = 0; change < 6; change++)
            {
                await SqlAsync(database.Owner, Change(random, sirens));
            }

            await AskAsync(database);
            var said = await SqlAsync(database.Owner, State);
            await SqlAsync(database.Owner, "delete from hub_settings where name = 'register.evidence'");
            Assert.Equal(0, await AskAsync(database));
            Assert.Equal(await SqlAsync(database.Owner, State), said);
        }
    }

    [Fact]
    public async Task A_second_look_at_what_did_not_change_looks_at_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await RegisterFiles.LoadFixtureAsync(database.App);
        await SqlAsync(database.Owner, "insert into sources (id, name, label, priority, created_at) values ('00000000-0000-7000-8000-000000000001', 'crm', 'CRM', 10, now())");
        await SqlAsync(database.Owner, Write(1, "063800031"));
        Assert.Equal(1, await AskAsync(database));
        await SqlAsync(database.Owner, "alter table records rename column fields to hidden; alter table records add fields jsonb not null default '{}'");

        // Whoever looked at every record would find that they bear nothing any more, and take the unit away.
        Assert.Equal(0, await AskAsync(database));
        Assert.StartsWith("063800031", await SqlAsync(database.Owner, State), StringComparison.Ordinal);
    }

    // What imports, cleaning, undoing and the daily changes of the register do to the tables, at random.
    private static string Change(Random random, string[] sirens)
    {
        var (key, siren) = (random.Next(15), sirens[random.Next(sirens.Length)]);
        return random.Next(6) switch
        {
            0 or 1 => Write(key, siren),
            2 => $"update records set fields = fields - 'siren', cleaned_at = clock_timestamp() where external_key = 'k{key}'",
            3 => $"update records set removed_at = clock_timestamp() where external_key = 'k{key}' and removed_at is null",
            4 => $"with u as (update register.legal_units set name = 'NOM {random.Next(1_000)}' where siren = '{siren}' returning siren) insert into register.touched select siren from u on conflict do nothing",
            _ => $"with u as (delete from register.legal_units where siren = '{siren}' returning siren) insert into register.touched select siren from u on conflict do nothing",
        };
    }

    private static string Write(int key, string siren) =>
        $$"""
        insert into records (id, source_id, kind, external_key, source_record_id, content_hash, run_id, fields, cleaned_at, rules_version, changed_at)
        values (gen_random_uuid(), '00000000-0000-7000-8000-000000000001', 'Account', 'k{{key}}', gen_random_uuid(), '\x00', gen_random_uuid(), '{"siren": "{{siren}}"}', clock_timestamp(), 2, now())
        on conflict (source_id, kind, external_key) do update set fields = excluded.fields, cleaned_at = excluded.cleaned_at, removed_at = null
        """;

    private static async Task<long> AskAsync(TestDatabase database)
    {
        await using var db = SampleCustomers.Open(database.App);
        return await new RegisterEvidence(db, TimeProvider.System).WriteAsync(default);
    }

    private static Task<string> SqlAsync(string connectionString, string sql) => RegisterFiles.AskAsync(connectionString, sql);
}
