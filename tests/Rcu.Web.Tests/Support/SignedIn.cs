using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Web.Identity;

namespace Rcu.Web.Tests.Support;

/// <summary>People who come in by the door everybody uses.</summary>
internal static class SignedIn
{
    public const string Email = "camille@exemple.example";
    public const string Password = "quatre-mots-pour-entrer";

    /// <summary>Makes a user who holds <paramref name="roles"/>, all of them by default.</summary>
    public static async Task AddUserAsync(WebApplicationFactory<Program> hub, params string[] roles)
    {
        await using var services = hub.Services.CreateAsyncScope();
        var users = services.ServiceProvider.GetRequiredService<Users>();
        var command = new CreateUser(Email, "Camille Noël", roles.Length == 0 ? [.. HubRoles.All] : roles, Password);
        var created = await users.CreateAsync(command, "test", CancellationToken.None);
        Assert.True(created.Succeeded, created.Error?.Message);
    }

    /// <summary>A client that has signed in and follows no redirection.</summary>
    public static async Task<HttpClient> ClientAsync(WebApplicationFactory<Program> hub, params string[] roles)
    {
        await AddUserAsync(hub, roles);
        var client = hub.CreateClient(new() { AllowAutoRedirect = false });
        var door = await client.GetStringAsync("/connexion");
        const string field = "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"";
        var start = door.IndexOf(field, StringComparison.Ordinal) + field.Length;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = Email,
            ["password"] = Password,
            ["__RequestVerificationToken"] = door[start..door.IndexOf('"', start)],
        });
        var answer = await client.PostAsync("/connexion", form);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    /// <summary>Types the e-mail and the password in the browser.</summary>
    public static async Task EnterAsync(BrowserWindow window)
    {
        await window.GoAsync("/connexion?returnUrl=%2Fcomptes");
        await window.Page.FillAsync("#email", Email);
        await window.Page.FillAsync("#password", Password);
        await window.Page.ClickAsync("main button");
        await window.Page.WaitForURLAsync(url => !url.Contains("connexion", StringComparison.Ordinal));
    }
}
