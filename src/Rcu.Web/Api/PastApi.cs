using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification.Locks;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>Golden rows as they were, the history of their fields, and what stewards decided of single ones.</summary>
internal static class PastApi
{
    private const string Lock = """{ "value": "01 99 00 12 34", "reason": "Vu avec l’accueil", "until": "2027-06-30", "untilMoved": true }""";

    public static void Map(RouteGroupBuilder api)
    {
        var contacts = api.MapGroup("/contacts/{id:guid}").WithTags("Contacts");
        contacts.MapGet("/lineage", (Guid id, HttpRequest request, [AsParameters] Looking looking) => LineageAsync(id, request, looking))
            .Is("contacts.lineage", "contacts:read").Produces<LineageSheet>().MayBeMerged();
        contacts.MapGet("/as-of", (Guid id, DateTimeOffset at, DateTimeOffset? until, HttpRequest request, [AsParameters] Looking looking) =>
                CompareAsync(ClusterKind.Contact, id, at, until, request, looking))
            .Is("contacts.asof", "contacts:read").Produces<PastSheet>().MayBeMerged();
        contacts.MapGet("/history/{field}", (Guid id, string field, HttpRequest request, [AsParameters] Looking looking) =>
                HistoryAsync(ClusterKind.Contact, id, field, request, looking))
            .Is("contacts.history", "contacts:read").Produces<IReadOnlyList<PastValue>>().MayBeMerged();
        contacts.MapPut("/locks/{field}", (Guid id, string field, HttpRequest request, [AsParameters] Looking looking) =>
                SetAsync(ClusterKind.Contact, id, field, request, looking))
            .Is("contacts.lock", "contacts:write").Accepts<LockBody>("application/json")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).WithExample(Lock);
        contacts.MapDelete("/locks/{field}", (Guid id, string field, [AsParameters] Looking looking) => LiftAsync(ClusterKind.Contact, id, field, looking))
            .Is("contacts.unlock", "contacts:write");

        var accounts = api.MapGroup("/accounts/{id:guid}").WithTags("Accounts");
        accounts.MapGet("/as-of", (Guid id, DateTimeOffset at, DateTimeOffset? until, HttpRequest request, [AsParameters] Looking looking) =>
                CompareAsync(ClusterKind.Account, id, at, until, request, looking))
            .Is("accounts.asof", "accounts:read").Produces<PastSheet>().MayBeMerged();
        accounts.MapGet("/history/{field}", (Guid id, string field, HttpRequest request, [AsParameters] Looking looking) =>
                HistoryAsync(ClusterKind.Account, id, field, request, looking))
            .Is("accounts.history", "accounts:read").Produces<IReadOnlyList<PastValue>>().MayBeMerged();
        accounts.MapPut("/locks/{field}", (Guid id, string field, HttpRequest request, [AsParameters] Looking looking) =>
                SetAsync(ClusterKind.Account, id, field, request, looking))
            .Is("accounts.lock", "accounts:write").Accepts<LockBody>("application/json")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).WithExample(Lock);
        accounts.MapDelete("/locks/{field}", (Guid id, string field, [AsParameters] Looking looking) => LiftAsync(ClusterKind.Account, id, field, looking))
            .Is("accounts.unlock", "accounts:write");
    }

    private static async Task<IResult> LineageAsync(Guid id, HttpRequest request, Looking looking) =>
        await looking.Scope.Contacts(looking.Db).AnyAsync(c => c.Id == id, looking.Ct)
            ? TypedResults.Ok(await looking.Lineage.OfContactAsync(looking.Scope, id, looking.Ct))
            : await looking.Keys.OrProblemAsync(ClusterKind.Contact, id, ExplorationErrors.ContactNotFound, request, looking.Texts, looking.Ct);

    private static async Task<IResult> CompareAsync(
        ClusterKind kind, Guid id, DateTimeOffset at, DateTimeOffset? until, HttpRequest request, Looking looking) =>
        await OrProblemAsync(await looking.Past.CompareAsync(looking.Scope, kind, id, at, until, looking.Ct), kind, id, request, looking);

    private static async Task<IResult> HistoryAsync(ClusterKind kind, Guid id, string field, HttpRequest request, Looking looking) =>
        await OrProblemAsync(await looking.Past.HistoryAsync(looking.Scope, kind, id, field, looking.Ct), kind, id, request, looking);

    private static async Task<IResult> OrProblemAsync<T>(Result<T> read, ClusterKind kind, Guid id, HttpRequest request, Looking looking) =>
        read.Succeeded ? TypedResults.Ok(read.Value)
        : read.Error.Kind is ErrorKind.NotFound ? await looking.Keys.OrProblemAsync(kind, id, read.Error, request, looking.Texts, looking.Ct)
        : read.Error.ToProblem(looking.Texts);

    private static async Task<Results<Accepted, ProblemHttpResult>> SetAsync(ClusterKind kind, Guid id, string field, HttpRequest request, Looking looking)
    {
        var (body, refusal) = await request.ReadAsync<LockBody>(looking.Texts, looking.Ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var seen = kind is ClusterKind.Account
            ? await looking.Scope.Accounts(looking.Db).Where(a => a.Id == id).Select(a => new Seen(a.Version, a.UpdatedAt)).SingleOrDefaultAsync(looking.Ct)
            : await looking.Scope.Contacts(looking.Db).Where(c => c.Id == id).Select(c => new Seen(c.Version, c.UpdatedAt)).SingleOrDefaultAsync(looking.Ct);
        if (seen is not null && ETags.Refusal(request, ETags.Of(seen.Version, seen.UpdatedAt)) is { } stale)
        {
            return stale.ToProblem(looking.Texts);
        }

        var version = request.Headers.IfMatch.Count > 0 ? seen?.Version : null;
        var command = new LockValue(field, body!.Value, body.Source, body.Reason, body.Until, body.UntilMoved, version);
        var set = await looking.Locks.SetAsync(looking.Scope, kind, id, command, looking.User.Name, looking.Ct);
        return set.Succeeded ? TypedResults.Accepted((string?)null) : set.Error.ToProblem(looking.Texts);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LiftAsync(ClusterKind kind, Guid id, string field, Looking looking)
    {
        var lifted = await looking.Locks.LiftAsync(looking.Scope, kind, id, field, looking.User.Name, looking.Ct);
        return lifted.Succeeded ? TypedResults.NoContent() : lifted.Error.ToProblem(looking.Texts);
    }

    /// <summary>A value to keep, or a source to believe: one of the two; neither keeps the value of today.</summary>
    /// <param name="Until">Its last day.</param>
    /// <param name="UntilMoved">Whether it gives way when the source it overrules says something new.</param>
    internal sealed record LockBody(string? Value, string? Source, string Reason, DateOnly? Until, bool UntilMoved);

    /// <summary>Who looks, and what answers.</summary>
    internal sealed record Looking(
        [FromServices] Past Past, [FromServices] Lineage Lineage, [FromServices] ValueLocks Locks, [FromServices] SourceKeys Keys,
        [FromServices] RcuDb Db, [FromServices] AccountScope Scope, ClaimsPrincipal User, [FromServices] IStringLocalizer<Texts> Texts,
        CancellationToken Ct);

    private sealed record Seen(int Version, DateTimeOffset UpdatedAt);
}
