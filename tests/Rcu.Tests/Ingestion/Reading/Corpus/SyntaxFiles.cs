namespace Rcu.Tests.Ingestion.Reading.Corpus;

/// <summary>Every way in which a line of a table can be cut, quoted, repeated or left unfinished.</summary>
internal static class SyntaxFiles
{
    public static IEnumerable<CorpusFile> All =>
    [
        CorpusFile.Text("comma.csv", "a,b,c\n1,\"x, y\",3\n", "Csv utf-8 , 1\na|b|c\n2 1|x, y|3"),
        CorpusFile.Text("semicolon.csv", "a;b;c\n1,5;2,5;3,5\n", "Csv utf-8 ; 1 ,\na|b|c\n2 1,5|2,5|3,5"),
        CorpusFile.Text("tab.tsv", "a\tb\tc\n1\t2;3\t4\n", "Csv utf-8 tab 1\na|b|c\n2 1|2;3|4"),
        CorpusFile.Text("pipe.txt", "a|b|c\n1|2|3\n", "Csv utf-8 | 1\na|b|c\n2 1|2|3"),
        CorpusFile.Text("sep.csv", "sep=;\na;b\n1,2;3\n", "Csv utf-8 ; 2 ,\na|b\n3 1,2|3"),
        CorpusFile.Text("crlf.csv", "a;b\r\n1;2\r\n3;4\r\n", "Csv utf-8 ; 1\na|b\n2 1|2\n3 3|4"),
        CorpusFile.Text("cr.csv", "a;b\r1;2\r3;4\r", "Csv utf-8 ; 1\na|b\n2 1|2\n3 3|4"),
        CorpusFile.Text("ends_mixed.csv", "a;b\r\n1;2\n3;4\r5;6", "Csv utf-8 ; 1\na|b\n2 1|2\n3 3|4\n4 5|6"),
        CorpusFile.Text("no_end.csv", "a;b\n1;2", "Csv utf-8 ; 1\na|b\n2 1|2"),
        CorpusFile.Text("newline_in_quotes.csv", "a;b\n\"1\nrue\";2\n3;4\n", "Csv utf-8 ; 1\na|b\n2 1⏎rue|2\n4 3|4"),
        CorpusFile.Text("crlf_in_quotes.csv", "a;b\r\n\"1\r\nrue\";2\r\n3;4\r\n", "Csv utf-8 ; 1\na|b\n2 1⏎rue|2\n4 3|4"),
        CorpusFile.Text("quotes_doubled.csv", "a;b\n\"dit \"\"Le Chat\"\"\";2\n", "Csv utf-8 ; 1\na|b\n2 dit \"Le Chat\"|2"),
        CorpusFile.Text("quotes_bare.csv", "a;b\nSARL \"LE CHAT\";12\" écran\n", "Csv utf-8 ; 1\na|b\n2 SARL \"LE CHAT\"|12\" écran"),
        CorpusFile.Text("quotes_all.csv", "\"a\";\"b\"\n\"1;2\";\"\"\n", "Csv utf-8 ; 1\na|b\n2 1;2|"),
        CorpusFile.Text("quote_open.csv", "a;b\n1;x\n\"2;x\n3;x\n", "Csv utf-8 ; 1\na|b\n2 1|x\n3! row.quote\n4 3|x"),
        CorpusFile.Text("ragged.csv", "a;b;c\n1;2\n1;2;3\n1;2;3;4\n", "Csv utf-8 ; 1\na|b|c\n2! row.columns\n3 1|2|3\n4! row.columns"),
        CorpusFile.Text("trailing_delimiters.csv", "a;b;;\n1;2;;\n3;4\n", "Csv utf-8 ; 1\na|b\n2 1|2\n3 3|4"),
        CorpusFile.Text("blank_lines.csv", "\n\na;b\n\n1;2\n;\n\n3;4\n", "Csv utf-8 ; 1\na|b\n5 1|2\n8 3|4"),
        CorpusFile.Text("header_twice.csv", "a;A;a\n1;2;3\n", "Csv utf-8 ; 1\na|A (2)|a (3)\n2 1|2|3"),
        CorpusFile.Text("header_blank.csv", "a;;c\n1;2;3\n", "Csv utf-8 ; 1\na|Colonne 2|c\n2 1|2|3"),
        CorpusFile.Text("header_only.csv", "a;b;c\n", "Csv utf-8 ; 1\na|b|c"),
        CorpusFile.Text("header_quoted_bom.csv", "\"a\";\"b\"\n1;2\n", "Csv utf-8 ; 1\na|b\n2 1|2", mark: true),
        CorpusFile.Text("header_two_lines.csv", "\"Code\npostal\";b\n1;2\n", "Csv utf-8 ; 1\nCode postal|b\n3 1|2"),
        CorpusFile.Text("one_column.csv", "Nom\nDupont, Jean\nMartin\n", "Csv utf-8 ; 1\nNom\n2 Dupont, Jean\n3 Martin"),
        CorpusFile.Text("one_column_mails.csv", "email\na@b.example\nc@d.example\n", "Csv utf-8 ; 1\nemail\n2 a@b.example\n3 c@d.example"),
        CorpusFile.Text("titles.csv", "Export des clients au 03/11/2026\n\nCode;Nom;Ville\n1;TRI;Nancy\n2;ACME;Metz\n", "Csv utf-8 ; 3\n? doubt.titles 3\nCode|Nom|Ville\n4 1|TRI|Nancy\n5 2|ACME|Metz"),
        CorpusFile.Text("titles_padded.csv", "Export des clients;;;\nAgence;Est;;\n;;;\nCode;Nom;Ville;CP\n1;TRI;Nancy;54000\n2;ACME;Metz;57000\n", "Csv utf-8 ; 4\n? doubt.titles 4\nCode|Nom|Ville|CP\n5 1|TRI|Nancy|54000\n6 2|ACME|Metz|57000"),
        CorpusFile.Text("titles_comma.csv", "Export, le 3 novembre\nCode,Nom,Ville,CP,Pays\n1,TRI,Nancy,54000,FR\n2,ACME,Metz,57000,FR\n", "Csv utf-8 , 2\n? doubt.titles 2\nCode|Nom|Ville|CP|Pays\n3 1|TRI|Nancy|54000|FR\n4 2|ACME|Metz|57000|FR"),
        CorpusFile.Text("total_below.csv", "Nom;Montant\nTRI;12,50\nTotal;12,50\n", "Csv utf-8 ; 1 ,\nNom|Montant\n2 TRI|12,50\n3! row.total"),
        CorpusFile.Text("titles_again.csv", "Nom;Ville\nTRI;Nancy\nNom ;Ville\nNom;Metz\n", "Csv utf-8 ; 1\nNom|Ville\n2 TRI|Nancy\n3! row.titles\n4 Nom|Metz"),
        CorpusFile.Text("total_in_the_middle.csv", "Nom;Montant\nTOTAL;12,50\nTRI;3,20\n", "Csv utf-8 ; 1 ,\nNom|Montant\n2 TOTAL|12,50\n3 TRI|3,20"),
        CorpusFile.Text("nul.csv", "a;b\nx\0y;2\n", "Csv utf-8 ; 1\na|b\n2 x\uFFFDy|2"),
        CorpusFile.Text("formulas.csv", "a;b\n=cmd|'/c calc'!A1;+33 6 39 98 00 42\n", "Csv utf-8 ; 1\na|b\n2 =cmd|'/c calc'!A1|+33 6 39 98 00 42"),
        CorpusFile.Text("ndjson_bad_line.ndjson", "{\"a\":1}\n{\"a\":\n{\"a\":3}\n", "Ndjson utf-8\n1 1\n2! row.json\n3 3"),
        CorpusFile.Text("json_list.json", "{\"count\":2,\"data\":[{\"a\":1},{\"a\":\"x\"}]}", "Json utf-8 data\n1 1\n1 x"),
        CorpusFile.Text("fec.txt", "JournalCode|JournalLib|EcritureNum\nVE|\"VENTES|1\n", "Fec utf-8 | 1\n? doubt.ledger_name  fec.txt\n? doubt.ledger_columns  EcritureDate, CompteNum, CompteLib, CompAuxNum, CompAuxLib, PieceRef, PieceDate, EcritureLib, Debit, Credit, EcritureLet, DateLet, ValidDate\nJournalCode|JournalLib|EcritureNum\n2 VE|\"VENTES|1"),
    ];
}
