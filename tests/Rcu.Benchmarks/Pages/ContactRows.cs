using System.Text.Encodings.Web;
using System.Text.Json;
using Rcu.Benchmarks.Generator;
using Rcu.Customers;
using Rcu.Reference;

namespace Rcu.Benchmarks.Pages;

/// <summary>The rows of people: who they are, where they work, what they agreed to, and the records that say so.</summary>
internal sealed class ContactRows(PageBase plan, IReadOnlyDictionary<string, Guid> sources)
{
    public const string Golden =
        """
        contacts (id, name, civility, given_name, family_name, account_id, email, emails, phone, mobile, phones, job_title, department, level,
          in_post_since, email_reach, email_reach_reason, phone_reach, phone_reach_reason, sources, record_count, quality, origins, search, created_at, updated_at)
        """;

    public const string Roles = "roles (id, account_id, contact_id, function, job_title, is_outsider, started_on, stance, source, record_id, reason)";

    public const string Consents = "consents (contact_id, id, purpose, channel, state, at, proof, source, record_id)";

    private const int RulesVersion = 99;
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Guid Run = PageBase.Id(BaseKind.Evidence, -1, PageBase.End);

    public void WriteGolden(int n, CopyText rows)
    {
        var (person, at) = (plan.PersonOf(n), PageBase.At(n, plan.Contacts));
        var dice = new Dice(PageBase.Seed, n, 51);
        var (records, place, mail) = (RecordsOf(n, person), JobTitles.Place(person.Job), MailOf(n, person));
        var name = $"{person.Given} {person.Family}";
        var (reach, why) = mail is null ? ("NoAddress", "Aucune adresse e-mail connue.")
            : dice.Chance(.06) ? ("Opposed", "Case « opposition » du CRM : ne pas écrire.")
            : dice.Chance(.03) ? ("Invalid", $"L'adresse {mail} ne fonctionne pas (rejet définitif).")
            : ("Allowed", "Adresse professionnelle, sans opposition : possible si le message concerne sa fonction.");
        var mobile = dice.Chance(.5) ? $"+33{person.Mobile}" : null;
        var line = person.Line is null ? null : $"+33{person.Line}";
        rows.Id(plan.ContactId(n)).Text(name).Text(person.Woman ? "MME" : "M").Text(person.Given).Text(person.Family).Id(plan.AccountId(plan.AccountOf(n)))
            .Text(mail).List(mail is null ? [] : [mail]).Text(line).Text(mobile).List(new[] { line, mobile }.OfType<string>())
            .Text(person.Job).Text(place?.Department).Text(place?.Level).Day(dice.Chance(.3) ? DateOnly.FromDateTime(at.UtcDateTime) : null)
            .Text(reach).Text(why).Text(mobile is null && line is null ? "NoAddress" : "Allowed")
            .Text(mobile is null && line is null ? "Aucun téléphone connu." : "Téléphone professionnel, sans opposition connue.")
            .List(records.Select(r => r.Source).Order(StringComparer.Ordinal)).Number(records.Count).Number(0)
            .Text(JsonSerializer.Serialize(Origins(n, records, at), Readable))
            .Text(string.Join(' ', new[] { name, mail }.Select(SearchText.Fold).Where(text => text.Length > 0))).At(at).At(at.AddDays(dice.Below(20))).End();
    }

    public void WriteRecords(int n, CopyText rows)
    {
        var (at, which) = (PageBase.At(n, plan.Contacts), 0);
        foreach (var (source, fields) in RecordsOf(n, plan.PersonOf(n)))
        {
            rows.Id(plan.ContactRecordId(n, which)).Id(sources[source]).Text("Contact").Text(KeyOf(source, n)).Id(EvidenceId(n, which)).Text("\\x00").Id(Run)
                .Text(JsonSerializer.Serialize(fields, Readable)).At(at).Number(RulesVersion).At(at).End();
            which++;
        }
    }

    public void WriteEvidence(int n, CopyText rows)
    {
        var (at, which) = (PageBase.At(n, plan.Contacts), 0);
        foreach (var (source, fields) in RecordsOf(n, plan.PersonOf(n)))
        {
            rows.Id(EvidenceId(n, which++)).Id(sources[source]).Text("Contact").Text(KeyOf(source, n))
                .Text(JsonSerializer.Serialize(fields.ToDictionary(f => f.Key.ToUpperInvariant(), f => f.Value), Readable)).Text("\\x00").Id(Run)
                .Id(Guid.Empty).Number(n + 2).At(at).End();
        }
    }

