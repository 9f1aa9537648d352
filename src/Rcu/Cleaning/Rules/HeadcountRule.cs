using System.Globalization;
using Rcu.Cleaning.Formats;
using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>How many people work there, and the INSEE band that number falls in.</summary>
internal sealed class HeadcountRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (draft.Read("headcount") is { } typed)
        {
            Count(draft, typed);
        }

        if (draft.Read("headcount_band") is { } band)
        {
            var known = HeadcountBands.Find(band);
            draft.Set("headcount_band", known?.Code);
            if (known is null)
            {
                draft.Refuse("headcount_band", "headcount.unknown_band", band, $"La tranche d'effectif « {band} » n'est pas connue.");
            }
        }
    }

    private static void Count(Draft draft, string typed)
    {
        if (FrenchAmount.Read(typed) is { Value: >= 0 and < 5_000_000 } number && decimal.IsInteger(number.Value))
        {
            var people = (int)number.Value;
            draft.Set("headcount", people.ToString(CultureInfo.InvariantCulture));
            draft.Set("headcount_band", HeadcountBands.Of(people).Code);
        }
        else if (HeadcountBands.Find(typed) is { } band)
        {
            draft.Set("headcount_band", band.Code);
        }
        else
        {
            draft.Refuse("headcount", "headcount.unreadable", typed, $"« {typed} » n'est pas un effectif.");
        }
    }
}
