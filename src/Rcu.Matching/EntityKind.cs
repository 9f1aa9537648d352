namespace Rcu.Matching;

/// <summary>What a record stands for: a company (a legal unit) or a person.</summary>
public enum EntityKind
{
    Company,
    Person,
}
