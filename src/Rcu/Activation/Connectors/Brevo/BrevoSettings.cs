namespace Rcu.Activation.Connectors.Brevo;

/// <summary>Which list of a Brevo account is fed. The secret is an API key (v3).</summary>
/// <param name="ListId">The number of the list people are put in; companies are in none.</param>
/// <param name="DoubleOptInTemplate">The template that asks new people to confirm; 0 when they are put in the list at once.</param>
/// <param name="ConfirmationUrl">Where a person who confirms is sent.</param>
public sealed record BrevoSettings(int ListId, string BaseUrl = "https://api.brevo.com/v3", int DoubleOptInTemplate = 0, string? ConfirmationUrl = null);
