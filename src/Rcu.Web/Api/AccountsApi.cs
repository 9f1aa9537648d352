using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Ingestion.Pushing;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>The companies: the lists and the sheet that pages show, the look-up by a source's key, and what a source says of one.</summary>
internal static class AccountsApi
{
    private const string Read = "accounts:read";

    public static void Map(RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts");
        accounts.MapGet("/", ListAsync).Is("accounts.list", Read);
        accounts.MapGet("/{id:guid}", GetAsync).Is("accounts.get", Read).Produces<AccountView>().MayBeMerged();
        accounts.MapGet("/{id:guid}/timeline", TimelineAsync).Is("accounts.timeline", Read).Produces<ApiPage<TimelineItem>>().MayBeMerged();
        accounts.MapGet("/{id:guid}/documents", DocumentsAsync).Is("accounts.documents", Read).Produces<ApiPage<AccountDocument>>().MayBeMerged();
        accounts.MapGet("/{id:guid}/lineage", LineageAsync).Is("accounts.lineage", Read).Produces<LineageSheet>().MayBeMerged();
        accounts.MapGet("/by-key/{source}/{key}", FindAsync).Is("accounts.find", Read);
        accounts.MapPut("/by-key/{source}/{key}", PushAsync).Is("accounts.push", "accounts:write")
            .Accepts<AccountFields>("application/json").ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithExample("""{ "name": "Menuiserie Vasseur", "siret": "90000001800011", "postalCode": "57000", "city": "Metz", "phone": "01 99 00 12 34" }""");
    }

    private static async Task<Ok<ApiPage<AccountLineView>>> ListAsync(
        [AsParameters] AccountQuery query, AccountList list, AccountScope scope, CancellationToken ct)
    {
        var page = await list.ReadAsync(
            scope, query.Filter, query.Sort?.Value ?? AccountSort.Name, query.Reversed ?? false, query.Cursor, ct, ApiPage.Size(query.Limit));
        return TypedResults.Ok(new ApiPage<AccountLineView>([.. page.Rows.Select(AccountLineView.Of)], page.Next?.ToString()));
    }

    private static async Task<IResult> GetAsync(
        Guid id, AccountSheets sheets, SourceKeys keys, AccountScope scope, HttpRequest request, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var sheet = await sheets.ReadAsync(scope, id, ct);
        if (!sheet.Succeeded)
        {
            return await keys.OrProblemAsync(ClusterKind.Account, id, sheet.Error, request, texts, ct);
        }

        request.HttpContext.Response.Headers.ETag = ETags.Of(sheet.Value.Account.Version, sheet.Value.Account.UpdatedAt);
        return TypedResults.Ok(AccountView.Of(sheet.Value));
    }

    private static async Task<IResult> TimelineAsync(
        Guid id, Choice<TimelineNature>? nature, string? channel, string? source, Guid? contact, string? words, TimelineCursor? cursor, int? limit, Timeline timeline,
        AccountSheets sheets, SourceKeys keys, AccountScope scope, HttpRequest request, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        if (!await sheets.ExistsAsync(scope, id, ct))
        {
            return await keys.OrProblemAsync(ClusterKind.Account, id, ExplorationErrors.AccountNotFound, request, texts, ct);
        }

        var page = await timeline.ReadAsync(scope, new TimelineFilter(id, contact, nature?.Value, channel, source, string.IsNullOrWhiteSpace(words) ? null : words.Trim()), cursor, ct, ApiPage.Size(limit));
        return TypedResults.Ok(new ApiPage<TimelineItem>(page.Items, page.Next?.ToString()));
    }

