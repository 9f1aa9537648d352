using System.Text;

namespace Rcu.Benchmarks.Generator;

/// <summary>Writes a generated set as a comma-separated UTF-8 file, its truth beside it, a row at a time.</summary>
internal static class GeneratedFile
{
    private const int Buffer = 1 << 20;
    private static readonly string[] DirtNames = [.. Enum.GetNames<Dirt>().Select(SnakeCase)];

    /// <param name="truth">Gets <c>id,entity,dirt</c>, the kinds of dirt parted by bars.</param>
    public static void Write(GeneratedSet set, string path, string truth, CancellationToken ct)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, Buffer);
        using var answers = new StreamWriter(truth, append: false, new UTF8Encoding(false), Buffer) { NewLine = "\n" };
        answers.WriteLine("id,entity,dirt");
        var cells = new string?[set.Columns.Count];
        var line = new byte[1 << 14];
        Write(file, [.. set.Columns.Select(column => column.Name)], line);
        for (var row = 0L; row < set.Rows; row++)
        {
            var (entity, dirt) = set.Fill(row, cells);
            Write(file, cells, line);
            answers.WriteLine($"{cells[0]},{entity},{NamesOf(dirt)}");
            if (row % 8192 == 0)
            {
                ct.ThrowIfCancellationRequested();
            }
        }
    }

    public static string NamesOf(ulong dirt) =>
        dirt == 0 ? "" : string.Join('|', Enumerable.Range(0, DirtNames.Length).Where(kind => (dirt & (1UL << kind)) != 0).Select(kind => DirtNames[kind]));

    public static string NameOf(int kind) => DirtNames[kind];

    public static int Kinds => DirtNames.Length;

    private static void Write(FileStream file, string?[] cells, byte[] line)
    {
        var length = 0;
        foreach (var cell in cells)
        {
            if (cell is not null)
            {
                var quoted = cell.AsSpan().IndexOfAny(',', '"', '\n') >= 0;
                length += Encoding.UTF8.GetBytes(quoted ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell, line.AsSpan(length));
            }

            line[length++] = (byte)',';
        }

        line[length - 1] = (byte)'\n';
        file.Write(line, 0, length);
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "_" : "")}{char.ToLowerInvariant(c)}" : c.ToString()));
}
