using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Imports;

/// <summary>Hands a file over. It is read as it comes; then its import is prepared, or starts at once when its mapping is known.</summary>
[Streamed, DisableRequestSizeLimit, IgnoreAntiforgeryToken]
internal sealed class NewModel(
    Ingestion.Imports imports, ImportDrafts drafts, UploadSettings settings, RcuDb db, IAntiforgery antiforgery,
    IStringLocalizer<Texts> texts, TimeProvider clock) : PageModel
{
    private const string TokenField = "__RequestVerificationToken";

    // What the upload store takes; beyond, it refuses by itself, with its own words.
    public long MostBytes => settings.MostBytes;

    public string? SourceName { get; private set; }

    public IReadOnlyList<(string Name, string Label, IReadOnlyList<string> Patterns)> Sources { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var form = await StreamedForm.ReadAsync(Request, ct);

        // The form is not read by the framework: its token is put where a script would have put it, and checked here.
        if (form.Fields.TryGetValue(TokenField, out var token) && !Request.Headers.ContainsKey("X-Rcu-Form"))
        {
            Request.Headers["X-Rcu-Form"] = token;
        }

        if (!Request.Headers.ContainsKey("X-Rcu-Form") || !await antiforgery.IsRequestValidAsync(HttpContext))
        {
            return await RefuseAsync(new Error(ErrorKind.Forbidden, "import.stale_form", "The form is too old: send it again."), ct);
        }

        if (form.Pasted is { } pasted)
        {
            var table = PastedTable.Read(pasted);
            if (!table.Succeeded)
            {
                return await RefuseAsync(table.Error, ct);
            }

            var name = $"{texts["import.paste.name"].Value} {Show.Moment(clock.GetUtcNow()).Replace('/', '-').Replace(':', 'h')}.tsv";
            var draft = await drafts.ReceiveAsync(name, new MemoryStream(table.Value), User.Name, ct);
            return draft.Succeeded ? RedirectToPage("Drafts/File", new { id = draft.Value.Id }) : await RefuseAsync(draft.Error, ct);
        }

        SourceName = form.Fields.GetValueOrDefault("source") is { Length: > 0 } source ? source : null;
        if (form.File is null)
        {
            return await RefuseAsync(new Error(ErrorKind.Invalid, "import.no_file", "No file was chosen."), ct);
        }

        if (!form.Fields.ContainsKey("direct"))
        {
            var prepared = await drafts.ReceiveAsync(form.FileName!, form.File, User.Name, ct);
            return prepared.Succeeded ? RedirectToPage("Drafts/File", new { id = prepared.Value.Id }) : await RefuseAsync(prepared.Error, ct);
        }

        var received = await imports.ReceiveAsync(new ImportRequest(form.FileName!, SourceName, User.Name), form.File, ct);
        return received.Succeeded ? RedirectToPage("Run", new { id = received.Value }) : await RefuseAsync(received.Error, ct);
    }

    private async Task<IActionResult> RefuseAsync(Error error, CancellationToken ct)
    {
        await LoadAsync(ct);
        return this.Refuse(error);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var feeds = await db.Feeds.AsNoTracking().Where(f => f.Active)
            .Join(db.Sources, f => f.SourceId, s => s.Id, (f, s) => new { s.Name, s.Label, s.Priority, f.FilePattern })
            .ToListAsync(ct);
        Sources =
        [
            .. feeds.GroupBy(f => (f.Name, f.Label, f.Priority)).OrderBy(g => g.Key.Priority)
                .Select(g => (g.Key.Name, g.Key.Label, (IReadOnlyList<string>)[.. g.Select(f => f.FilePattern).Distinct().Order(StringComparer.Ordinal)])),
        ];
    }
}
