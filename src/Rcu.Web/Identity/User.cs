using Microsoft.AspNetCore.Identity;

namespace Rcu.Web.Identity;

/// <summary>A person who signs in. The hub itself knows only the id, the roles and a scope.</summary>
internal sealed class User : IdentityUser<Guid>
{
    public User() => Id = Guid.CreateVersion7();

    public required string DisplayName { get; set; }

    public required List<string> Roles { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>Set when the person may no longer sign in; within a minute, nor go on.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}
