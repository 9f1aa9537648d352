using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Rcu.Web.Hosting;

namespace Rcu.Web.Api;

/// <summary>Refusals that are the API's own, and what every problem carries: a stable code, a reference to give, a sentence.</summary>
internal static class ApiProblem
{
    public static ProblemHttpResult Of(
        IStringLocalizer<Texts> texts, int status, string code, IDictionary<string, string[]>? errors = null, params object[] values) =>
        TypedResults.Problem(
            title: texts[code, values],
            type: $"urn:rcu:{code}",
            statusCode: status,
            extensions: [new("code", code), .. errors is null ? [] : new KeyValuePair<string, object?>[] { new("errors", errors) }]);

    /// <summary>Completes what the framework answers by itself, such as an address that leads nowhere.</summary>
    public static void Complete(ProblemDetailsContext problem)
    {
        var (context, details) = (problem.HttpContext, problem.ProblemDetails);
        details.Extensions["traceId"] = Activity.Current?.Id ?? context.TraceIdentifier;
        if (!context.Request.IsApi || details.Extensions.ContainsKey("code"))
        {
            return;
        }

        var status = details.Status ?? context.Response.StatusCode;
        var texts = context.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        if (status == StatusCodes.Status400BadRequest && UnreadQuestion.Of(context, texts) is { Count: > 0 } unread)
        {
            (details.Type, details.Title, details.Detail) = ("urn:rcu:request.question", texts["request.question"], null);
            (details.Extensions["code"], details.Extensions["errors"]) = ("request.question", unread);
            return;
        }

        details.Type = $"urn:rcu:http.{status}";
        details.Title = texts[$"error.{status}"] is { ResourceNotFound: false } text ? text.Value : details.Title;
        details.Detail = null;
        details.Extensions["code"] = $"http.{status}";
    }
}
