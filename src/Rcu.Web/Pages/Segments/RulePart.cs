using System.Globalization;
using Rcu.Customers;
using Rcu.Segmentation;
using Rcu.Web.Pages.Shared;

namespace Rcu.Web.Pages.Segments;

/// <summary>One part of a rule as the builder shows it, at its place.</summary>
/// <param name="At">Its place: <c>0.1.0</c>.</param>
/// <param name="Subject">What its fields are of.</param>
internal sealed record RulePart(Condition Condition, string At, Type Subject)
{
    public int Depth => At.Count(c => c == '.');

    public IEnumerable<RulePart> Parts => RuleForm.Parts(Condition).Select((part, i) => new RulePart(part, $"{At}.{i}", Subject));

    /// <summary>The fields the line may name, those of a contact's account last.</summary>
    /// <param name="own">Those the company added of its own.</param>
    public IEnumerable<(string Group, bool OfAccount, IEnumerable<(string Name, string Label)> Fields)> Library(IReadOnlyList<CustomField> own)
    {
        foreach (var group in SegmentField.On(Subject).GroupBy(one => one.Group))
        {
            yield return (group.Key, false, group.Select(one => (one.Name, one.LabelKey)));
        }

        if (Own(own, Subject, "") is { Count: > 0 } mine)
        {
            yield return (OwnField.Group, false, mine);
        }

        if (Subject == typeof(Contact))
        {
            foreach (var group in SegmentField.On(typeof(Account)).GroupBy(one => one.Group))
            {
                yield return (group.Key, true, group.Select(one => ($"account.{one.Name}", one.LabelKey)));
            }

            if (Own(own, typeof(Account), "account.") is { Count: > 0 } theirs)
            {
                yield return (OwnField.Group, true, theirs);
            }
        }
    }

    /// <summary>The first of two bounds is the greater: nothing answers.</summary>
    public static bool AreInverted(IReadOnlyList<string> bounds) =>
        bounds is [var low, var high]
        && (DateOnly.TryParse(low, CultureInfo.InvariantCulture, out var from) && DateOnly.TryParse(high, CultureInfo.InvariantCulture, out var to) ? from > to
            : AmountText.Read(low) is { } least && AmountText.Read(high) is { } most && least > most);

    private static List<(string Name, string Label)> Own(IReadOnlyList<CustomField> own, Type subject, string prefix) =>
        [.. own.Where(field => subject == OwnField.SubjectOf(field.Name)).Select(field => (prefix + field.Name, field.Label))];
}