    private static async Task<IResult> DocumentsAsync(
        Guid id, TimelineCursor? cursor, AccountSales sales, AccountSheets sheets, SourceKeys keys, AccountScope scope, HttpRequest request,
        IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        if (!await sheets.ExistsAsync(scope, id, ct))
        {
            return await keys.OrProblemAsync(ClusterKind.Account, id, ExplorationErrors.AccountNotFound, request, texts, ct);
        }

        var (documents, next) = await sales.DocumentsAsync(scope, id, cursor, ct);
        return TypedResults.Ok(new ApiPage<AccountDocument>(documents, next?.ToString()));
    }

    private static async Task<IResult> LineageAsync(
        Guid id, Lineage lineage, AccountSheets sheets, SourceKeys keys, AccountScope scope, HttpRequest request, IStringLocalizer<Texts> texts,
        CancellationToken ct) => await sheets.ExistsAsync(scope, id, ct)
            ? TypedResults.Ok(await lineage.OfAccountAsync(scope, id, ct))
            : await keys.OrProblemAsync(ClusterKind.Account, id, ExplorationErrors.AccountNotFound, request, texts, ct);

    private static async Task<Results<Ok<AccountView>, ProblemHttpResult>> FindAsync(
        string source, string key, SourceKeys keys, AccountSheets sheets, AccountScope scope, HttpResponse response, IStringLocalizer<Texts> texts,
        CancellationToken ct)
    {
        var found = await keys.FindAsync(scope, source, key, ClusterKind.Account, ct);
        if (!found.Succeeded)
        {
            return found.Error.ToProblem(texts);
        }

        var sheet = await sheets.ReadAsync(scope, found.Value.Id, ct);
        if (!sheet.Succeeded)
        {
            return sheet.Error.ToProblem(texts);
        }

        response.Headers.ETag = ETags.Of(sheet.Value.Account.Version, sheet.Value.Account.UpdatedAt);
        return TypedResults.Ok(AccountView.Of(sheet.Value));
    }

    private static async Task<Results<Accepted<PushView>, ProblemHttpResult>> PushAsync(
        string source, string key, HttpRequest request, PushedRecords records, SourceKeys keys, AccountSheets sheets, AccountScope scope,
        ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (fields, refusal) = await request.ReadAsync<AccountFields>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var known = await keys.FindAsync(scope, source, key, ClusterKind.Account, ct);
        var sheet = known.Succeeded ? await sheets.ReadAsync(scope, known.Value.Id, ct) : known.Error!;
        var etag = sheet.Succeeded ? ETags.Of(sheet.Value.Account.Version, sheet.Value.Account.UpdatedAt) : null;
        if (ETags.Refusal(request, etag) is { } stale)
        {
            return stale.ToProblem(texts);
        }

        var pushed = await records.PushAsync(new PushRecord(source, key, fields!), user.Name, ct);
        return pushed.Succeeded
            ? TypedResults.Accepted(request.Path, PushView.Of(source, key, pushed.Value, sheet.Value?.Account.Id))
            : pushed.Error.ToProblem(texts);
    }

    /// <summary>What a list of accounts may be asked for.</summary>
    internal sealed record AccountQuery
    {
        public string? Text { get; init; }

        public Choice<AccountType>? Type { get; init; }

        public string? Region { get; init; }

        public string? Department { get; init; }

        public string? City { get; init; }

        public string? Naf { get; init; }

        public string? HeadcountBand { get; init; }

        public string? Source { get; init; }

        public Choice<AccountWatch>? Watch { get; init; }

        public string? Problem { get; init; }

        public Choice<OpportunityStage>? Stage { get; init; }

        public Choice<AccountSort>? Sort { get; init; }

        public bool? Reversed { get; init; }

        public PageCursor? Cursor { get; init; }

        public int? Limit { get; init; }

        internal AccountFilter Filter => new()
        {
            Text = Text,
            Type = Type?.Value,
            Region = Region,
            Department = Department,
            City = City,
            Naf = Naf,
            HeadcountBand = HeadcountBand,
            Source = Source,
            Watch = Watch?.Value,
            Problem = Problem,
            Stage = Stage?.Value,
        };
    }
}
