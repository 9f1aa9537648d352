using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The ranges of products companies like an account buy and it does not.</summary>
internal static class WhiteSpaceApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/accounts/{id:guid}/white-space", GetAsync).WithTags("Accounts").Is("accounts.white_space", "accounts:read");

    private static async Task<Results<Ok<WhiteSpaceView>, ProblemHttpResult>> GetAsync(
        Guid id, WhiteSpace white, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var read = await white.ReadAsync(scope, id, ct);
        return read.Succeeded ? TypedResults.Ok(read.Value) : read.Error.ToProblem(texts);
    }
}
