using Microsoft.AspNetCore.Http.HttpResults;
using Rcu.Activation;
using Rcu.Security;
using Rcu.Segmentation;

namespace Rcu.Web.Api;

/// <summary>Why an account or a contact is, or is not, in each tool.</summary>
internal static class WhereaboutsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/contacts/{id:guid}/destinations", OfContactAsync).WithTags("Contacts").Is("contacts.destinations", "contacts:read");
        api.MapGet("/accounts/{id:guid}/destinations", OfAccountAsync).WithTags("Accounts").Is("accounts.destinations", "accounts:read");
    }

    private static async Task<Ok<ApiPage<WhereaboutView>>> OfContactAsync(Guid id, Whereabouts whereabouts, AccountScope scope, CancellationToken ct) =>
        TypedResults.Ok(Page(await whereabouts.OfAsync(scope, SegmentTarget.Contacts, id, ct)));

    private static async Task<Ok<ApiPage<WhereaboutView>>> OfAccountAsync(Guid id, Whereabouts whereabouts, AccountScope scope, CancellationToken ct) =>
        TypedResults.Ok(Page(await whereabouts.OfAsync(scope, SegmentTarget.Accounts, id, ct)));

    private static ApiPage<WhereaboutView> Page(IReadOnlyList<Whereabout> lines) => new([.. lines.Select(WhereaboutView.Of)], null);

    /// <summary>Where a profile stands with one tool, and why.</summary>
    internal sealed record WhereaboutView(
        Guid DestinationId, string Destination, Where Where, string? Reason, DateTimeOffset? At, string? RemoteId, Guid SegmentId, string SegmentName)
    {
        public static WhereaboutView Of(Whereabout w) => new(w.DestinationId, w.Destination, w.Where, w.Why, w.At, w.RemoteId, w.SegmentId, w.SegmentName);
    }
}
