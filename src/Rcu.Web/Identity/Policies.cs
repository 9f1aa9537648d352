using Microsoft.AspNetCore.Authorization;

namespace Rcu.Web.Identity;

/// <summary>Who may open what. Pages are named in <c>Hosting/Doors.cs</c>; what no policy opens is closed.</summary>
internal static class Policies
{
    public const string Customers = nameof(Customers);
    public const string Marketing = nameof(Marketing);
    public const string Stewardship = nameof(Stewardship);
    public const string Administration = nameof(Administration);

    public static void Configure(AuthorizationOptions options)
    {
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.AddPolicy(Customers, policy => policy.RequireRole(HubRoles.All));
        options.AddPolicy(Marketing, policy => policy.RequireRole(HubRoles.Marketing, HubRoles.Admin));
        options.AddPolicy(Stewardship, policy => policy.RequireRole(HubRoles.Steward, HubRoles.Admin));
        options.AddPolicy(Administration, policy => policy.RequireRole(HubRoles.Admin));
    }
}
