namespace Rcu.Ingestion.Reading.Guesses;

/// <summary>What the bytes of French text are in each of the one-byte character sets, and which of them make sense.</summary>
internal static class WesternSigns
{
    public const string Mac = "macintosh";

    private const string Windows = "windows-1252";
    private const string Iso = "iso-8859-15";

    private const string Usual = "éèàêçôîûùâëïœ";
    private const string Likely = "ÉÈÀÊÇÔÎÛÙÂËÏŒÜÖÄüöäñÑ«»’‘“”–—…€°²\u00A0·";
    private const string Rare = "áíóúãõåøæÁÍÓÚÃÕÅØÆßýÿŠšŽž½¼¾£§¤©®™³¹ºª†•";

    // The bytes that stand for « éèàêçôîûùâ » on one side, and are nothing a French text has on the other.
    private static readonly byte[] MacBytes = [0x83, 0x88, 0x89, 0x8D, 0x8E, 0x8F, 0x90, 0x9D, 0x9E];
    private static readonly byte[] WindowsBytes = [0xE0, 0xE2, 0xE7, 0xE8, 0xE9, 0xEA, 0xEE, 0xF4, 0xF9, 0xFB];

    public static bool LooksMac(byte one) => MacBytes.Contains(one);

    public static bool LooksWindows(byte one) => WindowsBytes.Contains(one);

    /// <summary>The character set in which these bytes, counted, say the most.</summary>
    public static string Best(long[] counts, bool hasLigature) =>
        Score(counts, Mac) > Score(counts, Windows) ? Mac
        : counts.AsSpan(0x80, 0x20).IndexOfAnyExcept(0) < 0 && (counts[0xA4] > 0 || hasLigature) ? Iso
        : Windows;

    /// <summary>What the bytes of the other character set look like when they are read in this one.</summary>
    public static string Suspects(string encoding) =>
        EncodingGuess.Named(encoding).GetString(encoding == Mac ? WindowsBytes : MacBytes);

    private static long Score(long[] counts, string name)
    {
        var encoding = EncodingGuess.Named(name);
        var score = 0L;
        Span<char> sign = stackalloc char[2];
        for (var one = 0x80; one <= 0xFF; one++)
        {
            if (counts[one] > 0)
            {
                encoding.GetChars([(byte)one], sign);
                score += counts[one] * (Usual.Contains(sign[0]) ? 3 : Likely.Contains(sign[0]) ? 2 : Rare.Contains(sign[0]) ? 0 : char.IsControl(sign[0]) ? -10 : -3);
            }
        }

        return score;
    }
}
