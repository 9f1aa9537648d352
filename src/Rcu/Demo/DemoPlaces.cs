using System.Globalization;

namespace Rcu.Demo;

/// <summary>Where the invented companies are: real towns, the large ones more often, and streets such as every town has.</summary>
internal sealed class DemoPlaces
{
    private static readonly (string Code, string Kind, string Names)[] Streets =
    [
        ("RUE", "Rue", "de la République|Victor Hugo|des Tilleuls|de l'Église|des Écoles|du Moulin|de la Gare|des Lilas|du Château"
            + "|Jean Jaurès|Pasteur|de la Fontaine|des Acacias|du Lavoir|des Forgerons|de Verdun|Saint-Nicolas|du Pré aux Clercs"),
        ("AV", "Avenue", "de la Libération|Gambetta|du Maréchal Foch|Jean Moulin|de l'Europe|des Platanes|du Stade|de la Gare"),
        ("BD", "Boulevard", "Carnot|de la Liberté|Voltaire|des Alliés|Saint-Michel|du Port"),
        ("PL", "Place", "du Marché|de l'Hôtel de Ville|Sainte-Anne|de la Halle|des Tanneurs"),
        ("CHE", "Chemin", "des Vignes|du Bois Joli|de la Croix Blanche|des Sœurs|du Vieux Puits"),
        ("IMP", "Impasse", "des Mésanges|du Four à Chaux|de la Tuilerie"),
        ("ALL", "Allée", "des Chênes|de la Chênaie|des Métiers|Ampère"),
        ("RTE", "Route", "de la Forêt|du Canal|de Saint-Martin|Nationale"),
        ("ZA", "Zone artisanale", "des Grands Champs|de la Prairie|du Haut Clos"),
        ("ZI", "Zone industrielle", "Nord|de la Plaine|des Quatre Vents"),
        ("QUAI", "Quai", "des Mariniers|de la Marne|du Commerce"),
    ];

    private static readonly (DemoStreet Street, double Weight)[] AllStreets =
    [
        .. from street in Streets
           from name in street.Names.Split('|')
           select (new DemoStreet(street.Code, street.Kind, name), street.Code is "RUE" or "AV" ? 2.0 : 1.0),
    ];

    private readonly KeyedChoices choices;
    private readonly List<(string Name, string Department, string[] PostalCodes, long PeopleBefore)> towns = [];
    private readonly long people;

    public DemoPlaces(KeyedChoices choices)
    {
        this.choices = choices;
        foreach (var row in DemoTables.Rows("communes"))
        {
            var (name, kind, department, population, postalCodes) = (row[1], row[2], row[3], row[7], row[8]);
            if (kind == "commune-actuelle" && department.Length == 2 && population.Length > 0 && postalCodes.Length > 0)
            {
                towns.Add((name, department, postalCodes.Split('|'), people));
                people += long.Parse(population, CultureInfo.InvariantCulture);
            }
        }
    }

    public (string City, string Department, string PostalCode) Town(string key)
    {
        var person = (long)(choices.Hash("town", key) % (ulong)people);
        var (low, high) = (0, towns.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = towns[middle].PeopleBefore <= person ? (middle, high) : (low, middle - 1);
        }

        var town = towns[low];
        return (town.Name, town.Department, choices.Pick(town.PostalCodes, "postal code", key));
    }

    public (string Number, DemoStreet Street) Address(string key)
    {
        var street = choices.Weighted(AllStreets, "street", key);
        var number = choices.Between(1, 140, "number", key).ToString(CultureInfo.InvariantCulture);
        var repeat = choices.Weighted([("", 94.0), (" bis", 5.0), (" ter", 1.0)], "repeat", key);
        return (street.Code is "ZA" or "ZI" && choices.Chance(.6, "no number", key) ? "" : number + repeat, street);
    }
}
