using Rcu.Exploration.Desk;
using Rcu.Security;
using Rcu.Web.Identity;

namespace Rcu.Web.Hosting;

/// <summary>
/// <c>/calendrier/….ics</c>: the tasks of whoever was given this signed address, for their calendar program, which cannot sign in.
/// It closes with the address, and with the person.
/// </summary>
internal static class CalendarFeed
{
    public static void MapCalendarFeed(this IEndpointRouteBuilder app) =>
        app.MapGet("/calendrier/{address}.ics", ReadAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> ReadAsync(
        string address, CalendarLinks links, Exploration.Desk.Tasks tasks, Colleagues colleagues, HttpContext context, CancellationToken ct)
    {
        if (await links.OwnerAsync(address, ct) is not { } owner || await colleagues.RefusalAsync(owner, ct) is not null)
        {
            return Results.NotFound();
        }

        var host = $"{context.Request.Scheme}://{context.Request.Host}";
        var lines = await tasks.OfPersonAsync(new AccountScope(owner), owner, done: false, ct);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(TaskCalendar.Write("RCU", lines, account => $"{host}/comptes/{account}"), "text/calendar", System.Text.Encoding.UTF8);
    }
}
