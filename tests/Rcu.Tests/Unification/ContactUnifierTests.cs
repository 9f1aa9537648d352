using Rcu.Customers;
using Rcu.Unification;
using Rcu.Unification.People;

namespace Rcu.Tests.Unification;

public class ContactUnifierTests
{
    private static readonly ILookup<string, ClusterRecord> NoRefusal = Array.Empty<ClusterRecord>().ToLookup(r => "");

    private static readonly Guid Acme = Guid.CreateVersion7(), Bolt = Guid.CreateVersion7(), Person = Guid.CreateVersion7();
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_opposition_anywhere_wins_over_a_consent_anywhere()
    {
        var contact = Unify(Record("crm", ("email", "a.b@acme.example"), ("opt_out", "true")), Record("marketing", ("email", "a.b@acme.example"), ("opt_in", "true"))).Contact;

        Assert.Equal(Reach.Opposed, contact.EmailReach);
        Assert.Contains("crm", contact.EmailReachReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_professional_address_without_opposition_may_be_written_to()
    {
        Assert.Equal(Reach.Allowed, Unify(Record("crm", ("email", "a.b@acme.example"))).Contact.EmailReach);
    }

    [Fact]
    public void A_private_address_needs_a_consent()
    {
        Assert.Equal(Reach.NoBasis, Unify(Record("crm", ("email", "ab@gmail.com"))).Contact.EmailReach);
        Assert.Equal(Reach.Allowed, Unify(Record("crm", ("email", "ab@gmail.com"), ("opt_in", "true"))).Contact.EmailReach);
    }

    [Fact]
    public void An_address_that_bounced_gives_way_to_one_that_works()
    {
        var (old, good) = (Record("crm", ("email", "old@acme.example")), Record("marketing", ("email", "good@acme.example")));

        var contact = Unify([new MailEvent(Guid.CreateVersion7(), old.Id, "marketing", "email_bounced_hard", "old@acme.example", Now, null)], old, good).Contact;

        Assert.Equal(("good@acme.example", Reach.Allowed), (contact.Email, contact.EmailReach));
        Assert.Equal(["good@acme.example", "old@acme.example"], contact.Emails);
    }

    [Fact]
    public void An_unsubscription_is_an_opposition_with_its_proof()
    {
        var record = Record("marketing", ("email", "a@acme.example"), ("opt_in", "true"));

        var unified = Unify([new MailEvent(Guid.CreateVersion7(), record.Id, "marketing", "unsubscribed", "a@acme.example", Now, "Mars")], record);

        Assert.Equal(Reach.Opposed, unified.Contact.EmailReach);
        Assert.Contains(unified.Consents, c => c.State is ConsentState.Opposed && c.Proof!.Contains("Mars", StringComparison.Ordinal));
    }

    [Fact]
    public void The_newer_employer_is_the_one_in_force_and_the_older_is_dated()
    {
        var before = Record("crm", ("created_on", "2020-01-10"), ("job_title", "Comptable"), ("job_department", "FINANCE"), ("job_level", "STAFF"));
        var now = Record("marketing", ("created_on", "2024-05-02"), ("job_title", "DAF"), ("job_department", "FINANCE"), ("job_level", "C_LEVEL"));

        var unified = ContactUnifier.Unify(Person, [before, now], new Dictionary<Guid, Guid> { [before.Id] = Acme, [now.Id] = Bolt }, [], NoRefusal, [], SaidOfPerson.Nothing, Now)!;

        Assert.Equal(Bolt, unified.Contact.AccountId);
        Assert.Equal(new DateOnly(2024, 5, 2), unified.Roles.Single(r => r.AccountId == Acme && r.Function is RoleFunction.Employee).EndedOn);
        Assert.Contains(unified.Roles, r => r.AccountId == Bolt && r.Function is RoleFunction.Payer && r.EndedOn is null);
        Assert.Equal(Acme, Assert.Single(unified.Contact.PreviousPositions).AccountId);
    }

    [Fact]
    public void Accounts_a_source_ties_at_once_are_posts_held_at_once_with_the_parts_their_labels_name()
    {
        var (carl, dune, elan) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var old = Record("erp", ("created_on", "2019-03-01"));
        var crm = Record("hubspot", ("created_on", "2024-05-02"), ("posts", "kept out of the values")) with
        {
            Posts =
            [
                new Post(Bolt, [], null, null, false),
                new Post(carl, ["Décideur", "Billing contact"], new DateOnly(2023, 1, 1), null, false),
                new Post(dune, ["Ancien salarié"], null, null, false),
                new Post(elan, ["Utilisatrice"], null, new DateOnly(2022, 6, 30), true),
                new Post(Acme, ["Prescripteur"], null, null, false),
            ],
        };

        var unified = ContactUnifier.Unify(Person, [old, crm], new Dictionary<Guid, Guid> { [crm.Id] = Acme, [old.Id] = Bolt }, [], NoRefusal, [], SaidOfPerson.Nothing, Now)!;

        string Told(Guid account) => string.Join(", ", unified.Roles.Where(r => r.AccountId == account).Select(r => $"{r.Function} {r.EndedOn:yyyy-MM-dd}".Trim()).Order(StringComparer.Ordinal));
        Assert.Equal(Acme, unified.Contact.AccountId);
        Assert.Equal(
            ["Employee, Prescriber", "Employee", "DecisionMaker, Payer", "Employee 2024-05-02", "User 2022-06-30"],
            new[] { Acme, Bolt, carl, dune, elan }.Select(Told));
        Assert.All(unified.Roles.Where(r => r.AccountId == carl), r => Assert.True(r is { IsOutsider: true, StartedOn: { Year: 2023 } }));
        Assert.Equal("Associé à ce compte par « hubspot » : Décideur, Billing contact.", unified.Roles.First(r => r.AccountId == carl).Reason);
        Assert.DoesNotContain("posts", unified.Contact.Origins.Keys);
    }

    [Fact]
    public void A_consent_given_at_a_former_employer_is_to_be_checked_again_for_the_next_one()
    {
        var before = Record("crm", ("created_on", "2020-01-10"), ("email", "lea@acme.example"), ("opt_in", "true"));
        var now = Record("marketing", ("created_on", "2024-05-02"), ("email", "lea@bolt.example"));
        var form = Record("salon", ("email", "lea@acme.example"), ("opt_in", "true"), ("created_on", "2021-03-01"));
        var again = Record("erp", ("created_on", "2025-01-05"), ("email", "lea@bolt.example"), ("opt_in", "true"));
        Contact With(params ClusterRecord[] records) => ContactUnifier.Unify(
            Person, records, new Dictionary<Guid, Guid> { [before.Id] = Acme, [now.Id] = Bolt, [again.Id] = Bolt }, [], NoRefusal, [], SaidOfPerson.Nothing, Now)!.Contact;

        var moved = With(before, now);
        var byForm = With(Record("crm2", ("created_on", "2019-01-01")) with { Id = before.Id }, now, form);
        var given = With(before, now, again);

        Assert.Equal((Bolt, "lea@bolt.example", Reach.ToCheck), (moved.AccountId, moved.Email, moved.EmailReach));
        Assert.Contains("à revérifier avant d'écrire à lea@bolt.example", moved.EmailReachReason, StringComparison.Ordinal);
        Assert.Equal(Reach.ToCheck, byForm.EmailReach);
        Assert.Equal(Reach.Allowed, given.EmailReach);
        Assert.Equal(Reach.Allowed, With(before).EmailReach);
    }

    [Fact]
    public void Where_a_person_says_someone_works_goes_before_where_sources_do_and_a_part_played_elsewhere_is_an_outsiders()
    {
        var record = Record("crm", ("created_on", "2020-01-10"), ("job_title", "DAF"), ("job_department", "FINANCE"), ("job_level", "C_LEVEL"));
        TypedRole Said(Guid account, RoleFunction function, DateOnly? ended = null) => new()
        {
            FactId = Guid.CreateVersion7(),
            ContactRecordId = record.Id,
            ContactId = Person,
            AccountRecordId = account,
            AccountId = account,
            Function = function,
            EndedOn = ended,
            SetBy = "rep",
            SetAt = Now,
        };
        UnifiedContact With(params TypedRole[] roles) =>
            ContactUnifier.Unify(Person, [record], new Dictionary<Guid, Guid> { [record.Id] = Acme }, [], NoRefusal, [], new SaidOfPerson(roles, []), Now)!;

        var prescriber = With(Said(Bolt, RoleFunction.Prescriber));
        var left = With(Said(Acme, RoleFunction.Employee, new DateOnly(2026, 3, 1)), Said(Bolt, RoleFunction.Employee));

        Assert.Equal(Acme, prescriber.Contact.AccountId);
        Assert.Equal([Bolt], prescriber.Roles.Where(r => r.IsOutsider).Select(r => r.AccountId));
        Assert.Equal(Bolt, left.Contact.AccountId);
        Assert.All(left.Roles.Where(r => r.AccountId == Acme), r => Assert.Equal(new DateOnly(2026, 3, 1), r.EndedOn));
        Assert.Single(left.Roles, r => r.AccountId == Acme && r.Function is RoleFunction.Employee);
    }

    private static UnifiedContact Unify(params ClusterRecord[] records) => Unify([], records);

    private static UnifiedContact Unify(IReadOnlyList<MailEvent> events, params ClusterRecord[] records) =>
        ContactUnifier.Unify(Person, records, new Dictionary<Guid, Guid>(), events, NoRefusal, [], SaidOfPerson.Nothing, Now)!;

    private static ClusterRecord Record(string source, params (string Field, string Value)[] fields) => new(
        Person, Guid.CreateVersion7(), Guid.CreateVersion7(), source, 10, "k", false, Now, fields.ToDictionary(f => f.Field, f => f.Value));
}
