using Rcu.Customers;

namespace Rcu.Unification;

/// <summary>Tells what a person said at a company they have left since from what they said where they work.</summary>
internal static class FormerPosts
{
    /// <summary>Whether a consent was given at an employer the person has left, or for an address they had before the present one.</summary>
    public static bool Gave(
        Consent consent, Contact contact, IReadOnlyList<ClusterRecord> records, IReadOnlyDictionary<Guid, Guid> employerOf, IReadOnlyList<Role> roles)
    {
        var posts = roles.Where(r => r.Function is RoleFunction.Employee).ToList();
        if (contact.AccountId is not { } current || !posts.Exists(p => p.EndedOn is not null && p.AccountId != current))
        {
            return false;
        }

        if (employerOf.TryGetValue(consent.RecordId, out var employer))
        {
            return employer != current && !posts.Exists(p => p.AccountId == employer && p.EndedOn is null);
        }

        // A form that names no company speaks of the address that was left on it.
        var address = records.FirstOrDefault(r => r.Id == consent.RecordId)?["email"];
        return address is not null && !address.Equals(contact.Email, StringComparison.OrdinalIgnoreCase)
            && contact.InPostSince is { } since && consent.At is { } at && DateOnly.FromDateTime(at.UtcDateTime) < since;
    }
}
