namespace Rcu.Activation.Connectors.Mailjet;

/// <summary>Which contact list of a Mailjet account is fed. The secret is the API key and the secret key, separated by a colon.</summary>
public sealed record MailjetSettings(int ListId, string BaseUrl = "https://api.mailjet.com/v3/REST");
