using Rcu.Customers;
using Rcu.Identifiers;

namespace Rcu.Unification;

/// <summary>
/// The places of one account: one per valid SIRET; a record without one joins the place at its postal code, else it is a place
/// of its own when it has a street.
/// </summary>
internal static class EstablishmentUnifier
{
    public static IReadOnlyList<Establishment> Unify(Account account, IReadOnlyList<ClusterRecord> records, SurvivorshipPolicy? policy = null)
    {
        var owners = records.Where(r => !r.IsContact).OrderBy(r => r.Priority).ThenBy(r => r.Id).ToList();
        var places = owners
            .Where(r => ValidSiret(r) is not null)
            .GroupBy(r => ValidSiret(r)!.Value, (siret, at) => (Siret: (string?)siret, Records: at.ToList()))
            .ToList();
        foreach (var record in owners.Where(r => ValidSiret(r) is null && r["postal_code"] is not null))
        {
            var near = places.Find(p => p.Records.Exists(r => SamePlace(r, record)));
            if (near.Records is not null)
            {
                near.Records.Add(record);
            }
            else if (record["street"] is not null)
            {
                places.Add((null, [record]));
            }
        }

        return [.. places.Select(p => Of(account, p.Siret, p.Records, policy ?? SurvivorshipPolicy.Accounts))];
    }

    private static Siret? ValidSiret(ClusterRecord record) => Siret.TryParse(record["siret"], null, out var siret) ? siret : null;

    // A CEDEX code differs from the postal code of the place it serves: the town then decides.
    private static bool SamePlace(ClusterRecord left, ClusterRecord right) =>
        left["postal_code"] == right["postal_code"]
        || (left["commune_code"] is { } commune && commune == right["commune_code"])
        || ((left["cedex"] is "true" || right["cedex"] is "true") && left["department"] is { } department
            && department == right["department"] && SearchText.Fold(left["city"]) == SearchText.Fold(right["city"]));

    private static Establishment Of(Account account, string? siret, List<ClusterRecord> records, SurvivorshipPolicy policy)
    {
        var survivors = Survivorship.Choose(
            from record in records
            from field in record.Fields
            select record.Says(field.Key, field.Value),
            policy);
        string? Value(string field) => survivors.TryGetValue(field, out var survivor) ? survivor.Kept.Value : null;

        return new Establishment
        {
            AccountId = account.Id,
            Id = DerivedId.Of(account.Id, siret ?? $"{Value("postal_code")}|{SearchText.Fold(Value("street"))}"),
            Siret = siret,
            Nic = siret?[9..],
            Name = Value("usual_name") ?? Value("name"),
            IsHeadOffice = FieldText.Yes(Value("is_head_office")),
            State = Value("establishment_state"),
            ClosedOn = FieldText.Date(Value("establishment_closed_on")),
            Address = new Address
            {
                Street = Value("street"),
                Complement = Value("complement"),
                PostalCode = Value("postal_code"),
                City = Value("city"),
                CommuneCode = Value("commune_code"),
                Department = Value("department"),
                Region = Value("region"),
                Country = Value("country"),
            },
            Phone = Value("phone"),
            Sources = [.. records.Select(r => r.Source).Distinct().Order(StringComparer.Ordinal)],
            RecordIds = [.. records.Select(r => r.Id).Order()],
        };
    }
}
