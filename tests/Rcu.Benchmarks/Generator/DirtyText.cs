using System.Globalization;
using System.Text;

namespace Rcu.Benchmarks.Generator;

/// <summary>What hands and systems do to a text.</summary>
internal static class DirtyText
{
    private const string Letters = "abcdefghilmnoprstuvz";

    private static readonly (string Whole, string[] Short)[] Abbreviations =
    [
        ("Transports", ["TRANSP", "TRPS", "TRANSPORT"]), ("Société", ["STE", "SOC"]), ("Établissements", ["ETS", "ETABL"]), ("Entreprise", ["ENT", "ENTR"]),
        ("Pharmacie", ["PHIE", "PHARM"]), ("Boulangerie", ["BOUL"]), ("Constructions", ["CONST", "CONSTR"]), ("Menuiserie", ["MENUIS", "MEN"]),
        ("Électricité", ["ELEC", "ELECT"]), ("Plomberie", ["PLOMB"]), ("Travaux Publics", ["TP", "TRAV PUB"]), ("Immobilière", ["IMMO"]), ("Informatique", ["INFO"]),
        ("Restaurant", ["REST", "RESTO"]), ("Laboratoire", ["LABO", "LAB"]), ("Cabinet", ["CAB"]), ("Garage", ["GGE", "GAR"]), ("Distribution", ["DISTRIB", "DIST"]),
        ("Groupe", ["GPE", "GRP"]), ("Services", ["SCES", "SERV"]), ("Industrielle", ["IND"]), ("Générale", ["GLE", "GEN"]), ("Frères", ["FRS"]), ("Saint", ["ST"]),
        ("Formation", ["FORM"]), ("Assurances", ["ASSUR"]), ("Développement", ["DEVPT", "DEV"]), ("Ambulances", ["AMB"]), ("Carrosserie", ["CARROSS"]),
        ("Logistique", ["LOG"]), ("Conseil", ["CONS"]), ("Maintenance", ["MAINT"]), (" et ", [" & "]),
    ];

    public static string Upper(string text) => text.ToUpper(CultureInfo.InvariantCulture);

    public static string WithoutAccents(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Replace("œ", "oe", StringComparison.Ordinal).Replace("Œ", "OE", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }

    /// <summary>One wrong keystroke, never on the first letter; a text too short stays as it is.</summary>
    public static string Typo(string text, Dirt kind, ref Dice dice)
    {
        if (text.Length < 5)
        {
            return text;
        }

        var at = dice.Between(1, text.Length - 2);
        var letter = Letters[dice.Below(Letters.Length)];
        letter = char.IsUpper(text[at]) ? char.ToUpperInvariant(letter) : letter;
        return kind switch
        {
            Dirt.TypoInsert => text.Insert(at, letter.ToString()),
            Dirt.TypoDelete => text.Remove(at, 1),
            Dirt.TypoTranspose => $"{text[..at]}{text[at + 1]}{text[at]}{text[(at + 2)..]}",
            _ => $"{text[..at]}{letter}{text[(at + 1)..]}",
        };
    }

    /// <summary>The first word that has a short form, or two, in that form.</summary>
    public static string Abbreviated(string name, ref Dice dice)
    {
        var (found, first) = (0, dice.Below(Abbreviations.Length));
        for (var i = 0; i < Abbreviations.Length && found < 2; i++)
        {
            var (whole, shorter) = Abbreviations[(first + i) % Abbreviations.Length];
            if (name.Contains(whole, StringComparison.Ordinal))
            {
                (name, found) = (name.Replace(whole, dice.Pick(shorter), StringComparison.Ordinal), found + 1);
            }
        }

        return name;
    }

    /// <summary>The last word first, or the first last: <c>Gaillard Menuiserie</c>.</summary>
    public static string Reordered(string name, ref Dice dice)
    {
        var words = name.Split(' ');
        return words.Length < 2 ? name
            : dice.Chance(.6) ? $"{words[^1]} {string.Join(' ', words[..^1])}"
            : $"{string.Join(' ', words[1..])} {words[0]}";
    }

    /// <summary>As in a mail address or a web site: letters, digits and dashes.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in WithoutAccents(text))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }

    /// <summary>Nine national digits as somebody writes them.</summary>
    public static string Phone(string nine, int manner) => manner switch
    {
        0 => $"0{nine[0]} {nine[1..3]} {nine[3..5]} {nine[5..7]} {nine[7..]}",
        1 => $"0{nine}",
        2 => $"+33{nine}",
        3 => $"+33 (0){nine[0]} {nine[1..3]} {nine[3..5]} {nine[5..7]} {nine[7..]}",
        4 => $"0{nine[0]}.{nine[1..3]}.{nine[3..5]}.{nine[5..7]}.{nine[7..]}",
        5 => $"0033{nine}",
        6 => nine,
        _ => $"0{nine[0]}-{nine[1..3]}-{nine[3..5]}-{nine[5..7]}-{nine[7..]}",
    };
}
