using Rcu.Customers;
using Rcu.Ingestion;
using Rcu.Reference;
using Rcu.Unification.Locks;
using Rcu.Unification.People;

namespace Rcu.Unification;

/// <summary>Computes a golden contact, its roles and its consents from the records of its cluster. Pure: it reads nothing else.</summary>
internal static class ContactUnifier
{
    public static UnifiedContact? Unify(
        Guid id, IReadOnlyList<ClusterRecord> records, IReadOnlyDictionary<Guid, Guid> employerOf, IReadOnlyList<MailEvent> events,
        ILookup<string, ClusterRecord> withdrawn, IReadOnlyCollection<ValueLock> locks, SaidOfPerson said, DateTimeOffset now,
        SurvivorshipPolicy? policy = null)
    {
        if (records.Count == 0)
        {
            return null;
        }

        var survivors = Survivors(records, locks, policy);
        string? Value(string field) => survivors.TryGetValue(field, out var survivor) ? survivor.Kept.Value : null;

        var refused = records.Select(r => r["email"]).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(email => withdrawn[email]).DistinctBy(r => r.Id);
        var consents = ConsentRules.Of(id, [.. records, .. refused], events);
        var bounced = events.Where(e => e.Kind is "email_bounced_hard").Select(e => e.Email).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var emails = Distinct(records, bounced, "email");
        if (survivors.TryGetValue("email", out var held) && held is { Rule: LockedValues.Locked or LockedValues.Preferred, Kept.Value: { } first })
        {
            emails = [first, .. emails.Where(email => !email.Equals(first, StringComparison.OrdinalIgnoreCase))];
        }

        var roles = RoleRules.Of(id, records, employerOf, said);
        var accountId = roles.FirstOrDefault(r => r.Function is RoleFunction.Employee && r.EndedOn is null)?.AccountId;
        var name = string.Join(' ', new[] { Value("given_name"), Value("family_name") }.Where(n => n is not null));
        var contact = new Contact
        {
            Id = id,
            Name = name.Length > 0 ? name : Value("full_name") ?? emails.FirstOrDefault() ?? Value("mobile") ?? "Sans nom",
            Civility = Value("civility"),
            GivenName = Value("given_name"),
            FamilyName = Value("family_name"),
            AccountId = accountId,
            CompanyName = Value("company_name"),
            Email = emails.FirstOrDefault(),
            Emails = emails,
            Phone = Value("phone"),
            Mobile = Value("mobile"),
            Phones = [.. records.SelectMany(r => new[] { r["mobile"], r["phone"] }).OfType<string>().Distinct()],
            LinkedIn = Value("linkedin"),
            JobTitle = Value("job_title"),
            Department = Value("job_department"),
            Level = Value("job_level"),
            InPostSince = roles.Where(r => r.Function is RoleFunction.Employee && r.AccountId == accountId).Min(r => r.StartedOn),
            PreviousPositions = [.. roles.Where(r => r.EndedOn is not null && r.Function is RoleFunction.Employee)
                .Select(r => new Position(r.AccountId, null, r.JobTitle, r.StartedOn, r.EndedOn))],
            Sources = [.. records.Select(r => r.Source).Distinct().Order(StringComparer.Ordinal)],
            RecordCount = records.Count,
            Origins = survivors.ToDictionary(s => s.Key, s => Survivorship.OriginOf(s.Value)),
            Search = SearchText.Join(" ", new[] { name, Value("company_name") }.Concat(emails).Select(SearchText.Fold).Where(t => t.Length > 0)),
            CreatedAt = GoldenId.MadeAt(id, now),
            UpdatedAt = now,
        };
        (contact.EmailReach, contact.EmailReachReason) = ReachRules.ByEmail(contact, consents, bounced, consent => FormerPosts.Gave(consent, contact, records, employerOf, roles));
        (contact.PhoneReach, contact.PhoneReachReason) = ReachRules.ByPhone(contact, consents);
        return new UnifiedContact(contact, roles, consents);
    }

    /// <summary>Which value wins each field of the person these records are.</summary>
    public static IReadOnlyDictionary<string, Survivor> Survivors(
        IReadOnlyList<ClusterRecord> records, IReadOnlyCollection<ValueLock> locks, SurvivorshipPolicy? policy = null) =>
        Survivorship.Choose(
            from record in records
            from field in record.Fields
            where field.Key != SaidPost.Field // they are roles
            select record.Says(field.Key, field.Value),
            policy ?? SurvivorshipPolicy.Contacts,
            locks);

    // The address to write to first: what a person typed, one that works, one that somebody else than the hub says, a company's own before a private one, the newest.
    private static List<string> Distinct(IReadOnlyList<ClusterRecord> records, HashSet<string> bounced, string field) =>
        [.. records.Where(r => r[field] is not null)
            .OrderBy(r => r.Source == Source.Saisie ? 0 : 1)
            .ThenBy(r => bounced.Contains(r[field]!) ? 1 : 0)
            .ThenBy(r => r.Echoes.Contains(field) ? 1 : 0)
            .ThenBy(r => r["email_kind"] switch { "nominative" => 0, "free" => 1, "generic" => 2, _ => 3 })
            .ThenBy(r => MailDomains.IsFree(r[field]![(r[field]!.IndexOf('@', StringComparison.Ordinal) + 1)..]) ? 1 : 0)
            .ThenByDescending(r => r.SaidAt).ThenBy(r => r.Id)
            .Select(r => r[field]!)
            .Distinct(StringComparer.OrdinalIgnoreCase)];
}

/// <summary>A golden contact with what is computed along with it.</summary>
internal sealed record UnifiedContact(Contact Contact, IReadOnlyList<Role> Roles, IReadOnlyList<Consent> Consents);

/// <summary>What a mailing said of a person: an unsubscription, a hard bounce, a complaint.</summary>
internal sealed record MailEvent(Guid RecordId, Guid ContactRecordId, string Source, string Kind, string? Email, DateTimeOffset? At, string? Campaign);
