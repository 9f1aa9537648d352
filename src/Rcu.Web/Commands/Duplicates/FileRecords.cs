using System.Globalization;
using System.Text;
using Rcu.Ingestion.Reading.Guesses;
using Rcu.Matching;
using Rcu.Web.Commands.Csv;

namespace Rcu.Web.Commands.Duplicates;

/// <summary>
/// The rows of one or two files as the engine reads them: once, in order, without keeping any. What cannot be seen before
/// the last row (an id that comes twice, a single list) is refused there, before anything is compared.
/// </summary>
internal sealed class FileRecords(Plan plan, Action<double> progress) : IRecordStream, IDisposable
{
    private readonly UniqueIds _ids = new();
    private readonly Lists _lists = new();
    private readonly long _size = plan.Files.Sum(file => new FileInfo(file.Shape.Path).Length);
    private readonly TwiceEncoded _twice = new("windows-1252");
    private CsvScanner? _scanner;
    private int _file;
    private long _before;

    // « Ã », that accents begin with when UTF-8 was taken for Windows' own and written again: « SociÃ©tÃ© ».
    private static ReadOnlySpan<byte> EncodedTwice => "Ã"u8;

    public EntityKind Kind => plan.Kind;

    public IReadOnlyList<Field> Fields => plan.Fields;

    /// <summary>How many rows were read, all files together.</summary>
    public int Count { get; private set; }

    public OddRows Odd { get; } = new();

    /// <summary>Headers that came again between the rows, and were passed over.</summary>
    public int Headers { get; private set; }

    /// <summary>Something else than ASCII is in the files.</summary>
    public bool HasAccents { get; private set; }

    /// <exception cref="RefusedException">Read to the end, the files turn out not to be what was said of them.</exception>
    public void Read(RecordBatch batch, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        while (!batch.IsFull && _file < plan.Files.Count)
        {
            _scanner ??= plan.Files[_file].Shape.Open();
            Fill(batch, plan.Files[_file], _scanner);
            HasAccents |= _scanner.Bytes.HasAccents;
            progress((_before + _scanner.Bytes.Position) / (double)Math.Max(1, _size));
            if (!batch.IsFull)
            {
                _before += _scanner.Bytes.Position;
                Headers += _scanner.Passed;
                _scanner.Dispose();
                _scanner = null;
                _file++;
            }
        }

        if (batch.Count == 0 && Refusal() is { } refusal)
        {
            throw new RefusedException(refusal);
        }
    }

    public void Dispose() => _scanner?.Dispose();

    private void Fill(RecordBatch batch, PlannedFile file, CsvScanner row)
    {
        var (columns, width) = (file.Columns.ToArray(), file.Shape.Columns.Count);
        var source = plan.Files.Count > 1 ? _lists.Of([(byte)('1' + _file)]) : [];
        Span<byte> number = stackalloc byte[16];
        while (!batch.IsFull && row.Next())
        {
            Count++;
            if (row.Count != width || row.HasBrokenQuote)
            {
                Odd.Add(file.Shape.Name, row.Line, row.Count, width, row.HasBrokenQuote);
            }

            source = file.Link >= 0 ? _lists.Of(row.Value(file.Link).Trim(" "u8)) : source;
            if (file.Id >= 0 && row.Value(file.Id) is { Length: > 0 } id)
            {
                _ids.Add(id, _file);
                batch.Begin(id, source);
            }
            else
            {
                // Nine digits sort as numbers do.
                Count.TryFormat(number, out var length, "D9", CultureInfo.InvariantCulture);
                batch.Begin(number[..length], source);
            }

            var isTwice = row.Raw.IndexOf(EncodedTwice) >= 0;
            foreach (var column in columns)
            {
                batch.Add(column < 0 ? default : isTwice ? Restored(row.Value(column)) : row.Value(column));
            }
        }
    }

    private ReadOnlySpan<byte> Restored(ReadOnlySpan<byte> value) =>
        value.IndexOf(EncodedTwice) < 0 ? value : Encoding.UTF8.GetBytes(_twice.Undo(Encoding.UTF8.GetString(value)));

    private Error? Refusal() =>
        Count == 0 ? CsvErrors.NoRow(plan.Files[0].Shape.Path)
        : plan.Files[0].Link is >= 0 and var link && _lists.Refusal(plan.Files[0].Shape.Columns[link]) is { } refusal ? refusal
        : _ids.Twice(plan);
}
