using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Web.Identity;

namespace Rcu.Web.Hosting;

/// <summary>Which role each folder of pages opens to. A page that no line names asks for a signed-in user.</summary>
internal static class Doors
{
    public static void Configure(RazorPagesOptions pages)
    {
        pages.Conventions.AuthorizeFolder("/", Policies.Customers);
        pages.Conventions.AuthorizeFolder("/Segments", Policies.Marketing);
        pages.Conventions.AuthorizeFolder("/Activation", Policies.Marketing);
        pages.Conventions.AuthorizeFolder("/Analysis", Policies.Marketing);
        pages.Conventions.AuthorizeFolder("/Matches", Policies.Stewardship);
        pages.Conventions.AuthorizeFolder("/Imports", Policies.Stewardship);
        pages.Conventions.AuthorizeFolder("/Rules", Policies.Stewardship);
        pages.Conventions.AuthorizeFolder("/Register", Policies.Stewardship);
        pages.Conventions.AuthorizePage("/Quality/People", Policies.Stewardship);
        pages.Conventions.AuthorizeFolder("/Fixes", Policies.Stewardship);
        pages.Conventions.AuthorizeFolder("/Postal", Policies.Stewardship);
        pages.Conventions.AuthorizeFolder("/Admin", Policies.Administration);
        pages.Conventions.AuthorizeFolder("/Connections", Policies.Administration);
        pages.Conventions.AddPageRoute("/Segments/Edit", "/segments/nouveau");
        pages.Conventions.AddPageRoute("/Rules/Edit", "/qualite/regles/nouvelle");
        pages.Conventions.AddPageRoute("/Provenance/Past", "/contacts/{id:guid}/passe");
        pages.Conventions.AddPageRoute("/Provenance/Field", "/contacts/{id:guid}/valeur/{field}");
        pages.Conventions.AllowAnonymousToFolder("/SignIn");
        pages.Conventions.AllowAnonymousToFolder("/Setup");
        pages.Conventions.AllowAnonymousToFolder("/Cards");
        pages.Conventions.AllowAnonymousToPage("/Error");
    }

    public static void Configure(AntiforgeryOptions antiforgery)
    {
        antiforgery.Cookie.Name = "rcu-form";
        antiforgery.Cookie.HttpOnly = true;
        antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        antiforgery.HeaderName = "X-Rcu-Form";
    }
}
