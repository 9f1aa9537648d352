using System.Text;

namespace Rcu.Ingestion.Reading.Guesses;

/// <summary>A line at the head of a text, cut into cells by a sign that is being tried.</summary>
public sealed record SampleRow(int Line, IReadOnlyList<string> Cells)
{
    private const int Most = 60;

    public int Filled => Cells.Count(cell => !string.IsNullOrWhiteSpace(cell));

    /// <summary>The lines that are not blank. The last may be cut by the end of the sample: it only counts when it is alone.</summary>
    public static List<SampleRow> Of(string text, char delimiter)
    {
        var rows = new List<SampleRow>();
        var (cells, cell) = (new List<string>(), new StringBuilder());
        var (line, first, quoted) = (1, 1, false);
        for (var i = 0; i < text.Length && rows.Count < Most; i++)
        {
            var sign = text[i];
            var ends = sign is '\n' || (sign is '\r' && (i + 1 == text.Length || text[i + 1] != '\n'));
            line += ends ? 1 : 0;
            if (sign is '"')
            {
                quoted = !quoted && (cell.Length == 0 || cell[^1] is '"') || (quoted && i + 1 < text.Length && text[i + 1] is '"');
                cell.Append(sign);
            }
            else if (!quoted && ends)
            {
                cells.Add(cell.ToString().TrimEnd('\r'));
                Take(rows, first, cells);
                (cells, first) = ([], line);
                cell.Clear();
            }
            else if (!quoted && sign == delimiter)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(sign);
            }
        }

        if (rows.Count == 0)
        {
            cells.Add(cell.ToString());
            Take(rows, first, cells);
        }

        return rows;
    }

    private static void Take(List<SampleRow> rows, int line, List<string> cells)
    {
        if (cells.Count > 1 || !string.IsNullOrWhiteSpace(cells[0]))
        {
            rows.Add(new SampleRow(line, cells));
        }
    }
}
