using System.Globalization;

namespace Rcu.Cleaning.Rules;

/// <summary>A moment, in UTC; a time without offset is that of Paris, a day without time begins it.</summary>
internal sealed class InstantRule(string field) : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (DateRule.Checked(draft, field) is { } date)
        {
            draft.Set(field, date.Instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
        }
    }
}
