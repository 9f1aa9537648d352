using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Exploration;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Provenance;

/// <summary>An account or a contact as it was one day, beside what it is, or was another day.</summary>
internal sealed class PastModel(Past past, AccountScope scope, TimeProvider clock) : PageModel
{
    private const int DaysBack = 30;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The day it is looked at; a month ago when none is asked for.</summary>
    [BindProperty(SupportsGet = true, Name = "le")]
    public DateOnly? On { get; set; }

    /// <summary>The day it is compared with; null for today.</summary>
    [BindProperty(SupportsGet = true, Name = "et")]
    public DateOnly? And { get; set; }

    /// <summary>Whether what did not change is shown too.</summary>
    [BindProperty(SupportsGet = true, Name = "tout")]
    public bool Whole { get; set; }

    public ClusterKind Kind => Request.Path.StartsWithSegments("/contacts") ? ClusterKind.Contact : ClusterKind.Account;

    public string Home => Kind is ClusterKind.Account ? $"/comptes/{Id}" : $"/contacts/{Id}";

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public PastSheet? Sheet { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        On ??= Today.AddDays(-DaysBack);
        var until = And is { } and && and < Today ? EndOf(and) : (DateTimeOffset?)null;
        var compared = await past.CompareAsync(scope, Kind, Id, EndOf(On.Value), until, ct);
        if (compared.Error is { } refusal)
        {
            return this.Refuse(refusal);
        }

        Sheet = compared.Value;
        return Page();
    }

    private static DateTimeOffset EndOf(DateOnly day) => day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : Show.Instant(day.AddDays(1).ToDateTime(TimeOnly.MinValue))!.Value.AddTicks(-1);
}
