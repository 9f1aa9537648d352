using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Api;

/// <summary>Who follows an account, and what changed on it since a moment.</summary>
internal static class FollowersApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var account = api.MapGroup("/accounts/{id:guid}").WithTags("Accounts");
        account.MapGet("/followers", ListAsync).Is("followers.list", "accounts:read");
        account.MapPut("/followers/{person}", FollowAsync).Is("followers.add", "accounts:write");
        account.MapDelete("/followers/{person}", LeaveAsync).Is("followers.remove", "accounts:write");
        account.MapPut("/notables/{code}/seen/{person}", SeeAsync).Is("notables.see", "accounts:write");
        account.MapDelete("/notables/{code}/seen/{person}", ShowAsync).Is("notables.show", "accounts:write");
        account.MapGet("/changes", ChangesAsync).Is("accounts.changes", "accounts:read");
    }

    private static async Task<Results<Ok<ApiPage<string>>, ProblemHttpResult>> ListAsync(
        Guid id, Following following, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var found = await following.FollowersAsync(scope, id, ct);
        return found.Succeeded ? TypedResults.Ok(new ApiPage<string>(found.Value, null)) : found.Error.ToProblem(texts);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> FollowAsync(
        Guid id, string person, Following following, Colleagues colleagues, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var refusal = await colleagues.RefusalAsync(person, ct) ?? (await following.SetAsync(scope, id, person, follows: true, ct)).Error;
        return refusal is null ? TypedResults.NoContent() : refusal.ToProblem(texts);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LeaveAsync(
        Guid id, string person, Following following, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var left = await following.SetAsync(scope, id, person, follows: false, ct);
        return left.Succeeded ? TypedResults.NoContent() : left.Error.ToProblem(texts);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SeeAsync(
        Guid id, string code, string person, SeenNotables seen, Colleagues colleagues, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var refusal = await colleagues.RefusalAsync(person, ct) ?? (await seen.HideAsync(scope, id, code, person, ct)).Error;
        return refusal is null ? TypedResults.NoContent() : refusal.ToProblem(texts);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ShowAsync(
        Guid id, string code, string person, SeenNotables seen, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var shown = await seen.ShowAsync(scope, id, code, person, ct);
        return shown.Succeeded ? TypedResults.NoContent() : shown.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<VisitDigest>, ProblemHttpResult>> ChangesAsync(
        Guid id, DateTimeOffset since, AccountSheets sheets, Exploration.Desk.Tasks tasks, AccountScope scope, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var sheet = await sheets.ReadAsync(scope, id, ct);
        return sheet.Succeeded
            ? TypedResults.Ok(VisitDigest.Of(sheet.Value, await tasks.OfAccountAsync(scope, id, ct), since.ToUniversalTime(), ""))
            : sheet.Error.ToProblem(texts);
    }
}
