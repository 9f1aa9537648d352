using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Rcu.Data;

namespace Rcu.Reference.Register;

/// <summary>One of Insee's stock files: the columns it must have, and what the hub keeps of each row.</summary>
/// <param name="kind">The part of the register it fills: the name of its table.</param>
/// <param name="file">The name Insee gives the file.</param>
/// <param name="columns">The official columns that are read; the file may hold more, in any order.</param>
/// <param name="treated">The column that says when a row was treated last; a file may do without.</param>
internal abstract class RegisterLayout(string kind, string file, string[] columns, string treated)
{
    private static readonly RegisterLayout[] Known = [new LegalUnitLayout(), new EstablishmentLayout(), new SuccessionLayout(), new NoticeLayout(), new PlaceLayout()];

    private readonly int[] _places = new int[columns.Length];
    private readonly byte[] _latest = new byte[19]; // 2026-11-21T20:15:00
    private int _treated = -1;

    /// <summary>What is read of any of the files.</summary>
    public static IEnumerable<string> KnownColumns => Known.SelectMany(known => known.Columns.Append(known.Treated)).Distinct();

    public string Kind => kind;

    public string File => file;

    /// <summary>The official columns that are read.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>The column that says when a row was treated last.</summary>
    public string Treated => treated;

    /// <summary>The last treatment of the rows taken so far, in Paris time; null when they tell none.</summary>
    public DateTime? Latest =>
        DateTime.TryParseExact(Encoding.ASCII.GetString(_latest), "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var latest) ? latest : null;

    /// <summary>What adds a file to what is known, in SQL; null when it takes its place.</summary>
    public virtual string? Adding => null;

    /// <summary>The columns of the table that hold nothing when the source does not say one of the official ones.</summary>
    public abstract IReadOnlyDictionary<string, string[]> Fills { get; }

    /// <summary>The official columns a row says nothing without.</summary>
    public abstract IReadOnlyList<string> Needed { get; }

    /// <summary>How many columns the table has, and their names.</summary>
    public abstract string Table { get; }

    /// <summary>The layout that shares most columns with these headers, ready to read them.</summary>
    public static Result<RegisterLayout> Of(IReadOnlyList<string> headers, string name)
    {
        var layout = Known.MaxBy(known => known.Score(headers))!;
        if (layout.Score(headers) < .5)
        {
            return RegisterErrors.UnknownFile(name);
        }

        var mine = layout.Fresh();
        var missing = mine.Place(headers);
        return missing.Count > 0 ? RegisterErrors.MissingColumns(name, layout.File, missing) : mine;
    }

    /// <summary>The layout of one part of the register, ready to read these columns.</summary>
    public static RegisterLayout OfKind(string kind, IReadOnlyList<string> headers)
    {
        var mine = Known.Single(known => known.Kind == kind).Fresh();
        mine.Place(headers);
        return mine;
    }

    /// <summary>The official columns of one part of the register.</summary>
    public static RegisterLayout Of(string kind) => Known.Single(known => known.Kind == kind);

    /// <summary>Notes when a row that was taken was treated.</summary>
    public void Remember(IRegisterRows row)
    {
        if (_treated >= 0 && row[_treated] is { Length: >= 19 } at && at[..19].SequenceCompareTo(_latest) > 0)
        {
            at[..19].CopyTo(_latest);
        }
    }

    /// <summary>Adds a row to those to send; else says why it is set aside.</summary>
    public abstract string? Write(IRegisterRows row, CopyRows rows);

    protected abstract RegisterLayout Fresh();

    protected ReadOnlySpan<byte> Bytes(IRegisterRows row, int column) => row[_places[column]];

    /// <summary>A value as text, with what Insee hid left out; nothing when there is none.</summary>
    protected string? Text(IRegisterRows row, int column, ref bool masked)
    {
        var bytes = Bytes(row, column);
        if (IsMask(bytes))
        {
            masked = true;
            return null;
        }

        return bytes.IsEmpty ? null : Encoding.UTF8.GetString(bytes);
    }

    protected ReadOnlySpan<byte> Filled(IRegisterRows row, int column, ref bool masked)
    {
        var bytes = Bytes(row, column);
        if (!IsMask(bytes))
        {
            return bytes;
        }

        masked = true;
        return [];
    }

    protected static bool IsMask(ReadOnlySpan<byte> value) => value.SequenceEqual("[ND]"u8);

    /// <summary>The letter that says who may see the unit: the former N hides as much as P.</summary>
    protected static string? Diffusion(ReadOnlySpan<byte> value) => value is [(byte)'O'] ? "O" : value is [(byte)'P' or (byte)'N'] ? "P" : null;

    /// <summary>Years first; a date that cannot be is told from a date that is not there.</summary>
    protected static bool TryDate(ReadOnlySpan<byte> value, out DateOnly? date)
    {
        date = null;
        if (value.IsEmpty || IsMask(value))
        {
            return true;
        }

        if (value.Length < 10 || value[4] != '-' || value[7] != '-'
            || !Utf8Parser.TryParse(value[..4], out int year, out var used) || used != 4
            || !Utf8Parser.TryParse(value[5..7], out int month, out _) || !Utf8Parser.TryParse(value[8..10], out int day, out _)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    protected static bool IsTrue(ReadOnlySpan<byte> value) => Ascii.EqualsIgnoreCase(value, "true"u8) || value.SequenceEqual("1"u8);

    protected static bool IsDigits(ReadOnlySpan<byte> value, int length) => value.Length == length && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private double Score(IReadOnlyList<string> headers) => columns.Count(headers.Contains) / (double)columns.Length;

    private List<string> Place(IReadOnlyList<string> headers)
    {
        var all = headers.ToList();
        for (var column = 0; column < columns.Length; column++)
        {
            _places[column] = all.IndexOf(columns[column]);
        }

        _treated = all.IndexOf(treated);
        return [.. columns.Where((_, column) => _places[column] < 0)];
    }
}
