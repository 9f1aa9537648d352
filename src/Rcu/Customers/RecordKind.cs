namespace Rcu.Customers;

/// <summary>What a source's record speaks of. Kept in the database under these names.</summary>
public enum RecordKind
{
    Account,
    Contact,
    Interaction,
    Document,
    DocumentLine,
    Opportunity,
}
