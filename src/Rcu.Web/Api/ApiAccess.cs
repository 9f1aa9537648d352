using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Rcu.Web.Api;

/// <summary>What an endpoint is called, and what a key must be allowed to use it.</summary>
internal static class ApiAccess
{
    /// <param name="name">For example <c>accounts.list</c>: what it does is said by the text <c>api.accounts.list</c>.</param>
    /// <param name="scope">For example <c>accounts:read</c>.</param>
    public static RouteHandlerBuilder Is(this RouteHandlerBuilder endpoint, string name, string scope) => endpoint
        .WithName(name)
        .WithMetadata(new NeededScope(scope))
        .RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyScheme.Key).RequireClaim(ApiKeyScheme.ScopeClaim, scope).Build());

    public static bool May(this ClaimsPrincipal key, string scope) => key.HasClaim(ApiKeyScheme.ScopeClaim, scope);

    /// <summary>The scope an endpoint asks for, for the reference.</summary>
    internal sealed record NeededScope(string Scope);
}
