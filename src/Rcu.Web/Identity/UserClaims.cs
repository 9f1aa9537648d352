using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Rcu.Web.Identity;

/// <summary>What the cookie says of a person: id, e-mail, name to show, roles.</summary>
internal sealed class UserClaims(UserManager<User> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<User>(users, options)
{
    public const string DisplayName = "display_name";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var claims = await base.GenerateClaimsAsync(user);
        claims.AddClaim(new Claim(DisplayName, user.DisplayName));
        claims.AddClaims(user.Roles.Select(role => new Claim(claims.RoleClaimType, role)));
        return claims;
    }
}
