using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;
using Rcu.Web.Pages.Accounts;

namespace Rcu.Web.Api;

/// <summary>One act on many accounts and its undoing, and a list of accounts as a file.</summary>
internal static class BatchesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/accounts:bulk", DoAsync).WithTags("Accounts").Is("accounts.bulk", "accounts:write")
            .Accepts<BulkBody>("application/json").AddEndpointFilter<Idempotency>()
            .WithExample("""{ "act": "tag", "value": "salon 2027", "filter": { "department": "57" } }""");
        api.MapPost("/accounts/bulk/{id:guid}/undo", UndoAsync).WithTags("Accounts").Is("accounts.bulk_undo", "accounts:write").AddEndpointFilter<Idempotency>();
        api.MapGet("/accounts/export", ExportAsync).WithTags("Accounts").Is("accounts.export", "accounts:read")
            .Produces<string>(contentType: "text/csv").Produces<string>(contentType: ExportModel.ContentType(ExportFormat.Xlsx));
    }

    private static async Task<Results<Ok<BulkView>, ProblemHttpResult>> DoAsync(
        HttpRequest request, AccountBatches batches, Colleagues colleagues, AccountScope scope, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (body, refusal) = await request.ReadAsync<BulkBody>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        // Neither a list nor a filter is a mistake, not « all of them ».
        if (body!.Ids is null == body.Filter is null)
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "batch.whom");
        }

        var person = body.Act is BatchAct.Assign ? body.Value : body.Act is BatchAct.Task or BatchAct.Follow ? body.Assignee ?? user.Name : null;
        var stranger = await colleagues.RefusalAsync(person, ct);
        var done = stranger ?? await batches.DoAsync(
            scope, body.Filter?.Filter ?? new AccountFilter(), new DoBatch(body.Act, body.Value, body.Ids, body.DueOn, body.Assignee), user.Name, ct);
        return done.Succeeded ? TypedResults.Ok(BulkView.Of(done.Value)) : done.Error.ToProblem(texts);
    }

    private static async Task<Results<Ok<BulkView>, ProblemHttpResult>> UndoAsync(
        Guid id, AccountBatches batches, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var undone = await batches.UndoAsync(id, user.Name, ct);
        return undone.Succeeded ? TypedResults.Ok(BulkView.Of(undone.Value)) : undone.Error.ToProblem(texts);
    }

    private static async Task ExportAsync(
        [AsParameters] AccountsApi.AccountQuery query, Guid[]? ids, Choice<ExportFormat>? format, AccountExport export, AccountScope scope, ClaimsPrincipal user,
        IStringLocalizer<Texts> texts, HttpResponse response, CancellationToken ct)
    {
        var wanted = format?.Value ?? ExportFormat.Csv;
        ExportModel.Begin(response, wanted);
        await export.WriteAsync(scope, query.Filter, ids is { Length: > 0 } ? ids : null, wanted, response.Body, key => texts[key], user.Name, ct);
    }

    /// <summary>An act, and on which accounts: those named, or all those of a filter.</summary>
    internal sealed record BulkBody(
        BatchAct Act, string? Value, IReadOnlyList<Guid>? Ids, FilterBody? Filter, DateOnly? DueOn, string? Assignee);

    /// <summary>Which accounts, as the list filters them.</summary>
    internal sealed record FilterBody(
        string? Text, Customers.AccountType? Type, string? Region, string? Department, string? City, string? Naf, string? HeadcountBand, string? Source,
        AccountWatch? Watch, string? Tag, string? Owner, Customers.OpportunityStage? Stage)
    {
        internal AccountFilter Filter => new()
        {
            Text = Text,
            Type = Type,
            Region = Region,
            Department = Department,
            City = City,
            Naf = Naf,
            HeadcountBand = HeadcountBand,
            Source = Source,
            Watch = Watch,
            Tag = Tag,
            Stage = Stage,
            Owners = string.IsNullOrWhiteSpace(Owner) ? [] : [Owner.Trim().ToLowerInvariant()],
        };
    }

    /// <summary>What was done at once: on how many accounts, and what undoes it.</summary>
    internal sealed record BulkView(Guid Id, BatchAct Act, string Value, int Accounts, Guid? RunId, string DoneBy, DateTimeOffset DoneAt, string? UndoneBy)
    {
        public static BulkView Of(AccountBatch b) => new(b.Id, b.Act, b.Value, b.Accounts, b.RunId, b.DoneBy, b.DoneAt, b.UndoneBy);
    }
}
