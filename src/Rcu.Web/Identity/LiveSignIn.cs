using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Rcu.Web.Identity;

/// <summary>A sign-in that stops when its user is disabled, however well the password is known.</summary>
internal sealed class LiveSignIn(
    UserManager<User> users,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<User> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<User>> log,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<User> confirmation) : SignInManager<User>(users, context, claims, options, log, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(User user) => user.DisabledAt is null && await base.CanSignInAsync(user);

    public override async Task<bool> ValidateSecurityStampAsync(User? user, string? securityStamp) =>
        user?.DisabledAt is null && await base.ValidateSecurityStampAsync(user, securityStamp);
}
