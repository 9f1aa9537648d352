using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using Rcu.Ingestion;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>Files: hand one over, follow it, take what was refused of it, stop it or take it back.</summary>
internal static class ImportsApi
{
    private const string Read = "imports:read";
    private const string Write = "imports:write";

    public static void Map(RouteGroupBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("Imports");
        imports.MapGet("/", ListAsync).Is("imports.list", Read);
        imports.MapPost("/", ReceiveAsync).Is("imports.create", Write)
            .WithMetadata(new DisableRequestSizeLimitAttribute()).AddEndpointFilter<Idempotency>()
            .Accepts<IFormFile>("multipart/form-data", "application/octet-stream", "text/csv");
        imports.MapGet("/{id:guid}", GetAsync).Is("imports.get", Read);
        imports.MapGet("/{id:guid}/rejects.csv", RejectsAsync).Is("imports.rejects", Read).Produces<string>(contentType: "text/csv");
        imports.MapPost("/{id:guid}/pause", PauseAsync).Is("imports.pause", Write).AddEndpointFilter<Idempotency>();
        imports.MapPost("/{id:guid}/resume", ResumeAsync).Is("imports.resume", Write).AddEndpointFilter<Idempotency>();
        imports.MapPost("/{id:guid}/cancel", CancelAsync).Is("imports.cancel", Write).AddEndpointFilter<Idempotency>();
        imports.MapPost("/{id:guid}/agree-absent", AgreeAsync).Is("imports.agree_absent", Write).AddEndpointFilter<Idempotency>();
        imports.MapPost("/{id:guid}/undo", UndoAsync).Is("imports.undo", Write).AddEndpointFilter<Idempotency>();
    }

    private static async Task<Ok<ApiPage<ImportView>>> ListAsync(Guid? cursor, int? limit, ImportHistory history, CancellationToken ct)
    {
        var size = Math.Min(ApiPage.Size(limit), ImportHistory.MostPerPage - 1);
        return TypedResults.Ok(ApiPage.Of(await history.ListAsync(cursor, size + 1, ct), size, import => import, import => import.Id));
    }

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> GetAsync(
        Guid id, ImportHistory history, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var found = await history.FindAsync(id, ct);
        return found.Succeeded ? TypedResults.Ok(found.Value) : found.Error.ToProblem(texts);
    }

    // The file itself, named by ?fileName=, or a form whose file names itself. Neither is kept in memory.
    private static async Task<Results<Accepted<ImportView>, ProblemHttpResult>> ReceiveAsync(
        string? source, string? fileName, HttpRequest request, Imports imports, ImportHistory history, ClaimsPrincipal user,
        IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var content = (Stream?)request.Body;
        try
        {
            if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "multipart/form-data")
            {
                var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
                (content, fileName) = boundary.Length is 0 or > 200 ? (null, null) : await FileAsync(boundary, request.Body, fileName, ct);
            }

            if (content is null || string.IsNullOrWhiteSpace(fileName))
            {
                return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.no_file");
            }

            var received = await imports.ReceiveAsync(new ImportRequest(fileName, source, user.Name), content, ct);
            return received.Succeeded
                ? TypedResults.Accepted($"/api/v1/imports/{received.Value}", (await history.FindAsync(received.Value, ct)).Value)
                : received.Error.ToProblem(texts);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException and not FileNotFoundException)
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.no_file");
        }
    }

    private static async Task<(Stream? Content, string? Name)> FileAsync(string boundary, Stream body, string? named, CancellationToken ct)
    {
        var reader = new MultipartReader(boundary, body);
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (section.AsFileSection() is { FileStream: { } file } part)
            {
                return (file, named ?? part.FileName);
            }
        }

        return (null, null);
    }

    private static async Task<IResult> RejectsAsync(
        Guid id, RejectsFile file, ImportHistory history, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        var found = await history.FindAsync(id, ct);
        if (!found.Succeeded)
        {
            return found.Error.ToProblem(texts);
        }

        return TypedResults.Stream(stream => file.WriteAsync(id, stream, ct), "text/csv; charset=utf-8", $"rejets-{id}.csv");
    }

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> PauseAsync(
        Guid id, Imports imports, ImportHistory history, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await AnswerAsync(await imports.PauseAsync(id, user.Name, ct), history, texts, ct);

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> ResumeAsync(
        Guid id, Imports imports, ImportHistory history, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await AnswerAsync(await imports.ResumeAsync(id, user.Name, ct), history, texts, ct);

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> CancelAsync(
        Guid id, Imports imports, ImportHistory history, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await AnswerAsync(await imports.CancelAsync(id, user.Name, ct), history, texts, ct);

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> AgreeAsync(
        Guid id, AbsenceAgreement absences, ImportHistory history, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await AnswerAsync(await absences.AgreeAsync(id, user.Name, ct), history, texts, ct);

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> UndoAsync(
        Guid id, Imports imports, ImportHistory history, ClaimsPrincipal user, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        await AnswerAsync(await imports.UndoAsync(id, user.Name, ct), history, texts, ct);

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> AnswerAsync(
        Result<Guid> done, ImportHistory history, IStringLocalizer<Texts> texts, CancellationToken ct) =>
        done.Succeeded ? TypedResults.Ok((await history.FindAsync(done.Value, ct)).Value) : done.Error.ToProblem(texts);
}
