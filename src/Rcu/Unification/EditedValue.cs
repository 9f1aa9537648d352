using Rcu.Customers;

namespace Rcu.Unification;

/// <summary>What a field of a golden row says now, and what it will once what was typed has gone through.</summary>
/// <param name="Version">Of the golden row.</param>
/// <param name="Origin">Where the value on the golden row comes from; null when it has none.</param>
/// <param name="Typed">What a person last typed, which wins over every source.</param>
public sealed record EditedValue(Guid GoldenId, string Name, string Field, int Version, Origin? Origin, TypedValue? Typed)
{
    public string? Value => Typed?.Value ?? Origin?.Value;
}
