using Rcu.Customers;

namespace Rcu.Cleaning;

/// <summary>
/// Turns what a source wrote into canonical fields, by the rules of the record's kind. A pure function: the same values give
/// the same answer on any node, any day.
/// </summary>
public static class RecordCleaner
{
    /// <summary>Raised when a rule changes: records cleaned by an older version are cleaned again.</summary>
    public const int RulesVersion = 6;

    /// <param name="kind">What the record speaks of.</param>
    /// <param name="raw">Canonical field to the text of the source, as its feed maps them.</param>
    public static CleanedRecord Clean(RecordKind kind, IReadOnlyDictionary<string, string?> raw)
    {
        var draft = new Draft(raw);
        foreach (var rule in RuleBook.For(kind))
        {
            rule.Apply(draft);
        }

        return draft.Finish();
    }
}
