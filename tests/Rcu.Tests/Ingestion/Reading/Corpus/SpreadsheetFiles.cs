namespace Rcu.Tests.Ingestion.Reading.Corpus;

/// <summary>What Excel does to values, in its workbooks and in the text files it saves.</summary>
internal static class SpreadsheetFiles
{
    public static IEnumerable<CorpusFile> All =>
    [
        CorpusFile.Text("scientific.csv", "SIRET;CP\n8,8456E+13;1000\n", "Csv utf-8 ; 1\nSIRET|CP\n2 8,8456E+13|1000"),
        CorpusFile.Text("spaces_in_numbers.csv", "a;b;c\n1 234,5;1\u00A0234,5;1\u202F234,5\n", "Csv utf-8 ; 1 ,\na|b|c\n2 1 234,5|1~234,5|1~234,5"),
        CorpusFile.Text("point.csv", "a;b\n1234.50;2\n", "Csv utf-8 ; 1 .\na|b\n2 1234.50|2"),
        CorpusFile.Text("thousands.csv", "a;b\n1.234;2\n", "Csv utf-8 ; 1 ,\n? doubt.decimal 2 1.234\na|b\n2 1.234|2"),
        CorpusFile.Text("decimals_both.csv", "a;b\n12,5;x\n13,5;x\n14.5;x\n", "Csv utf-8 ; 1 ,\n? doubt.decimals 4 14.5\na|b\n2 12,5|x\n3 13,5|x\n4 14.5|x"),
        CorpusFile.Text("dates_french.csv", "d;b\n03/04/2026;x\n25/12/2026;y\n", "Csv utf-8 ; 1 DayMonthYear\nd|b\n2 03/04/2026|x\n3 25/12/2026|y"),
        CorpusFile.Text("dates_american.csv", "d;b\n03/04/2026;x\n12/25/2026;y\n", "Csv utf-8 ; 1 MonthDayYear\nd|b\n2 2026-03-04|x\n3 2026-12-25|y"),
        CorpusFile.Text("dates_ambiguous.csv", "d;b\n03/04/26;x\n05/06/26;y\n", "Csv utf-8 ; 1 DayMonthYear\n? doubt.date_order 2,3 03/04/26\nd|b\n2 03/04/26|x\n3 05/06/26|y"),
        CorpusFile.Text("dates_both.csv", "d;b\n25/12/2026;x\n13/01/2026;x\n12/25/2026;y\n", "Csv utf-8 ; 1 DayMonthYear\n? doubt.date_orders 4 12/25/2026\nd|b\n2 25/12/2026|x\n3 13/01/2026|x\n4 12/25/2026|y"),
        CorpusFile.Text("dates_iso.csv", "d;b\n2026-04-03;x\n", "Csv utf-8 ; 1 YearMonthDay\nd|b\n2 2026-04-03|x"),
        CorpusFile.Text("booleans.csv", "a;b\nVRAI;FAUX\n", "Csv utf-8 ; 1\na|b\n2 VRAI|FAUX"),
        CorpusFile.Text("errors.csv", "a;b\n#N/A;#VALEUR!\n", "Csv utf-8 ; 1\na|b\n2 #N/A|#VALEUR!"),
        Book("typed.xlsx", "<row r=\"1\">" + Text("A1", "SIRET") + Text("B1", "CP") + Text("C1", "Actif") + Text("D1", "Date") + "</row>"
            + "<row r=\"2\"><c r=\"A2\"><v>80245678900012</v></c><c r=\"B2\" s=\"2\"><v>1000</v></c><c r=\"C2\" t=\"b\"><v>1</v></c><c r=\"D2\" s=\"1\"><v>45944</v></c></row>",
            "Xlsx utf-8 Scans 1 YearMonthDay\nSIRET|CP|Actif|Date\n2 80245678900012|01000|true|2025-10-14"),
        Book("errors.xlsx", Names("a", "b") + "<row r=\"2\"><c r=\"A2\" t=\"e\"><v>#N/A</v></c>" + Text("B2", "x") + "</row>",
            "Xlsx utf-8 Scans 1\n? doubt.cell_errors  A2\na|b\n2 |x"),
        Book("uncomputed.xlsx", Names("a", "b") + "<row r=\"2\"><c r=\"A2\"><f>1+1</f></c><c r=\"B2\"><f>1+2</f><v>3</v></c></row>",
            "Xlsx utf-8 Scans 1\n? doubt.uncomputed  A2\na|b\n2 |3"),
        Book("hidden_rows.xlsx", Names("a", "b") + "<row r=\"2\" hidden=\"1\">" + Text("A2", "x") + "</row><row r=\"3\">" + Text("A3", "y") + "</row>",
            "Xlsx utf-8 Scans 1\n? doubt.hidden_rows 2\na|b\n2 x|\n3 y|"),
        Book("titles_total.xlsx", "<row r=\"1\">" + Text("A1", "Salon") + "</row><row r=\"3\">" + Text("A3", "Nom") + Text("B3", "Nombre") + "</row>"
            + "<row r=\"4\">" + Text("A4", "TRI") + "<c r=\"B4\"><v>2</v></c></row><row r=\"5\">" + Text("A5", "Total") + "<c r=\"B5\"><v>2</v></c></row>",
            "Xlsx utf-8 Scans 3\nNom|Nombre\n4 TRI|2\n5! row.total"),
        new("merged.xlsx", Workbook.Of([(1, ["Société", "Nom"]), (2, ["ACME", "Faure"]), (3, [null, "Martin"])], "A2:A3"),
            "Xlsx utf-8 Scans 1\nSociété|Nom\n2 ACME|Faure\n3 ACME|Martin"),
        new("from_1904.xlsx", From1904(), "Xlsx utf-8 Scans 1 YearMonthDay\nDate|b\n2 2025-10-14|x"),
        new("hidden_sheet.xlsx", HiddenSheet(), "Xlsx utf-8 Scans 1\n? doubt.hidden_sheets  Brouillon\na|b\n2 x|"),
        new("no_rows.xlsx", Workbook.Of([(1, ["a", "b"])]), "Xlsx utf-8 Scans 1\na|b"),
        new("renamed.csv", Workbook.Of([(1, ["a"]), (2, ["x"])]), "Xlsx utf-8 Scans 1\na\n2 x"),
        new("clients.xls", BinaryWorkbookTests.Fixture("clients.xls"),
            "Xls utf-8 Clients 1 . YearMonthDay\nSociété|SIRET|CP|Actif|Date|Montant|Code\n"
            + "2 Café É|80245678900012|01000|true|2025-10-14|1234.5|\n3 TRI|88456000000000|75001|false|2023-12-30|0.1|A1"),
        new("clients.xlsb", BinaryWorkbookTests.Fixture("clients.xlsb"),
            "Xlsx utf-8 Clients 1 . YearMonthDay\n? doubt.hidden_rows 3\n? doubt.hidden_sheets  Brouillon\n? doubt.cell_errors  G2\nSociété|SIRET|CP|Actif|Date|Montant|Code\n"
            + "2 Café É|80245678900012|01000|true|2025-10-14|1234.5|\n3 TRI|88456000000000|75001|false|2023-12-30|0.1|A1\n4 Café É||69001|true||-3|A1\n5 Suite||||||A1"),
        new("zipped.zip", Workbook.Zip([("clients.csv", "Nom;Ville\nCafé;Évry\n"u8.ToArray())]), "Csv utf-8 ; 1\nNom|Ville\n2 Café|Évry"),
    ];

