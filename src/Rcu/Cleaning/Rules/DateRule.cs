using System.Globalization;
using Rcu.Cleaning.Formats;

namespace Rcu.Cleaning.Rules;

/// <summary>A day, as <c>yyyy-MM-dd</c>.</summary>
internal sealed class DateRule(string field) : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (Checked(draft, field) is { } date)
        {
            draft.Set(field, date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The date read, unless it is none or one that programs write for "unknown".</summary>
    internal static FrenchDate? Checked(Draft draft, string field)
    {
        if (draft.Read(field) is not { } typed)
        {
            return null;
        }

        var date = FrenchDate.Read(typed);
        if (date is null)
        {
            draft.Refuse(field, "date.unreadable", typed, $"« {typed} » n'est pas une date.");
        }
        else if (date.Day.Year is < 1900 or > 2100 || date.Day is { Month: 1, Day: 1, Year: 1900 or 1970 })
        {
            draft.Refuse(field, "date.placeholder", typed, $"« {typed} » est la date que les logiciels écrivent quand ils n'en ont pas.");
            date = null;
        }
        else if (date.Doubt is "us_order")
        {
            draft.Warn(field, "date.us_order", typed, $"« {typed} » a été lu mois/jour/année : il n'y a pas de mois de ce numéro.");
        }
        else if (date.Doubt is "short_year")
        {
            draft.Warn(field, "date.short_year", typed, $"« {typed} » a une année à deux chiffres, lue {date.Day.Year}.");
        }
        else if (date.Doubt is "serial")
        {
            draft.Warn(field, "date.serial", typed, $"« {typed} » est le numéro de série d'une date de tableur, lu {date.Day:dd/MM/yyyy}.");
        }

        return date;
    }
}
