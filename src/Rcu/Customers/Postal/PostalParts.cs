using System.Text.RegularExpressions;

namespace Rcu.Customers.Postal;

/// <summary>What each part of a written address is: a service, a building, a street, a post box, a locality.</summary>
internal sealed partial class PostalParts
{
    private readonly List<string> _inside = [];
    private readonly List<string> _building = [];
    private readonly List<string> _street = [];
    private readonly List<string> _box = [];
    private readonly List<string> _locality = [];
    private readonly List<string> _unknown = [];

    private PostalParts()
    {
    }

    public string? Inside => Joined(_inside);

    public string? Building => Joined(_building);

    public string? Street => Joined(_street);

    /// <summary>BP, CS or TSA first, then the locality.</summary>
    public string? Place => Joined([.. _box, .. _locality]);

    public static PostalParts Of(params IReadOnlyList<string?> texts)
    {
        var parts = new PostalParts();
        foreach (var piece in texts.OfType<string>().SelectMany(Pieces))
        {
            parts.Take(piece);
        }

        // What says nothing of itself: the street when there is none, else the building.
        foreach (var piece in parts._unknown)
        {
            (parts._street.Count == 0 ? parts._street : parts._building).Add(piece);
        }

        // Where nothing is a street, the estate or the locality stands for it.
        if (parts._street.Count == 0 && (parts._building.Count > 0 || parts._locality.Count > 0))
        {
            var instead = parts._building.FindLast(piece => Estate().IsMatch(piece)) is { } estate ? (parts._building, estate)
                : parts._locality.Count > 0 ? (parts._locality, parts._locality[0])
                : (parts._building, parts._building[^1]);
            instead.Item1.Remove(instead.Item2);
            parts._street.Add(instead.Item2);
        }

        return parts;
    }

    private static IEnumerable<string> Pieces(string text) => Breaks().Split(text)
        .Select(piece => Initials().Replace(PostalWords.Plain(piece), match => match.Value.Replace(" ", "", StringComparison.Ordinal)))
        .SelectMany(piece => Boxes().Split(piece))
        .Select(piece => piece.Trim())
        .Where(piece => piece.Length > 0);

    private void Take(string piece)
    {
        if (Box().Match(piece) is { Success: true } box)
        {
            _box.Add($"{(box.Groups["kind"].Value is "BOITE POSTALE" or "B P" ? "BP" : box.Groups["kind"].Value is "C S" ? "CS" : box.Groups["kind"].Value)}{(box.Groups["number"].Length > 0 ? $" {box.Groups["number"].Value.Replace(" ", "", StringComparison.Ordinal)}" : "")}");
        }
        else if (Locality().Match(piece) is { Success: true } locality)
        {
            _locality.Add(locality.Groups["name"].Value);
        }
        else if (Within().IsMatch(piece))
        {
            _inside.Add(piece);
        }
        else if (StreetStart().IsMatch(PostalWords.InFull(piece)))
        {
            Numbered(PostalWords.InFull(piece));
        }
        else if (BuildingStart().IsMatch(piece))
        {
            Built(piece);
        }
        else if (BareNumber().IsMatch(piece))
        {
            _street.Insert(0, piece); // « 12, rue Haute »: the comma parted the number from its street
        }
        else
        {
            _unknown.Add(PostalWords.InFull(piece));
        }
    }

    // « 3 rue Haute bâtiment B »: the building is on its own line.
    private void Numbered(string piece)
    {
        var after = BuildingAfter().Match(piece);
        if (after is { Success: true, Index: > 6 })
        {
            _building.Add(piece[(after.Index + 1)..]);
            piece = piece[..after.Index];
        }

        if (_street.Count > 0 && !BareNumber().IsMatch(_street[^1]))
        {
            _building.Add(piece); // two streets: a corner, an entrance
        }
        else
        {
            _street.Add(piece);
        }
    }

    // « Résidence des Lilas 4 rue Haute »: the street is on its own line.
    private void Built(string piece)
    {
        var street = StreetInside().Match(piece);
        if (street.Success && _street.Count == 0)
        {
            _building.Add(piece[..street.Index]);
            _street.Add(PostalWords.InFull(piece[(street.Index + 1)..]));
        }
        else
        {
            _building.Add(piece);
        }
    }

    private static string? Joined(List<string> pieces) => pieces.Count == 0 ? null : string.Join(' ', pieces);

    [GeneratedRegex(@"\r?\n|[,;|]|\s-\s|\s–\s|\s/\s|\(|\)")]
    private static partial Regex Breaks();

