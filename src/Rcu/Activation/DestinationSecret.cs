using Rcu.Security;

namespace Rcu.Activation;

internal static class DestinationSecret
{
    extension(ISecrets secrets)
    {
        /// <summary>What a destination opens or signs with now, the former secret after the current one while both hold; null: none, or lost.</summary>
        public string? Of(Destination destination, DateTimeOffset now) =>
            destination.Secret is null || secrets.Open(destination.Secret) is not { } secret ? null
            : destination.FormerSecret is { } locked && destination.FormerUntil > now && secrets.Open(locked) is { } former ? $"{secret} {former}"
            : secret;
    }
}
