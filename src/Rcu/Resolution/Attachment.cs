using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>The account a contact's record speaks of, and why.</summary>
/// <param name="Told">What the record says of it: a key, a number, a domain.</param>
/// <param name="Why">The comparison that found it, when it took one.</param>
internal sealed record Attachment(Guid AccountId, string Rule, double Probability, string Told, Explanation? Why)
{
    /// <summary>Why, in one French sentence.</summary>
    /// <param name="source">The name of the record's source.</param>
    public string Sentence(string source) => (Why, Rule) switch
    {
        ({ } why, _) => why.Sentence,
        (null, "account_key") => $"La source « {source} » range ce contact dans son compte « {Told} ».",
        (null, "siren") => $"Le SIREN {Told} de sa société est celui de ce compte.",
        _ => $"Son adresse e-mail est sur le domaine {Told}, qui n'appartient qu'à ce compte.",
    };
}
