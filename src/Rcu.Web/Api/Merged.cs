using Microsoft.Extensions.Localization;
using Rcu.Exploration;
using Rcu.Resolution;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>Where an account or a contact went: its id was retired, another answers for it.</summary>
internal sealed record MergedView(Guid MergedInto);

/// <summary>Sends whoever asks for a retired id to the one that answers for it, under the same address.</summary>
internal static class Merged
{
    public static async Task<IResult> OrProblemAsync(
        this SourceKeys keys, ClusterKind kind, Guid id, Error error, HttpRequest request, IStringLocalizer<Texts> texts, CancellationToken ct)
    {
        if (error.Kind is not ErrorKind.NotFound || await keys.SurvivorAsync(kind, id, ct) is not { } survivor)
        {
            return error.ToProblem(texts);
        }

        var path = request.Path.Value!.Replace(id.ToString(), survivor.ToString(), StringComparison.OrdinalIgnoreCase);
        request.HttpContext.Response.Headers.Location = path + request.QueryString;
        return TypedResults.Json(new MergedView(survivor), statusCode: StatusCodes.Status308PermanentRedirect);
    }

    public static RouteHandlerBuilder MayBeMerged(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces<MergedView>(StatusCodes.Status308PermanentRedirect);
}
