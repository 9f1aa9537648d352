using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Web.Identity;
using Rcu.Web.Tests.Support;

namespace Rcu.Web.Tests.Pages;

/// <summary>An address that somebody changed by hand opens a page or is refused: it is never an error of the hub.</summary>
public partial class HostileQuestionTests
{
    private static readonly string[] Asked = [new('x', 2000), "-99999999999999999999", "9999-12-31", "a%00b"];

    private static readonly string?[] Filled = [null, "", "x", "-1", "9999-12-31", "a\0b", new('x', 20_000)];

    [Fact]
    public async Task No_question_to_a_page_is_an_error_of_the_hub()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await SampleCustomers.AddToAsync(hub.ConnectionString);
        using var head = await hub.SignInAsync([.. HubRoles.All]);
        var loader = hub.Services.GetRequiredService<PageLoader>();
        List<string> broken = [];
        var asked = 0;
        foreach (var page in hub.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var template = $"/{page.AttributeRouteInfo!.Template}";
            var path = Place().Replace(template, $"{sample.First.Account.Id}");
            foreach (var name in NamesOf(await loader.LoadAsync(page, EndpointMetadataCollection.Empty)).Where(name => !template.Contains($"{{{name}", StringComparison.Ordinal)))
            {
                foreach (var value in Asked)
                {
                    asked++;
                    using var answer = await head.GetAsync(new Uri($"{path}?{name}={value}", UriKind.Relative));
                    if ((int)answer.StatusCode >= 500)
                    {
                        broken.Add($"{path}?{name}={value[..Math.Min(40, value.Length)]} {(int)answer.StatusCode}");
                    }
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n", broken));
        Assert.True(asked > 1000, $"only {asked} were asked");
    }

    [Fact]
    public async Task No_form_that_is_empty_or_full_of_anything_is_an_error_of_the_hub()
    {
        await using var hub = await TestHub.StartAsync();
        var sample = await SampleCustomers.AddToAsync(hub.ConnectionString);
        using var head = await hub.SignInAsync([.. HubRoles.All]);
        var loader = hub.Services.GetRequiredService<PageLoader>();
        var token = new KeyValuePair<string, string>("__RequestVerificationToken", await head.TokenAsync("/administration"));
        List<string> broken = [];
        var sent = 0;
        foreach (var page in hub.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var path = Place().Replace($"/{page.AttributeRouteInfo!.Template}", $"{sample.First.Account.Id}");
            var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            foreach (var handler in compiled.HandlerMethods.Where(h => h.HttpMethod == "Post" && !path.StartsWith("/deconnexion", StringComparison.Ordinal)))
            {
                var names = compiled.BoundProperties.Select(p => p.BindingInfo?.BinderModelName ?? p.Name)
                    .Concat(handler.Parameters.Select(p => p.BindingInfo?.BinderModelName ?? p.Name)).Distinct().ToList();
                foreach (var value in Filled)
                {
                    sent++;
                    using var form = new FormUrlEncodedContent(value is null ? [token] : [.. names.Select(name => KeyValuePair.Create(name, value)), token]);
                    using var answer = await head.PostAsync(new Uri($"{path}?handler={handler.Name}", UriKind.Relative), form);
                    if ((int)answer.StatusCode >= 500)
                    {
                        broken.Add($"{path}?handler={handler.Name} {value?[..Math.Min(40, value.Length)]} {(int)answer.StatusCode}");
                    }
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n", broken));
        Assert.True(sent > 500, $"only {sent} were sent");
    }

    // What a page reads of its address.
    private static List<string> NamesOf(CompiledPageActionDescriptor page) =>
    [
        .. page.BoundProperties.OfType<PageBoundPropertyDescriptor>()
            .Where(p => p.Property.GetCustomAttributes(typeof(BindPropertyAttribute), inherit: false).OfType<BindPropertyAttribute>().Any(bound => bound.SupportsGet))
            .Select(p => p.BindingInfo?.BinderModelName ?? p.Name)
            .Concat(page.HandlerMethods.Where(h => h.HttpMethod == "Get").SelectMany(h => h.Parameters).Select(p => p.BindingInfo?.BinderModelName ?? p.Name))
            .Distinct(),
    ];

    [GeneratedRegex("{[^}]+}")]
    private static partial Regex Place();
}
