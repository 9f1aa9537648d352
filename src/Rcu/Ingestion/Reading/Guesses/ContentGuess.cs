using System.Globalization;
using System.Text.RegularExpressions;

namespace Rcu.Ingestion.Reading.Guesses;

/// <summary>The decimal sign and the order of the dates of a file, from its first thousand rows, with what stays in doubt.</summary>
internal sealed partial class ContentGuess
{
    /// <summary>Rows enough to see a day beyond the twelfth.</summary>
    public const int Rows = 1_000;

    private readonly Seen _comma = new();
    private readonly Seen _point = new();
    private readonly Seen _eitherMark = new();
    private readonly Seen _dayFirst = new();
    private readonly Seen _monthFirst = new();
    private readonly Seen _eitherOrder = new();
    private readonly Seen _yearFirst = new();

    public void Add(ReadRow row)
    {
        foreach (var (_, value) in row is ReadRow.Kept kept ? kept.Fields.Leaves() : [])
        {
            var text = value.AsSpan().Trim();
            if (text.Length is > 2 and < 32 && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '('))
            {
                Look(row.Line, text.ToString());
            }
        }
    }

    public FileFormat Tell(FileFormat format)
    {
        var doubts = new List<FormatDoubt>(format.Doubts);
        Doubt(doubts, FormatDoubt.DecimalSigns, format.DecimalSign is null && _comma.Count > 0 && _point.Count > 0, _comma.Count < _point.Count ? _comma : _point);
        Doubt(doubts, FormatDoubt.DecimalSign, format.DecimalSign is null && _comma.Count + _point.Count == 0, _eitherMark);
        Doubt(doubts, FormatDoubt.DateOrders, format.Dates is null && _dayFirst.Count > 0 && _monthFirst.Count > 0, _dayFirst.Count < _monthFirst.Count ? _dayFirst : _monthFirst);
        Doubt(doubts, FormatDoubt.DateOrder, format.Dates is null && _dayFirst.Count + _monthFirst.Count == 0, _eitherOrder);
        return format with
        {
            Doubts = doubts,
            DecimalSign = format.DecimalSign is { } declared ? declared : _comma.Count + _point.Count + _eitherMark.Count == 0 ? null : _point.Count > _comma.Count ? '.' : ',',
            Dates = format.Dates is { } order ? order : _monthFirst.Count > _dayFirst.Count ? DateOrder.MonthDayYear
                : _dayFirst.Count + _eitherOrder.Count > _yearFirst.Count ? DateOrder.DayMonthYear
                : _yearFirst.Count > 0 ? DateOrder.YearMonthDay
                : null,
        };
    }

    private static void Doubt(List<FormatDoubt> doubts, string code, bool holds, Seen seen)
    {
        if (holds && seen.Count > 0)
        {
            doubts.Add(new FormatDoubt(code, seen.Lines, seen.Example));
        }
    }

    private void Look(long line, string value)
    {
        if (Date().Match(value) is { Success: true } date)
        {
            var (first, second) = (Number(date, "first"), Number(date, "second"));
            (first > 31 ? _yearFirst : first > 12 ? _dayFirst : second > 12 ? _monthFirst : first == second ? null : _eitherOrder)?.Add(line, value);
        }
        else if (IsoDate().IsMatch(value))
        {
            _yearFirst.Add(line, value);
        }
        else if (Amount().Match(value) is { Success: true } amount)
        {
            var mark = amount.Groups["mark"].Value;
            var thousands = amount.Groups["decimals"].Length == 3 && amount.Groups["whole"].Length <= 3 && amount.Groups["whole"].Value != "0";
            (thousands ? _eitherMark : mark is "," ? _comma : _point).Add(line, value);
        }
        else if (Grouped().Match(value) is { Success: true } grouped)
        {
            (grouped.Groups["mark"].Value is "," ? _comma : _point).Add(line, value);
        }
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<first>[0-9]{1,2})[/.-](?<second>[0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})(\s|$)")]
    private static partial Regex Date();

    [GeneratedRegex(@"^[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([T\s]|$)")]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"^[(-]?(?<whole>[0-9\s]+)(?<mark>[,.])(?<decimals>[0-9]+)\)?\s?(€|EUR|%|k€)?$")]
    private static partial Regex Amount();

    [GeneratedRegex(@"^[(-]?[0-9]{1,3}((\.[0-9]{3})+(?<mark>,)|(,[0-9]{3})+(?<mark>\.))[0-9]+\)?\s?(€|EUR)?$")]
    private static partial Regex Grouped();

    private sealed class Seen
    {
        private readonly List<long> _lines = [];

        public int Count { get; private set; }

        public string Example { get; private set; } = "";

        public IReadOnlyList<long> Lines => _lines;

        public void Add(long line, string example)
        {
            Example = Count++ == 0 ? example : Example;
            if (_lines.Count < 10)
            {
                _lines.Add(line);
            }
        }
    }
}
