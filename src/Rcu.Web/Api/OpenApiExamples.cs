namespace Rcu.Web.Api;

/// <summary>An example body, shown in the reference.</summary>
internal static class OpenApiExamples
{
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, string json) => endpoint.WithMetadata(new Body(json));

    internal sealed record Body(string Json);
}
