using System.Text;

namespace Rcu.Web.Commands.Csv;

/// <summary>How a delimited file is written, seen from its first bytes, and the names of its columns.</summary>
/// <param name="Encoding">UTF-8 is read as it is; anything else is brought to it block by block.</param>
/// <param name="Mark">How many bytes the mark of the encoding takes at the start of the file.</param>
/// <param name="LineEnd">How its rows end.</param>
/// <param name="SkippedRows">Rows before the data: the header when there is one, and Excel's <c>sep=</c>.</param>
/// <param name="Titles">Of them, the lines above the header that speak of the file: « Export au 12/10/2026 ».</param>
/// <param name="HasHeader">False: the columns are called <c>colonne_1</c>, <c>colonne_2</c>…</param>
internal sealed record CsvShape(
    string Path, Encoding Encoding, int Mark, byte Separator, string LineEnd, int SkippedRows, int Titles, bool HasHeader, IReadOnlyList<string> Columns)
{
    public static readonly IReadOnlyList<byte> Separators = [(byte)';', (byte)',', (byte)'\t', (byte)'|'];

    public string Name => System.IO.Path.GetFileName(Path);

    public bool IsUtf8 => Encoding is UTF8Encoding;

    /// <summary>The data, from its first row.</summary>
    /// <remarks>A header that comes again between the rows is passed over.</remarks>
    public CsvScanner Open()
    {
        if (!HasHeader)
        {
            return OpenAfter(SkippedRows);
        }

        var scanner = OpenAtHeader();
        if (scanner.Next() && scanner.Count > 1)
        {
            scanner.PassOver(scanner.Raw);
        }

        return scanner;
    }

    /// <summary>The same from the row that names the columns, when there is one.</summary>
    public CsvScanner OpenAtHeader() => OpenAfter(SkippedRows - (HasHeader ? 1 : 0));

    private CsvScanner OpenAfter(int rows)
    {
        var scanner = new CsvScanner(Utf8Bytes.Open(Path, Encoding, Mark), Separator);
        for (var i = 0; i < rows && scanner.Next(); i++)
        {
        }

        return scanner;
    }
}
