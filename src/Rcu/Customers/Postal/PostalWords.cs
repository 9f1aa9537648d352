using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Rcu.Identifiers;
using Rcu.Reference;

namespace Rcu.Customers.Postal;

/// <summary>Capitals without accents or punctuation, abbreviations written in full, and shortened again only where a line is too long.</summary>
internal static partial class PostalWords
{
    // In the order the norm gives up: the type of street first, then titles, then common words, then the words between.
    private static readonly FrozenDictionary<string, string>[] Shorter =
    [
        AddressWords.StreetTypeCodes,
        Pairs("BATIMENT BAT;IMMEUBLE IMM;RESIDENCE RES;APPARTEMENT APP;ESCALIER ESC;ETAGE ETG;ENTREE ENT;LOTISSEMENT LOT;CENTRE CTRE;LIEU LD;INDUSTRIELLE IND;COMMERCIAL CIAL;ACTIVITES ACT;TECHNOLOGIQUE TECHNO"),
        Pairs("ADJUDANT ADJ;AMIRAL AML;CAPITAINE CAP;COLONEL COL;COMMANDANT CDT;DOCTEUR DR;GENERAL GAL;LIEUTENANT LT;MARECHAL MAL;MONSEIGNEUR MGR;PREFET PRF;PRESIDENT PDT;PROFESSEUR PR;SERGENT SGT;SAINT ST;SAINTE STE;SAINTS STS;SAINTES STES;NOTRE N;DAME D"),
        Pairs("ANCIEN ANC;ANCIENNE ANC;GRAND GD;GRANDE GDE;PETIT PT;PETITE PTE;NOUVEAU NOUV;NOUVELLE NOUV;HAUT HT;HAUTE HTE;VIEUX VX;PREMIER 1ER;PREMIERE 1ERE;BATAILLON BTN;DIVISION DIV;REGIMENT RGT;REPUBLIQUE REP;SOCIETE STE;ETABLISSEMENTS ETS;COMPAGNIE CIE;ASSOCIATION ASS;INTERNATIONAL INTL;INTERNATIONALE INTL;INDUSTRIE IND;SERVICE SCE;DIRECTION DIR;DEPARTEMENT DEPT"),
    ];

    private static readonly FrozenSet<string> Between = new[] { "DE", "DU", "DES", "LA", "LE", "LES", "L", "D", "ET", "A", "AU", "AUX" }.ToFrozenSet();

    /// <summary>Capitals, no accent, no punctuation: « 12 bis, rue de l’Étang » is <c>12 BIS RUE DE L ETANG</c>.</summary>
    public static string Plain(string text) => Repeats().Replace(text.Folded(), "$1 $2");

    /// <summary>The same, with the signs that company names need.</summary>
    public static string Name(string text) => text.FoldedKeeping(c => c is '&' or '+').Replace("  ", " ", StringComparison.Ordinal);

    /// <summary>The first words in full: <c>AV</c> is <c>AVENUE</c>; what has two readings stays.</summary>
    public static string InFull(string line)
    {
        var words = line.Split(' ');
        var type = words.Length > 1 && (char.IsDigit(words[0][0]) || words[0] is "N") ? Array.FindIndex(words, 1, word => !char.IsDigit(word[0]) && !IsRepetition(word)) : 0;
        if (type >= 0 && type < words.Length - 1 && (AddressWords.Expand(words[type]) ?? RegisterType(words[type])) is { } full && full != "COURSE SPECIALE")
        {
            words[type] = full;
        }

        return string.Join(' ', words);
    }

    /// <summary>The line within its width, shortened as little as it takes; cut at a word when nothing else helps.</summary>
    /// <param name="wasCut">Whether words were lost.</param>
    public static string Fit(string line, out bool wasCut)
    {
        wasCut = false;
        foreach (var list in Shorter)
        {
            if (line.Length <= PostalAddress.Width)
            {
                return line;
            }

            line = ShortenWith(line, list);
        }

        while (line.Length > PostalAddress.Width && line.Split(' ') is var words && Array.FindIndex(words, 1, Between.Contains) is > 0 and var between)
        {
            line = string.Join(' ', words.Where((_, i) => i != between));
        }

        if (line.Length <= PostalAddress.Width)
        {
            return line;
        }

        wasCut = true;
        var space = line.LastIndexOf(' ', PostalAddress.Width);
        return line[..(space > PostalAddress.Width / 2 ? space : PostalAddress.Width)];
    }

    public static bool IsRepetition(string word) => word is "BIS" or "TER" or "QUATER" or "QUINQUIES" || word.Length == 1 && word[0] is >= 'A' and <= 'H';

    // From the first word on, only as far as it takes.
    private static string ShortenWith(string line, FrozenDictionary<string, string> list)
    {
        var words = line.Split(' ');
        for (var i = 0; i < words.Length && words.Sum(word => word.Length + 1) - 1 > PostalAddress.Width; i++)
        {
            if (i < words.Length - 1 && list.TryGetValue($"{words[i]} {words[i + 1]}", out var both))
            {
                words = [.. words[..i], both, .. words[(i + 2)..]];
            }
            else if (list.TryGetValue(words[i], out var shorter) && shorter.Length < words[i].Length)
            {
                words[i] = shorter;
            }
        }

        return string.Join(' ', words);
    }

    // What the register shortens: TRA is « Traverse ». Its zones are read as they are written.
    private static string? RegisterType(string code) =>
        code[0] != 'Z' && AddressWords.StreetType(code)?.Folded() is { } label && !label.Contains("SENTE", StringComparison.Ordinal) ? label : null;

    private static FrozenDictionary<string, string> Pairs(string pairs) =>
        pairs.Split(';').Select(pair => pair.Split(' ')).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    // « 12bis » is two words.
    [GeneratedRegex(@"\b(\d+)(BIS|TER|QUATER|QUINQUIES)\b")]
    private static partial Regex Repeats();
}
