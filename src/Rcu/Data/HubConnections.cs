namespace Rcu.Data;

/// <summary>What the settings say of the database: <c>ConnectionStrings:Hub</c>, <c>:Owner</c> and <c>:Admin</c>.</summary>
/// <param name="Hub">The role the program runs under.</param>
/// <param name="Owner">The owner of the schema, to migrate.</param>
/// <param name="Admin">Instead of the two others: one who may create roles and databases.</param>
public sealed record HubConnections(string? Hub, string? Owner, string? Admin);
