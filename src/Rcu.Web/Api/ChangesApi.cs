using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Activation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>All that became of accounts and contacts, in order, for a program that keeps a copy. A key is told of what it may read.</summary>
internal static class ChangesApi
{
    private const string Now = "now";

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/changes", ReadAsync).WithTags("Changes").Is("changes.list", "accounts:read");

    private static async Task<Results<Ok<FeedView>, ProblemHttpResult>> ReadAsync(
        string? cursor, Choice<ChangedKind>? kind, int? limit, ChangeFeed feed, ClaimsPrincipal key, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        if (cursor is Now)
        {
            return TypedResults.Ok(new FeedView([], $"{await feed.EndAsync(ct)}", false));
        }

        ChangeCursor after = default;
        if (cursor is not null && !ChangeCursor.TryParse(cursor, out after))
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "request.cursor");
        }

        ChangedKind[] kinds =
        [
            .. Enum.GetValues<ChangedKind>()
                .Where(one => (kind is null || kind.Value.Value == one) && (one is ChangedKind.Account || key.May("contacts:read"))),
        ];
        var read = await feed.ReadAsync(cursor is null ? null : after, kinds, key.May("segments:read"), ApiPage.Size(limit), ct);
        return read.Succeeded
            ? TypedResults.Ok(new FeedView([.. read.Value.Changes.Select(ChangeView.Of)], $"{read.Value.Next}", read.Value.HasMore))
            : read.Error.ToProblem(texts);
    }

    /// <param name="NextCursor">Where to go on, now or later: there is always one.</param>
    /// <param name="HasMore">Whether there is more to read at once.</param>
    internal sealed record FeedView(IReadOnlyList<ChangeView> Data, string NextCursor, bool HasMore);

    /// <summary>What became of an account or a contact.</summary>
    internal sealed record ChangeView(ChangedKind Kind, Guid Id, ChangeWord Change, Guid? SurvivorId, Guid? PartedFromId, Guid? SegmentId, DateTimeOffset At)
    {
        public static ChangeView Of(HubChange c) => new(
            c.Kind, c.Id, c.Change,
            c.Change is ChangeWord.Merged or ChangeWord.Redirected ? c.Other : null,
            c.Change is ChangeWord.Unmerged ? c.Other : null,
            c.Change is ChangeWord.Entered or ChangeWord.Left ? c.Other : null,
            c.At);
    }
}
