using System.Globalization;
using System.Text;

namespace Rcu.Exploration.Desk;

/// <summary>Writes tasks as an iCalendar (RFC 5545) that any calendar program subscribes to: a day each, with its alarm.</summary>
public static class TaskCalendar
{
    private const int LongestLine = 75;

    /// <param name="address">The address of an account's page.</param>
    public static string Write(string name, IEnumerable<TaskLine> tasks, Func<Guid, string> address)
    {
        var text = new StringBuilder();
        void Line(string line) => Fold(text, line);

        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//RCU//Taches//FR");
        Line("CALSCALE:GREGORIAN");
        Line($"X-WR-CALNAME:{Escaped(name)}");
        Line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        foreach (var task in tasks.Where(t => t.DueOn is not null))
        {
            var due = task.DueOn!.Value;
            Line("BEGIN:VEVENT");
            Line($"UID:{task.Id}@rcu");
            Line($"DTSTAMP:{Instant(task.UpdatedAt)}");
            Line($"SEQUENCE:{task.Version}");
            Line($"DTSTART;VALUE=DATE:{due:yyyyMMdd}");
            Line($"DTEND;VALUE=DATE:{due.AddDays(1):yyyyMMdd}");
            Line($"SUMMARY:{Escaped($"{task.Title} ({task.AccountName})")}");
            if ((task.ContactName ?? task.City) is not null)
            {
                Line($"DESCRIPTION:{Escaped(string.Join(", ", new[] { task.ContactName, task.City }.OfType<string>()))}");
            }

            Line($"URL:{address(task.AccountId)}");
            Line("TRANSP:TRANSPARENT");
            if (task.RemindAt is { } at)
            {
                Line("BEGIN:VALARM");
                Line("ACTION:DISPLAY");
                Line($"DESCRIPTION:{Escaped(task.Title)}");
                Line($"TRIGGER;VALUE=DATE-TIME:{Instant(at)}");
                Line("END:VALARM");
            }

            Line("END:VEVENT");
        }

        Line("END:VCALENDAR");
        return text.ToString();
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("\r\n", "\\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\n", StringComparison.Ordinal);

    // A line is 75 bytes at most, and goes on after a break and a blank; a letter is never cut.
    private static void Fold(StringBuilder text, string line)
    {
        var length = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > LongestLine)
            {
                text.Append("\r\n ");
                length = 1;
            }

            text.Append(rune.ToString());
            length += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
