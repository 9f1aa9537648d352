namespace Rcu.Cleaning.Checking;

/// <summary>What a replacement would change.</summary>
/// <param name="Before">The first cell, as it is.</param>
public sealed record ReplacementPreview(int Count, string? Before, string? After);
