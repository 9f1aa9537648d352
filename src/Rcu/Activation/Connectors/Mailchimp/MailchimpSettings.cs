namespace Rcu.Activation.Connectors.Mailchimp;

/// <summary>Which audience of a Mailchimp account is fed. The secret is an API key.</summary>
/// <param name="ListId">The identifier of the audience.</param>
/// <param name="Tag">The tag that says who is in the segment.</param>
/// <param name="BaseUrl">Empty for the one the end of the key tells.</param>
public sealed record MailchimpSettings(string ListId, string Tag = "RCU", string? BaseUrl = null)
{
    /// <summary>A key ends with the name of the data centre: <c>…-us3</c>.</summary>
    public string UrlFor(string? secret) =>
        !string.IsNullOrEmpty(BaseUrl) ? BaseUrl.TrimEnd('/') : $"https://{(secret ?? "").Split('-')[^1]}.api.mailchimp.com/3.0";
}
