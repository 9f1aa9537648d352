using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Api;

namespace Rcu.Web.Tests.Hosting;

/// <summary>Whatever stands in an address where a name, a key or a signature is expected, pages and API answer, and never by an error of the hub.</summary>
public class HostileAddressTests
{
    // 64 and 75 letters are the lengths of the addresses that sign themselves.
    private static readonly string[] Written = ["x", "-1", "99999999999999999999", "%7E", new('~', 64), new('~', 75), "..%2F..", "%F0%9F%98%80", "a%25b_'\"%3B--", new('9', 500), "account.name"];

    [Fact]
    public async Task No_address_that_is_read_is_an_error_of_the_hub()
    {
        await using var api = await ApiHub.StartAsync();
        var sample = await api.AddSampleAsync();
        using var head = await api.Hub.SignInAsync([.. HubRoles.All]);
        var endpoints = api.Hub.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is not false && e.RoutePattern.Parameters.Any(IsWritten))
            .Select(e => e.RoutePattern).DistinctBy(p => p.RawText).ToList();
        List<string> broken = [];
        var asked = 0;
        foreach (var pattern in endpoints)
        {
            foreach (var written in Written)
            {
                var path = '/' + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart place => IsWritten(place) ? written : $"{sample.First.Account.Id}",
                    _ => "",
                }))));
                asked++;
                var client = path.StartsWith("/api/", StringComparison.Ordinal) ? api.Client : head;
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                if ((int)answer.StatusCode >= 500)
                {
                    broken.Add($"{path} {(int)answer.StatusCode}");
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n", broken));
        Assert.True(asked > 200, $"only {asked} were asked");
    }

    // A place that takes text, or a number: one of a key of the hub refuses all else by itself.
    private static bool IsWritten(RoutePatternParameterPart place) =>
        !place.ParameterPolicies.Any(policy => policy.Content is "guid" || policy.Content?.StartsWith("required", StringComparison.Ordinal) is true) && !place.IsCatchAll;
}
