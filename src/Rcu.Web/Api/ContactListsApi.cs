using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;
using Rcu.Web.Pages.Accounts;

namespace Rcu.Web.Api;

/// <summary>One act on many people and its undoing, and a list of people as a file.</summary>
internal static class ContactListsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/contacts:bulk", DoAsync).WithTags("Contacts").Is("contacts.bulk", "contacts:write")
            .Accepts<PeopleBody>("application/json").AddEndpointFilter<Idempotency>()
            .WithExample("""{ "act": "tag", "value": "salon 2027", "filter": { "function": "decisionMaker" } }""");
        api.MapPost("/contacts/bulk/{id:guid}/undo", UndoAsync).WithTags("Contacts").Is("contacts.bulk_undo", "contacts:write").AddEndpointFilter<Idempotency>();
        api.MapGet("/contacts/export", ExportAsync).WithTags("Contacts").Is("contacts.export", "contacts:read")
            .Produces<string>(contentType: "text/csv").Produces<string>(contentType: ExportModel.ContentType(ExportFormat.Xlsx));
    }

    private static async Task<Results<Ok<BatchesApi.BulkView>, ProblemHttpResult>> DoAsync(
        HttpRequest request, ContactBatches batches, Colleagues colleagues, AccountScope scope, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<PeopleBody>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        // Neither a list nor a filter is a mistake, not « all of them ».
        if (body!.Ids is null == body.Filter is null)
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "batch.whom");
        }

        var stranger = body.Act is BatchAct.Task or BatchAct.Follow ? await colleagues.RefusalAsync(body.Assignee ?? user.Name, ct) : null;
        var done = stranger ?? await batches.DoAsync(
            scope, body.Filter?.Filter ?? new ContactFilter(), new DoBatch(body.Act, body.Value, body.Ids, body.DueOn, body.Assignee), user.Name, ct);
        return done.Succeeded ? TypedResults.Ok(BatchesApi.BulkView.Of(done.Value)) : done.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<BatchesApi.BulkView>, ProblemHttpResult>> UndoAsync(
        Guid id, AccountBatches batches, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var undone = await batches.UndoAsync(id, user.Name, ct);
        return undone.Succeeded ? TypedResults.Ok(BatchesApi.BulkView.Of(undone.Value)) : undone.Error.ToProblem(texts);
    }

    private static async Task ExportAsync(
        [AsParameters] ContactsApi.ContactQuery query, Guid[]? ids, Choice<ExportFormat>? format, ContactExport export, AccountScope scope, ClaimsPrincipal user,
        IStringLocalizer<Texts> texts, HttpResponse response, CancellationToken ct)
    {
        var wanted = format?.Value ?? ExportFormat.Csv;
        ExportModel.Begin(response, wanted);
        await export.WriteAsync(scope, query.Filter, ids is { Length: > 0 } ? ids : null, wanted, response.Body, key => texts[key], user.Name, ct);
    }

    /// <summary>An act, and on which people: those named, or all those of a filter.</summary>
    internal sealed record PeopleBody(BatchAct Act, string? Value, IReadOnlyList<Guid>? Ids, PeopleFilter? Filter, DateOnly? DueOn, string? Assignee);

    /// <summary>Which people, as the list filters them.</summary>
    internal sealed record PeopleFilter(
        string? Text, Guid? AccountId, RoleFunction? Function, string? Department, string? Level, Reach? EmailReach, string? Source, string? Tag)
    {
        internal ContactFilter Filter => new()
        {
            Text = Text,
            AccountId = AccountId,
            Function = Function,
            Department = Department,
            Level = Level,
            EmailReach = EmailReach,
            Source = Source,
            Tag = Tag,
        };
    }
}