    /// <summary>A contact's record has two links: to its person, and to the account it speaks of.</summary>
    public void WriteLinks(int n, CopyText rows)
    {
        var (at, count) = (PageBase.At(n, plan.Contacts), RecordsOf(n, plan.PersonOf(n)).Count);
        for (var which = 0; which < count; which++)
        {
            var record = plan.ContactRecordId(n, which);
            rows.Id(record).Text("Contact").Id(plan.ContactId(n)).Text(which == 0 ? "alone" : "email").Number(which == 0 ? 1 : .997m)
                .Text(which == 0 ? "Seule fiche de cette personne." : "Même adresse, même nom.").At(at).End();
            rows.Id(record).Text("Account").Id(plan.AccountId(plan.AccountOf(n))).Text("account_key").Number(1).Text("La fiche nomme ce compte.").At(at).End();
        }
    }

    public void WriteRoles(int n, CopyText rows)
    {
        var (at, account, dice) = (PageBase.At(n, plan.Contacts), plan.AccountId(plan.AccountOf(n)), new Dice(PageBase.Seed, n, 53));
        var (contact, job, record) = (plan.ContactId(n), plan.PersonOf(n).Job, plan.ContactRecordId(n, 0));
        rows.Id(PageBase.Id(BaseKind.Role, n * 2L, at)).Id(account).Id(contact).Text("Employee").Text(job).Flag(false)
            .Day(dice.Chance(.3) ? DateOnly.FromDateTime(at.UtcDateTime) : null).Text(null).Text("crm").Id(record).Text("Travaille ici selon le CRM.").End();
        if (dice.Chance(.2))
        {
            rows.Id(PageBase.Id(BaseKind.Role, n * 2L + 1, at)).Id(account).Id(contact)
                .Text(dice.Pick(["DecisionMaker", "Prescriber", "Payer", "User", "Influencer"])).Text(job).Flag(dice.Chance(.1)).Day(null)
                .Text(dice.Chance(.4) ? dice.Pick(["Champion", "Favourable", "Neutral", "Reserved", "Hostile"]) : null).Text("crm").Id(record)
                .Text($"Déduit de la fonction « {job} » (CRM).").End();
        }
    }

    public void WriteConsents(int n, CopyText rows)
    {
        var (at, dice) = (PageBase.At(n, plan.Contacts), new Dice(PageBase.Seed, n, 54));
        if (dice.Chance(.5))
        {
            rows.Id(plan.ContactId(n)).Id(PageBase.Id(BaseKind.Consent, n, at)).Text("newsletter").Text("email")
                .Text(dice.Chance(.85) ? "Given" : "Refused").At(at).Text("Formulaire « Lettre d'information » du site").Text("web").Id(plan.ContactRecordId(n, 0)).End();
        }
    }

    private List<(string Source, Dictionary<string, string> Fields)> RecordsOf(int n, Person person)
    {
        var dice = new Dice(PageBase.Seed, n, 52);
        var fields = new Dictionary<string, string>
        {
            ["account_key"] = $"001{plan.AccountOf(n):000000000}",
            ["civility"] = person.Woman ? "MME" : "M",
            ["given_name"] = person.Given,
            ["family_name"] = person.Family,
            ["job_title"] = person.Job,
        };
        if (MailOf(n, person) is { } mail)
        {
            fields["email"] = mail;
        }

        List<(string, Dictionary<string, string>)> records = [("crm", fields)];
        if (dice.Chance(.2))
        {
            records.Add(("marketing", fields.Where(f => f.Key is "given_name" or "family_name" or "email").ToDictionary()));
        }

        return records;
    }

    private Dictionary<string, Origin> Origins(int n, List<(string Source, Dictionary<string, string> Fields)> records, DateTimeOffset at) =>
        records[0].Fields.Where(f => f.Key != "account_key").ToDictionary(f => f.Key, f => new Origin(
            f.Value, records[0].Source, plan.ContactRecordId(n, 0), at, "source_priority",
            [.. records.Skip(1).Where(r => r.Fields.ContainsKey(f.Key)).Select(r => new LosingValue(r.Fields[f.Key], r.Source, plan.ContactRecordId(n, 1), at))]));

    // Two people of one name and one firm have two addresses.
    private string? MailOf(int n, Person person) => new Dice(PageBase.Seed, n, 50).Chance(.85)
        ? person.MailAt(plan.CompanyOf(plan.AccountOf(n))) is { } mail ? n % 7 == 0 ? mail.Replace("@", $"{n % 97}@", StringComparison.Ordinal) : mail : null
        : null;

    private static Guid EvidenceId(int n, int which) => PageBase.Id(BaseKind.Evidence, (1L << 40) + n * 8L + which, PageBase.End.AddMilliseconds(n));

    private static string KeyOf(string source, int n) => source is "crm" ? $"003{n:000000000}" : $"M{n}";
}
