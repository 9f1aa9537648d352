namespace Rcu.Activation;

// Kept word for word with each line of the delivery log.
internal static class Refusals
{
    public const string PartialDiffusion = "Diffusion partielle à l’Insee : jamais utilisé pour la prospection.";
    public const string Closed = "Entreprise cessée : jamais utilisée pour la prospection.";
    public const string NotReachable = "Ne peut pas être joint par e-mail.";
    public const string Unforeseen = "L’envoi a échoué d’une façon que le connecteur ne connaît pas.";
    public const string Unsubscribed = "Ce programme s’est désabonné : plus rien ne lui est envoyé.";
    public const string Opposed = "Opposition ou retrait constaté au moment de l’envoi.";
}
