using System.Security.Claims;
using FluentValidation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Identity;

/// <summary>People, and how they come in.</summary>
internal static class SignInServices
{
    /// <summary>What a command needs to manage people.</summary>
    public static IServiceCollection AddHubUsers(this IServiceCollection services)
    {
        services.AddDbContext<IdentityDb>((hub, db) => db.UseNpgsql());
        services.AddIdentityCore<User>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.Password.RequiredLength = CreateUserValidator.ShortestPassword;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequiredUniqueChars = 1;
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddEntityFrameworkStores<IdentityDb>()
            .AddPasswordValidator<CommonPasswords>()
            .AddClaimsPrincipalFactory<UserClaims>();
        services.AddSingleton<IValidator<CreateUser>, CreateUserValidator>();
        services.AddScoped<Users>();
        services.AddSingleton<Colleagues>();
        services.AddScoped<FirstAdministrator>();
        return services;
    }

    /// <summary>What the web needs besides.</summary>
    public static IServiceCollection AddHubSignIn(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(AccountScopeOf);
        services.AddScoped<SignInManager<User>, LiveSignIn>();
        services.AddScoped<ISecurityStampValidator, SecurityStampValidator<User>>();
        // By the hub's clock, as the cookie itself: a renewal dated by another one would end the session it renews.
        services.AddOptions<SecurityStampValidatorOptions>().Configure<TimeProvider>(
            (stamp, clock) => (stamp.TimeProvider, stamp.ValidationInterval) = (clock, TimeSpan.FromMinutes(1)));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, Configure);
        services.AddAuthorization(Policies.Configure);
        services.AddSingleton<GuessLimit>();
        return services;
    }

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "rcu";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.Path = "/";
        cookie.CookieManager = new SignInCookies();
        cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        cookie.SlidingExpiration = false;
        cookie.LoginPath = "/connexion";
        cookie.AccessDeniedPath = "/erreur/403";
        cookie.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        cookie.Events.OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    // A fragment must not be replaced by the sign-in page, nor a program be shown one.
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.IsHtmx || context.Request.IsApi)
        {
            context.Response.StatusCode = status;
            context.Response.Headers["HX-Redirect"] = "/connexion";
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    private static AccountScope AccountScopeOf(IServiceProvider request)
    {
        var user = request.GetRequiredService<IHttpContextAccessor>().HttpContext?.User;
        return user?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? new AccountScope(id) : AccountScope.Hub;
    }
}
