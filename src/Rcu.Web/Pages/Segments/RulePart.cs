using Rcu.Segmentation;

namespace Rcu.Web.Pages.Segments;

/// <summary>One part of a rule as the builder shows it, at its place.</summary>
/// <param name="At">Its place: <c>0.1.0</c>.</param>
/// <param name="Subject">What its fields are of.</param>
internal sealed record RulePart(Condition Condition, string At, Type Subject)
{
    public int Depth => At.Count(c => c == '.');

    public IEnumerable<RulePart> Parts => RuleForm.Parts(Condition).Select((part, i) => new RulePart(part, $"{At}.{i}", Subject));

    /// <summary>The fields the line may name, those of a contact's account last.</summary>
    public IEnumerable<(string Group, bool OfAccount, IEnumerable<(string Name, SegmentField Field)> Fields)> Library
    {
        get
        {
            foreach (var group in SegmentField.On(Subject).GroupBy(one => one.Group))
            {
                yield return (group.Key, false, group.Select(one => (one.Name, one)));
            }

            if (Subject == typeof(Rcu.Customers.Contact))
            {
                foreach (var group in SegmentField.On(typeof(Rcu.Customers.Account)).GroupBy(one => one.Group))
                {
                    yield return (group.Key, true, group.Select(one => ($"account.{one.Name}", one)));
                }
            }
        }
    }
}
