namespace Rcu.Customers;

/// <summary>Whose a value is that the company added or computes. Kept in the database under these names.</summary>
public enum SubjectKind
{
    Account,
    Contact,
    Establishment,
}
