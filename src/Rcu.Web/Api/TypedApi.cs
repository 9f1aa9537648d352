using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Rcu.Data;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>What people type on the pages: notes, and values put right. They become evidence of « Saisie », as there.</summary>
internal static class TypedApi
{
    private const string Note = """{ "kind": "call", "text": "Rappellera après le 15.", "at": "2026-11-20T09:30:00Z" }""";
    private const string Value = """{ "value": "01 99 00 12 34", "seen": "01 99 00 12 30" }""";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/accounts/{id:guid}/notes", NoteOnAccountAsync).WithTags("Accounts").Is("accounts.note", "accounts:write")
            .Accepts<NoteBody>("application/json").AddEndpointFilter<Idempotency>().WithExample(Note);
        api.MapPost("/contacts/{id:guid}/notes", NoteOnContactAsync).WithTags("Contacts").Is("contacts.note", "contacts:write")
            .Accepts<NoteBody>("application/json").AddEndpointFilter<Idempotency>().WithExample(Note);
        api.MapPut("/accounts/{id:guid}/values/{field}", SetAccountAsync).WithTags("Accounts").Is("accounts.set", "accounts:write")
            .Accepts<ValueBody>("application/json").ProducesProblem(StatusCodes.Status412PreconditionFailed).WithExample(Value);
        api.MapPut("/contacts/{id:guid}/values/{field}", SetContactAsync).WithTags("Contacts").Is("contacts.set", "contacts:write")
            .Accepts<ValueBody>("application/json").ProducesProblem(StatusCodes.Status412PreconditionFailed).WithExample(Value);
    }

    private static Task<Results<Created<NotedView>, ProblemHttpResult>> NoteOnAccountAsync(Guid id, HttpRequest request, [AsParameters] Typing typing) =>
        NoteAsync(id, null, request, typing);

    private static Task<Results<Created<NotedView>, ProblemHttpResult>> NoteOnContactAsync(Guid id, HttpRequest request, [AsParameters] Typing typing) =>
        NoteAsync(null, id, request, typing);

    private static async Task<Results<Created<NotedView>, ProblemHttpResult>> NoteAsync(Guid? account, Guid? contact, HttpRequest request, Typing typing)
    {
        var (body, refusal) = await request.ReadAsync<NoteBody>(typing.Texts, typing.Ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var command = new AddNote(account, contact ?? body!.ContactId, body!.Kind, body.Text, body.At);
        var added = await typing.Notes.AddAsync(typing.Scope, command, typing.User.Name, typing.Ct);
        return added.Succeeded
            ? TypedResults.Created((string?)null, new NotedView(added.Value))
            : added.Error.ToProblem(typing.Texts);
    }

    private static async Task<Results<Accepted<WrittenView>, ProblemHttpResult>> SetAccountAsync(
        Guid id, string field, HttpRequest request, [AsParameters] Typing typing)
    {
        var seen = await typing.Scope.Accounts(typing.Db).Where(a => a.Id == id).Select(a => new Seen(a.Version, a.UpdatedAt)).SingleOrDefaultAsync(typing.Ct);
        return await SetAsync(field, seen, request, typing, command => typing.Edits.SetAccountValueAsync(typing.Scope, id, command, typing.User.Name, typing.Ct));
    }

    private static async Task<Results<Accepted<WrittenView>, ProblemHttpResult>> SetContactAsync(
        Guid id, string field, HttpRequest request, [AsParameters] Typing typing)
    {
        var seen = await typing.Scope.Contacts(typing.Db).Where(c => c.Id == id).Select(c => new Seen(c.Version, c.UpdatedAt)).SingleOrDefaultAsync(typing.Ct);
        return await SetAsync(field, seen, request, typing, command => typing.Edits.SetContactValueAsync(typing.Scope, id, command, typing.User.Name, typing.Ct));
    }

    private static async Task<Results<Accepted<WrittenView>, ProblemHttpResult>> SetAsync(
        string field, Seen? seen, HttpRequest request, Typing typing, Func<EditValue, Task<Result<Guid>>> set)
    {
        var (body, refusal) = await request.ReadAsync<ValueBody>(typing.Texts, typing.Ct);
        if (refusal is not null)
        {
            return refusal;
        }

        if (seen is not null && ETags.Refusal(request, ETags.Of(seen.Version, seen.UpdatedAt)) is { } stale)
        {
            return stale.ToProblem(typing.Texts);
        }

        var version = request.Headers.IfMatch.Count > 0 ? seen?.Version : null;
        var written = await set(new EditValue(field, body!.Value, version, body.Seen));
        return written.Succeeded
            ? TypedResults.Accepted($"/api/v1/runs/{written.Value}", new WrittenView(written.Value))
            : written.Error.ToProblem(typing.Texts);
    }

    /// <summary>What happened, in a person's own words.</summary>
    internal sealed record NoteBody(NoteKind Kind, string Text, DateTimeOffset? At, Guid? ContactId);

    /// <summary>A value put right.</summary>
    /// <param name="Value">Empty takes back what was typed before.</param>
    /// <param name="Seen">The value that was read: another that came meanwhile is not written over.</param>
    internal sealed record ValueBody(string? Value, string? Seen);

    /// <summary>A note that was kept: the interaction it is.</summary>
    internal sealed record NotedView(Guid InteractionId);

    /// <summary>A value that was kept: the run that undoes it.</summary>
    internal sealed record WrittenView(Guid RunId);

    /// <summary>Who types, and what answers.</summary>
    internal sealed record Typing(
        [FromServices] Notes Notes, [FromServices] Edits Edits, [FromServices] RcuDb Db, [FromServices] AccountScope Scope,
        ClaimsPrincipal User, [FromServices] IStringLocalizer<Texts> Texts, CancellationToken Ct);

    private sealed record Seen(int Version, DateTimeOffset UpdatedAt);
}
