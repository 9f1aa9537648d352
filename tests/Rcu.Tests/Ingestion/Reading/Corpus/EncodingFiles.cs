namespace Rcu.Tests.Ingestion.Reading.Corpus;

/// <summary>One table in every character set that French files come in, and in several at once.</summary>
internal static class EncodingFiles
{
    private const string Table = "Société;Ville\nCafé de l’Élysée;Évry\nÀ l'Œuf «naïf»;Bœrsch\nprix en €;Nîmes\n";
    private const string Plain = "Société;Ville\nCafé de l'Élysée;Évry\nÀ la forêt;Bézier\n";
    private const string TableRead = "Société|Ville\n2 Café de l’Élysée|Évry\n3 À l'Œuf «naïf»|Bœrsch\n4 prix en €|Nîmes";
    private const string PlainRead = "Société|Ville\n2 Café de l'Élysée|Évry\n3 À la forêt|Bézier";

    public static IEnumerable<CorpusFile> All =>
    [
        CorpusFile.Text("utf8.csv", Table, $"Csv utf-8 ; 1\n{TableRead}"),
        CorpusFile.Text("utf8_bom.csv", Table, $"Csv utf-8 ; 1\n{TableRead}", mark: true),
        CorpusFile.Text("windows1252.csv", Table, $"Csv windows-1252 ; 1\n{TableRead}", "windows-1252"),
        CorpusFile.Text("iso8859_15.csv", "Société;Ville\nprix en €;Évry\nŒuf;Bœrsch\n", "Csv iso-8859-15 ; 1\nSociété|Ville\n2 prix en €|Évry\n3 Œuf|Bœrsch", "iso-8859-15"),
        CorpusFile.Text("iso8859_1.csv", Plain, $"Csv windows-1252 ; 1\n{PlainRead}", "iso-8859-1"),
        CorpusFile.Text("utf16le_bom.csv", Table, $"Csv utf-16 ; 1\n{TableRead}", "utf-16", mark: true),
        CorpusFile.Text("utf16le.csv", Plain, $"Csv utf-16 ; 1\n{PlainRead}", "utf-16"),
        CorpusFile.Text("utf16be_bom.csv", Table, $"Csv utf-16BE ; 1\n{TableRead}", "utf-16BE", mark: true),
        CorpusFile.Text("utf16be.csv", Plain, $"Csv utf-16BE ; 1\n{PlainRead}", "utf-16BE"),
        CorpusFile.Text("mac_roman.csv", Table.Replace("€", "E", StringComparison.Ordinal), $"Csv macintosh ; 1\n{TableRead.Replace("€", "E", StringComparison.Ordinal)}", "macintosh"),
        CorpusFile.Text("mac_roman_cr.csv", Plain.Replace('\n', '\r'), $"Csv macintosh ; 1\n{PlainRead}", "macintosh"),
        CorpusFile.Text("ascii.csv", "a;b\nx;y\n", "Csv utf-8 ; 1\na|b\n2 x|y"),
        CorpusFile.Text("capitals_1252.csv", "SOCIÉTÉ;VILLE\nÉLYSÉE;ÉVRY\nÀ LA FORÊT;ÇA\n", "Csv windows-1252 ; 1\nSOCIÉTÉ|VILLE\n2 ÉLYSÉE|ÉVRY\n3 À LA FORÊT|ÇA", "windows-1252"),
        CorpusFile.Text("twice.csv", "SociÃ©tÃ©;Ville\nCafÃ© de lâ€™Ã‰lysÃ©e;Paris\nNaÃ¯f;NÃ®mes\n", "Csv utf-8 ; 1\n? doubt.encoding_twice 1,2,3\nSociété|Ville\n2 Café de l’Élysée|Paris\n3 Naïf|Nîmes"),
        CorpusFile.Text("twice_in_part.csv", "Société;Ville\nCafÃ©;Évry\nSÃO PAULO;Été\n", "Csv utf-8 ; 1\n? doubt.encoding_twice 2\nSociété|Ville\n2 Café|Évry\n3 SÃO PAULO|Été"),
        CorpusFile.Raw("mixed_mostly_utf8.csv", "Société;Ville\nCafé;Évry\nCaf{E9};Paris\nForêt;Nîmes\n", "Csv utf-8 ; 1\n? doubt.encoding_mixed 3 utf-8\nSociété|Ville\n2 Café|Évry\n3! row.encoding\n4 Forêt|Nîmes"),
        CorpusFile.Raw("mixed_mostly_windows.csv", "Soci{E9}t{E9};Ville\nCaf{E9};{C9}vry\nForêt;Paris\n", "Csv windows-1252 ; 1\n? doubt.encoding_mixed 3 windows-1252\nSociété|Ville\n2 Café|Évry\n3 Forêt|Paris"),
        CorpusFile.Raw("mixed_windows_mac.csv", "Soci{E9}t{E9};Ville\nCaf{E9};Metz\nMus{8E}e;Lyon\n", "Csv windows-1252 ; 1\n? doubt.encoding_mixed 3 windows-1252\nSociété|Ville\n2 Café|Metz\n3! row.encoding"),
        CorpusFile.Raw("mixed_header.csv", "Soci{E9}t{E9};Ville\nCafé;Évry\nForêt;Nîmes\n", "Csv utf-8 ; 1\n? doubt.encoding_mixed 1 utf-8\nSociété|Ville\n2 Café|Évry\n3 Forêt|Nîmes"),
        CorpusFile.Raw("bom_then_windows.csv", "{EF}{BB}{BF}a;b\nCaf{E9};x\ny;z\n", "Csv utf-8 ; 1\n? doubt.encoding_mixed 2 utf-8\na|b\n2! row.encoding\n3 y|z"),
        CorpusFile.Raw("truncated_multibyte.csv", "a;b\né;1\nfin;caf{C3}", "Csv utf-8 ; 1\n? doubt.encoding_mixed 3 utf-8\na|b\n2 é|1\n3! row.encoding"),
        CorpusFile.Raw("overlong.csv", "a;b\né;1\n{C0}{AF};2\né;3\né;3\n", "Csv utf-8 ; 1\n? doubt.encoding_mixed 3 utf-8\na|b\n2 é|1\n3! row.encoding\n4 é|3\n5 é|3"),
        CorpusFile.Text("emoji.csv", "a;b\n😀;é\n", "Csv utf-8 ; 1\na|b\n2 😀|é"),
        CorpusFile.Text("decomposed.csv", "a;b\ncafe\u0301;é\n", "Csv utf-8 ; 1\na|b\n2 cafe\u0301|é"),
        CorpusFile.Text("nbsp.csv", "a;b\n1\u00A0234,5;2\u202F345,6\n", "Csv utf-8 ; 1 ,\na|b\n2 1~234,5|2~345,6"),
        CorpusFile.Text("bom_in_the_middle.csv", "a;b\n1;x\n\uFEFFa;b\n2;y\n", "Csv utf-8 ; 1\na|b\n2 1|x\n3! row.titles\n4 2|y"),
        CorpusFile.Text("json_1252.json", "[{\"a\":\"é\"},{\"a\":\"ç\"}]", "Json windows-1252\n1 é\n1 ç", "windows-1252"),
        CorpusFile.Raw("ndjson_mixed.ndjson", "{\"a\":\"é\"}\n{\"a\":\"{E9}\"}\n{\"a\":\"ç\"}\n", "Ndjson utf-8\n? doubt.encoding_mixed 2 utf-8\n1 é\n2! row.encoding\n3 ç"),
    ];
}
