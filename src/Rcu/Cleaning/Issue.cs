namespace Rcu.Cleaning;

/// <summary>What a rule has to say of one value. A warning keeps the value, an error leaves it to the source record alone.</summary>
/// <param name="Code">Stable: <c>siret.checksum</c>.</param>
/// <param name="Message">The French sentence: what is wrong, and what was made of it.</param>
public sealed record Issue(string Field, string Code, string? Value, Severity Severity, string Message);