    // « Z.I. » is one word.
    [GeneratedRegex(@"\bZ (?:I|A C|A E|A|U P)\b")]
    private static partial Regex Initials();

    // A post box in the middle of a line begins and ends a part of its own.
    [GeneratedRegex(@"(?:^|\s)((?:BP|B P|BOITE POSTALE|CIDEX|POSTE RESTANTE|CS(?= ?\d)|C S(?= ?\d)|TSA(?= ?\d))(?: N)?(?: ?(?:\d{1,2} \d{3}|\d+))?)(?=\s|$)")]
    private static partial Regex Boxes();

    [GeneratedRegex(@"^(?<kind>BP|B P|BOITE POSTALE|CS|C S|TSA|CIDEX|POSTE RESTANTE)(?: N)?(?: ?(?<number>[0-9]+(?: [0-9]{3})?))?$")]
    private static partial Regex Box();

    [GeneratedRegex(@"^(?:LIEU DIT|LIEUDIT|L D|LD) (?<name>.+)$")]
    private static partial Regex Locality();

    [GeneratedRegex(@"^(?:SERVICE|SCE|DIRECTION|DEPARTEMENT|DPT|POLE|ATTN|A L ATTENTION DE|A L ATT|C O|CHEZ|SECRETARIAT|COMPTABILITE|ACCUEIL)\b")]
    private static partial Regex Within();

    [GeneratedRegex(@"^(?:(?:N )?\d+(?: [A-HJ-Z])?(?: (?:A |ET )?\d+)?(?: (?:BIS|TER|QUATER|QUINQUIES|[A-H]))? )?(?:ALLEES?|AVENUE|BOULEVARD|CARREFOUR|CHAUSSEE|CHEMIN|CITE|CORNICHE|COTE|COURS?|DESCENTE|ESPLANADE|FAUBOURG|GRAND RUE|GRANDE RUE|HAMEAU|IMPASSE|MAIL|MONTEE|PASSAGE|PLACE|PLACETTE|PROMENADE|QUAI|QUARTIER|ROCADE|ROND POINT|ROUTE|RUE|RUELLE|SENTE|SENTIER|SQUARE|TRAVERSE|VENELLE|VILLA|VOIE)\b|^\d+(?: (?:BIS|TER|QUATER|[A-H]))? [A-Z]")]
    private static partial Regex StreetStart();

    [GeneratedRegex(@"^(?:BAT|BATIMENT|IMMEUBLE|IMM|RESIDENCE|RES|ENTREE|ESCALIER|ESC|ETAGE|ETG|\d+(?:E|EME|ER) ETAGE|APPT|APT|APPARTEMENT|PORTE|TOUR|HALL|BOX|BUREAU|LOT|LOTISSEMENT|LE PARC|ZI|ZA|ZAC|ZAE|ZUP|PA|ZONE|PARC|ESPACE|CENTRE COMMERCIAL|CCAL|C C|CC|TECHNOPOLE|TECHNOPARC|AEROPORT|PORT|DOMAINE|CHATEAU|MAISON)\b")]
    private static partial Regex BuildingStart();

    [GeneratedRegex(@" (?:BAT|BATIMENT|IMMEUBLE|IMM|RESIDENCE|ENTREE|ESCALIER|ESC|ETAGE|APPT|APT|APPARTEMENT|ZI|ZA|ZAC|ZAE|ZONE INDUSTRIELLE|ZONE ARTISANALE|ZONE D ACTIVITES?) [A-Z0-9]|(?: (?:ZI|ZA|ZAC|ZAE)$)")]
    private static partial Regex BuildingAfter();

    [GeneratedRegex(@" \d+(?: (?:BIS|TER|QUATER))? (?:ALLEES?|ALL|AVENUE|AVE?|BOULEVARD|BLD|BD|CHEMIN|CHE|COURS|IMPASSE|IMP|PLACE|PL|QUAI|ROUTE|RTE|RUE|R|SQUARE|SQ) ")]
    private static partial Regex StreetInside();

    [GeneratedRegex(@"^(?:ZI|ZA|ZAC|ZAE|PA|ZONE|PARC|ESPACE|CENTRE COMMERCIAL|CCAL|TECHNO|AEROPORT|PORT|DOMAINE|CHATEAU)\b")]
    private static partial Regex Estate();

    [GeneratedRegex(@"^\d+(?: (?:BIS|TER|QUATER|QUINQUIES|[A-H]))?$")]
    private static partial Regex BareNumber();
}