    private static CorpusFile Book(string name, string rows, string expected) => new(name, Workbook.Zip(Workbook.Parts(rows)), expected);

    private static string Names(string first, string second) => $"<row r=\"1\">{Text("A1", first)}{Text("B1", second)}</row>";

    private static string Text(string at, string text) => $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";

    private static byte[] From1904()
    {
        var parts = Workbook.Parts(Names("Date", "b") + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>44482</v></c>" + Text("B2", "x") + "</row>");
        parts[1] = Workbook.Part(parts[1].Name, System.Text.Encoding.UTF8.GetString(parts[1].Content).Replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>", StringComparison.Ordinal));
        return Workbook.Zip(parts);
    }

    private static byte[] HiddenSheet()
    {
        var parts = Workbook.Parts(Names("a", "b") + "<row r=\"2\">" + Text("A2", "x") + "</row>");
        parts[1] = Workbook.Part(parts[1].Name, System.Text.Encoding.UTF8.GetString(parts[1].Content)
            .Replace("<sheets>", "<sheets><sheet name=\"Brouillon\" sheetId=\"2\" state=\"hidden\" r:id=\"rId3\"/>", StringComparison.Ordinal));
        parts[2] = Workbook.Part(parts[2].Name, System.Text.Encoding.UTF8.GetString(parts[2].Content).Replace(
            "</Relationships>",
            "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>",
            StringComparison.Ordinal));
        parts.Add(Workbook.Part("xl/worksheets/sheet2.xml", $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{Names("secret", "z")}</sheetData></worksheet>"));
        return Workbook.Zip(parts);
    }
}
