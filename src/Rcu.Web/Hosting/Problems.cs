using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Rcu.Web.Hosting;

/// <summary>The one place where a refusal of the hub becomes an HTTP answer.</summary>
internal static class Problems
{
    public static int Status(this Error error) => error.Kind switch
    {
        ErrorKind.Invalid => error.Fields is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status400BadRequest,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.Stale => StatusCodes.Status412PreconditionFailed,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };

    /// <summary>The sentence in the reader's language: the texts are named after the error's code.</summary>
    public static string In(this Error error, IStringLocalizer<Texts> texts) =>
        texts[error.Code, error.Values] is { ResourceNotFound: false } text ? text.Value : error.Message;

    public static ProblemHttpResult ToProblem(this Error error, IStringLocalizer<Texts> texts) => TypedResults.Problem(
        title: error.In(texts),
        type: $"urn:rcu:{error.Code}",
        statusCode: error.Status(),
        extensions: [new("code", error.Code), .. error.Fields is null ? [] : new KeyValuePair<string, object?>[] { new("errors", Named(error.Fields)) }]);

    // As they are in the JSON that was sent.
    private static Dictionary<string, string[]> Named(IDictionary<string, string[]> fields) =>
        fields.ToDictionary(field => JsonNamingPolicy.CamelCase.ConvertName(field.Key), field => field.Value);

    /// <summary>Documents, once for all endpoints, how the API refuses.</summary>
    public static RouteGroupBuilder RefusesWithProblems(this RouteGroupBuilder group) => group
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);
}
