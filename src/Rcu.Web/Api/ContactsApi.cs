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

/// <summary>The people: the list and the sheet that pages show, the look-up by a source's key, and what a source says of one.</summary>
internal static class ContactsApi
{
    private const string Read = "contacts:read";

    public static void Map(RouteGroupBuilder api)
    {
        var contacts = api.MapGroup("/contacts").WithTags("Contacts");
        contacts.MapGet("/", ListAsync).Is("contacts.list", Read);
        contacts.MapGet("/{id:guid}", GetAsync).Is("contacts.get", Read).Produces<ContactView>().MayBeMerged();
        contacts.MapGet("/{id:guid}/timeline", TimelineAsync).Is("contacts.timeline", Read).Produces<ApiPage<TimelineItem>>().MayBeMerged();
        contacts.MapGet("/by-key/{source}/{key}", FindAsync).Is("contacts.find", Read);
        contacts.MapPut("/by-key/{source}/{key}", PushAsync).Is("contacts.push", "contacts:write")
            .Accepts<ContactFields>("application/json").ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithExample("""{ "accountKey": "C00127", "givenName": "Léa", "familyName": "Moreau", "email": "lea.moreau@vasseur.example", "jobTitle": "DAF" }""");
    }

    private static async Task<Ok<ApiPage<ContactRow>>> ListAsync(
        [AsParameters] ContactQuery query, ContactList list, AccountScope scope, CancellationToken ct)
    {
        var page = await list.ReadAsync(
            scope, query.Filter, query.Sort?.Value ?? ContactSort.Name, query.Reversed ?? false, query.Cursor, ct, ApiPage.Size(query.Limit));
        return TypedResults.Ok(new ApiPage<ContactRow>(page.Rows, page.Next?.ToString()));
    }

    private static async Task<IResult> GetAsync(
        Guid id, ContactSheets sheets, SourceKeys keys, AccountScope scope, HttpRequest request, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var sheet = await sheets.ReadAsync(scope, id, ct);
        if (!sheet.Succeeded)
        {
            return await keys.OrProblemAsync(ClusterKind.Contact, id, sheet.Error, request, texts, ct);
        }

        request.HttpContext.Response.Headers.ETag = ETags.Of(sheet.Value.Contact.Version, sheet.Value.Contact.UpdatedAt);
        return TypedResults.Ok(ContactView.Of(sheet.Value));
    }

    private static async Task<IResult> TimelineAsync(
        Guid id, TimelineCursor? cursor, int? limit, Timeline timeline, ContactSheets sheets, SourceKeys keys, AccountScope scope,
        HttpRequest request, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var sheet = await sheets.ReadAsync(scope, id, ct);
        if (!sheet.Succeeded)
        {
            return await keys.OrProblemAsync(ClusterKind.Contact, id, sheet.Error, request, texts, ct);
        }

        var page = await timeline.ReadAsync(scope, new TimelineFilter(null, id), cursor, ct, ApiPage.Size(limit));
        return TypedResults.Ok(new ApiPage<TimelineItem>(page.Items, page.Next?.ToString()));
    }

    private static async Task<Results<Ok<ContactView>, ProblemHttpResult>> FindAsync(
        string source, string key, SourceKeys keys, ContactSheets sheets, AccountScope scope, HttpResponse response, IStringLocalizer<Texts> texts,
        CancellationToken ct)
    {
        var sheet = await ByKeyAsync(source, key, keys, sheets, scope, ct);
        if (!sheet.Succeeded)
        {
            return sheet.Error.ToProblem(texts);
        }

        response.Headers.ETag = ETags.Of(sheet.Value.Contact.Version, sheet.Value.Contact.UpdatedAt);
        return TypedResults.Ok(ContactView.Of(sheet.Value));
    }

    private static async Task<Results<Accepted<PushView>, ProblemHttpResult>> PushAsync(
        string source, string key, HttpRequest request, PushedRecords records, SourceKeys keys, ContactSheets sheets, AccountScope scope,
        ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var (fields, refusal) = await request.ReadAsync<ContactFields>(texts, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        var sheet = await ByKeyAsync(source, key, keys, sheets, scope, ct);
        if (ETags.Refusal(request, sheet.Succeeded ? ETags.Of(sheet.Value.Contact.Version, sheet.Value.Contact.UpdatedAt) : null) is { } stale)
        {
            return stale.ToProblem(texts);
        }

        var pushed = await records.PushAsync(new PushRecord(source, key, fields!), user.Name, ct);
        return pushed.Succeeded
            ? TypedResults.Accepted(request.Path, PushView.Of(source, key, pushed.Value, sheet.Value?.Contact.Id))
            : pushed.Error.ToProblem(texts);
    }

    private static async Task<Result<ContactSheet>> ByKeyAsync(
        string source, string key, SourceKeys keys, ContactSheets sheets, AccountScope scope, CancellationToken ct)
    {
        var found = await keys.FindAsync(scope, source, key, ClusterKind.Contact, ct);
        return found.Succeeded ? await sheets.ReadAsync(scope, found.Value.Id, ct) : found.Error;
    }

    /// <summary>What a list of contacts may be asked for.</summary>
    internal sealed record ContactQuery
    {
        public string? Text { get; init; }

        public Guid? AccountId { get; init; }

        public Choice<RoleFunction>? Function { get; init; }

        public string? Department { get; init; }

        public string? Level { get; init; }

        public Choice<Reach>? EmailReach { get; init; }

        public string? Source { get; init; }

        public Choice<ContactSort>? Sort { get; init; }

        public bool? Reversed { get; init; }

        public PageCursor? Cursor { get; init; }

        public int? Limit { get; init; }

        internal ContactFilter Filter => new()
        {
            Text = Text,
            AccountId = AccountId,
            Function = Function?.Value,
            Department = Department,
            Level = Level,
            EmailReach = EmailReach?.Value,
            Source = Source,
        };
    }
}
