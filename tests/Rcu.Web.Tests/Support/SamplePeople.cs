using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Web.Tests.Support;

/// <summary>The people of the sample's first account, the parts they play, and its establishments.</summary>
internal sealed class SamplePeople(RcuDb db, DateTimeOffset now, Guid account)
{
    public void AddTo(List<Contact> contacts)
    {
        var director = Person("Marie Dupont", "MME", "Directrice générale", "DIRECTION", "C_LEVEL", "+33639980042");
        var finance = Person("Jean-François Müller", "M", "DAF", "FINANCE", "C_LEVEL", "+33199001250");
        var buyer = Person("Zoé Étienne", "MME", "Responsable achats", "ACHATS", "MANAGER", "+33639980043");
        var gone = Person("Paul Vasseur", "M", "Ancien directeur technique", "TECHNIQUE", "MANAGER", null);
        var opposed = Person("Inès Lambert", "MME", "Assistante", "ADMINISTRATION", "STAFF", "+33199001251");
        opposed.EmailReach = opposed.PhoneReach = Reach.Opposed;
        opposed.EmailReachReason = opposed.PhoneReachReason = "Opposition reçue le 3 novembre 2025 (CRM).";
        var outsider = Person("Luc Renaud", "M", "Expert-comptable", "FINANCE", "MANAGER", null);
        outsider.AccountId = null;
        outsider.CompanyName = "Cabinet Renaud";
        contacts.AddRange([director, finance, buyer, gone, opposed, outsider]);
        db.AddRange(contacts);

        Part(director, RoleFunction.DecisionMaker, Stance.Favourable);
        Part(director, RoleFunction.Employee);
        Part(finance, RoleFunction.Payer);
        Part(buyer, RoleFunction.Prescriber, Stance.Champion);
        Part(gone, RoleFunction.Prescriber).EndedOn = DateOnly.FromDateTime(now.AddYears(-1).UtcDateTime);
        Part(opposed, RoleFunction.User, Stance.Reserved);
        db.Add(new Role
        {
            AccountId = account,
            ContactId = outsider.Id,
            Function = RoleFunction.Influencer,
            IsOutsider = true,
            Source = "crm",
            Reason = "Noté par le commercial (CRM).",
        });
        db.Add(new Relation { FromContactId = finance.Id, ToContactId = director.Id, Kind = "reports_to", Source = "crm" });
        db.Add(new Consent
        {
            ContactId = director.Id,
            Id = Guid.CreateVersion7(),
            Purpose = "newsletter",
            Channel = "email",
            State = ConsentState.Given,
            At = now.AddYears(-1),
            Proof = "Formulaire du site, case cochée",
            Source = "marketing",
            RecordId = Guid.CreateVersion7(),
        });
        AddPlaces();
    }

    private Contact Person(string name, string civility, string title, string department, string level, string? phone)
    {
        var words = name.Split(' ', 2);
        var email = $"{SearchText.Fold(name).Replace(' ', '.')}@oeuvre-generale.example";
        return new Contact
        {
            Name = name,
            Civility = civility,
            GivenName = words[0],
            FamilyName = words[1],
            AccountId = account,
            Email = email,
            Emails = [email],
            Phone = phone?.StartsWith("+331", StringComparison.Ordinal) == true ? phone : null,
            Mobile = phone?.StartsWith("+336", StringComparison.Ordinal) == true ? phone : null,
            Phones = phone is null ? [] : [phone],
            JobTitle = title,
            Department = department,
            Level = level,
            InPostSince = level == "C_LEVEL" && department == "FINANCE" ? DateOnly.FromDateTime(now.AddDays(-20).UtcDateTime) : new DateOnly(2019, 1, 7),
            PreviousPositions = [new Position(null, "Ateliers Garnier", "Chef d'atelier", new DateOnly(2012, 1, 1), new DateOnly(2018, 12, 31))],
            Interests = ["cyclisme"],
            EmailReach = Reach.Allowed,
            EmailReachReason = "Adresse professionnelle, aucune opposition.",
            PhoneReach = phone is null ? Reach.NoAddress : Reach.Allowed,
            PhoneReachReason = phone is null ? "Aucun numéro connu." : "Numéro professionnel, aucune opposition.",
            Sources = ["crm", "erp"],
            RecordCount = 2,
            Origins = new Dictionary<string, Origin>
            {
                ["job_title"] = new(title, "crm", Guid.CreateVersion7(), now.AddDays(-20), "recent", [new("Directrice", "salon", Guid.CreateVersion7(), now.AddDays(-300))]),
                ["email"] = new(email, "crm", Guid.CreateVersion7(), now.AddDays(-20), "only", []),
            },
            Search = SearchText.Fold(name),
            CreatedAt = now.AddYears(-1),
            UpdatedAt = now,
        };
    }

    private Role Part(Contact contact, RoleFunction function, Stance? stance = null)
    {
        var role = new Role
        {
            AccountId = account,
            ContactId = contact.Id,
            Function = function,
            JobTitle = contact.JobTitle,
            StartedOn = contact.InPostSince,
            Stance = stance,
            StanceOn = stance is null ? null : DateOnly.FromDateTime(now.AddDays(-30).UtcDateTime),
            Source = "crm",
            Reason = $"Déduit de la fonction « {contact.JobTitle} » (CRM).",
        };
        db.Add(role);
        return role;
    }

    private void AddPlaces()
    {
        var siren = SampleCustomers.SirenOf(5_521_005).Value;
        foreach (var (nic, city, postalCode, closed) in new[]
        {
            ("00013", "Metz", "57000", false), ("00021", "Nancy", "54000", false), ("00039", "Lyon", "69003", true),
        })
        {
            db.Add(new Establishment
            {
                AccountId = account,
                Siret = siren + nic,
                Nic = nic,
                Name = $"Atelier de {city}",
                IsHeadOffice = nic == "00013",
                State = closed ? "F" : "A",
                ClosedOn = closed ? DateOnly.FromDateTime(now.AddDays(-19).UtcDateTime) : null,
                Address = new() { Street = "12 bis rue de la Paix", PostalCode = postalCode, City = city },
                Sources = ["erp"],
            });
        }
    }
}
