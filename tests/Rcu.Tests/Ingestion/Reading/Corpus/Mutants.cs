namespace Rcu.Tests.Ingestion.Reading.Corpus;

/// <summary>Files of the corpus spoilt in every way, and bytes that were never a file. The same seed gives the same one.</summary>
internal sealed class Mutants(IReadOnlyList<CorpusFile> corpus)
{
    private static readonly string[] Extensions = ["csv", "txt", "xlsx", "xls", "json", "ndjson", "zip", "xml", ""];

    private static readonly byte[][] Tokens =
    [
        [0], [0xFF], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0xC3], [0xE9], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98], "\""u8.ToArray(), "\"\""u8.ToArray(),
        ";"u8.ToArray(), "\r"u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(),
        "\\u0000"u8.ToArray(), "\\ud83d"u8.ToArray(), "1e999999999"u8.ToArray(), "PK\x03\x04"u8.ToArray(), "sep=\0"u8.ToArray(), "JournalCode"u8.ToArray(),
        "<!DOCTYPE a>"u8.ToArray(), "<row r=\"1048577\">"u8.ToArray(), "&amp;"u8.ToArray(), "-1"u8.ToArray(), "99999999999999999999"u8.ToArray(), "XFD1"u8.ToArray(),
        "\" t=\"s"u8.ToArray(), "<c r=\"A1\">"u8.ToArray(), "</row>"u8.ToArray(), "\uFFFE"u8.ToArray(), "1.0E+308"u8.ToArray(), "#N/A"u8.ToArray(),
    ];

    public (string Name, byte[] Bytes) Next(int seed)
    {
        var dice = new Random(seed);
        var name = $"{dice.Next()}.{Extensions[dice.Next(Extensions.Length)]}";
        if (dice.Next(20) == 0)
        {
            var noise = new byte[dice.Next(1, 5_000)];
            dice.NextBytes(noise);
            return (name, noise);
        }

        var file = corpus[dice.Next(corpus.Count)];
        name = dice.Next(2) == 0 ? file.Name : name;
        if (dice.Next(4) == 0)
        {
            return (name, Sheet(dice));
        }

        return (name, Spoilt(dice, file.Bytes));
    }

    // A workbook whose envelope is right and whose sheet is not: what is wrong reaches the parser.
    private static byte[] Sheet(Random dice)
    {
        var parts = Workbook.Parts(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Nom</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Date</t></is></c></row>"
            + "<row r=\"2\"><c r=\"A2\"><v>12</v></c><c r=\"B2\" s=\"1\"><v>45944</v></c></row><row r=\"3\"><c r=\"B3\" s=\"2\"><f>1+1</f><v>1000</v></c></row>",
            "A2:A3");
        var part = dice.Next(1, parts.Count);
        parts[part] = (parts[part].Name, Spoilt(dice, parts[part].Content));
        return Workbook.Zip(parts);
    }

    private static byte[] Spoilt(Random dice, byte[] bytes)
    {
        var spoilt = new List<byte>(bytes);
        for (var times = dice.Next(1, 6); times > 0; times--)
        {
            var at = dice.Next(spoilt.Count + 1);
            var length = Math.Min(dice.Next(1, 40), spoilt.Count - at);
            switch (dice.Next(7))
            {
                case 0 when at < spoilt.Count:
                    spoilt[at] = (byte)dice.Next(256);
                    break;
                case 1:
                    spoilt.RemoveRange(at, length);
                    break;
                case 2:
                    spoilt.InsertRange(at, spoilt.GetRange(at, length));
                    break;
                case 3 when at > 0:
                    spoilt.RemoveRange(at, spoilt.Count - at);
                    break;
                case 4:
                    var noise = new byte[dice.Next(1, 30)];
                    dice.NextBytes(noise);
                    spoilt.InsertRange(at, noise);
                    break;
                default:
                    spoilt.InsertRange(at, Enumerable.Repeat(Tokens[dice.Next(Tokens.Length)], dice.Next(1, 4)).SelectMany(token => token));
                    break;
            }
        }

        return [.. spoilt];
    }
}
