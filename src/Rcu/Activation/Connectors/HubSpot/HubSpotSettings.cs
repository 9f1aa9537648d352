namespace Rcu.Activation.Connectors.HubSpot;

/// <summary>Which HubSpot account is fed. The secret is the access token of a private app.</summary>
/// <param name="ListId">The number of the static list fed: of contacts or of companies, as the segment is.</param>
/// <param name="KeyProperty">The property, with unique values, that keeps the identifier of the hub on contacts and companies.</param>
/// <param name="DecisionMakerLabel">The number of the association label told of directors at their company; 0 for none.</param>
public sealed record HubSpotSettings(int ListId, string BaseUrl = "https://api.hubapi.com", string KeyProperty = "rcu_id", int DecisionMakerLabel = 0);
