using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rcu.Demo;

/// <summary>The answers: the companies, sites and people as they are, and whom each record of each source is about.</summary>
internal sealed class DemoTruth(DemoWorld world, string seed)
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task WriteAsync(string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        await Accounts().WriteAsync(Path.Combine(folder, "accounts.csv"), DelimitedText.Utf8, ct);
        await Sites().WriteAsync(Path.Combine(folder, "sites.csv"), DelimitedText.Utf8, ct);
        await Persons().WriteAsync(Path.Combine(folder, "persons.csv"), DelimitedText.Utf8, ct);
        await Links().WriteAsync(Path.Combine(folder, "links.csv"), DelimitedText.Utf8, ct);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "stats.json"), JsonSerializer.Serialize(Stats(), Indented), DelimitedText.Utf8, ct);
    }

    private DelimitedText Accounts()
    {
        var file = new DelimitedText(',');
        file.Row("siren", "denomination", "forme", "naf", "tranche_effectif", "domaine", "tva", "nb_sites", "siren_groupe");
        foreach (var c in world.Companies)
        {
            file.Row(c.Siren, c.LegalName, c.Form, c.Naf, c.Headcount, c.Domain, c.Vat, $"{c.Sites.Count}", c.Group);
        }

        return file;
    }

    private DelimitedText Sites()
    {
        var file = new DelimitedText(',');
        file.Row(
            "siret", "siren", "siege", "numero", "type_voie", "libelle_voie", "code_postal", "commune", "enseigne", "naf");
        foreach (var s in world.Companies.SelectMany(c => c.Sites))
        {
            file.Row(
                s.Siret, s.Siren, s.IsHeadOffice ? "true" : "false", DemoText.Upper(s.Number), s.Street.Code, DemoText.Register(s.Street.Name),
                s.PostalCode, DemoText.Register(s.City), DemoText.Register(s.Brand), s.Naf);
        }

        return file;
    }

    private DelimitedText Persons()
    {
        var file = new DelimitedText(',');
        file.Row(
            "person_id", "siren", "siret", "prenom", "nom", "genre", "fonction", "departement", "email", "email_perso", "mobile",
            "siren_precedent", "optin");
        foreach (var p in world.People)
        {
            file.Row(
                p.Id, p.Company.Siren, p.Site.Siret, p.FirstName, p.LastName, p.IsWoman ? "f" : "m", p.JobTitle, p.Department, p.Email,
                p.PersonalEmail, p.Mobile, p.Previous?.Siren ?? "", p.OptIn);
        }

        return file;
    }

    private DelimitedText Links()
    {
        var file = new DelimitedText(',');
        file.Row("source", "entity", "record_id", "siren", "siret", "person_id", "duplicate_group", "operators");
        foreach (var l in world.Links)
        {
            file.Row(l.Source, l.Entity, l.RecordId, l.Siren, l.Siret, l.PersonId, l.DuplicateGroup, string.Join('|', l.Operators));
        }

        return file;
    }

    private Dictionary<string, object> Stats() => new()
    {
        ["seed"] = seed,
        ["legal_units"] = world.Companies.Count,
        ["sites"] = world.Companies.Sum(c => c.Sites.Count),
        ["persons"] = world.People.Count(),
        ["true_pairs_accounts_siren"] = Pairs("account", link => link.Siren),
        ["true_pairs_contacts"] = Pairs("contact", link => link.PersonId),
        ["records"] = Counted(world.Links.Select(link => $"{link.Source}.{link.Entity}")),
        ["operators"] = Counted(world.Links.SelectMany(link => link.Operators.Distinct())),
    };

    private int Pairs(string entity, Func<DemoLink, string> of) =>
        world.Links.Where(link => link.Entity == entity && of(link).Length > 0).CountBy(of).Sum(g => g.Value * (g.Value - 1) / 2);

    private static SortedDictionary<string, int> Counted(IEnumerable<string> words) =>
        new(words.CountBy(word => word).ToDictionary(), StringComparer.Ordinal);
}
