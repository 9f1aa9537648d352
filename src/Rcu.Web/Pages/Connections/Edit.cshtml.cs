using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Customers;
using Rcu.Ingestion;
using Rcu.Ingestion.Pulling;
using Rcu.Security;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Connections;

/// <summary>Declares a source that is read by itself, or changes one: the settings its kind asks for, its mapping, when it is read.</summary>
internal sealed class EditModel(SourceConnections connections, ConnectionHistory history) : PageModel
{
    private static readonly string[] Lines = ["\r\n", "\n"];

    [BindProperty]
    public Guid? Id { get; set; }

    [BindProperty]
    public string Kind { get; set; } = "";

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Source { get; set; }

    [BindProperty]
    public string? Secret { get; set; }

    [BindProperty]
    public RecordKind RecordKind { get; set; }

    [BindProperty]
    public string? KeyColumns { get; set; }

    [BindProperty]
    public string? Mapping { get; set; }

    [BindProperty]
    public int? EveryMinutes { get; set; }

    [BindProperty]
    public TimeOnly? DailyAt { get; set; }

    [BindProperty]
    public int? StaleAfterHours { get; set; }

    [BindProperty]
    public bool IsWhole { get; set; }

    public bool MayBeWhole => connections.MayBeWhole(Kind);

    public IReadOnlyList<string> Kinds => connections.Kinds;

    public IReadOnlyList<SettingField> Fields { get; private set; } = [];

    public bool BringsMappings => connections.BringsMappings(Kind);

    /// <param name="type">The kind of a new one.</param>
    /// <param name="id">The one to change.</param>
    public async Task<IActionResult> OnGetAsync(string? type, Guid? id, CancellationToken ct)
    {
        if (id is null)
        {
            (Kind, EveryMinutes) = (Kinds.Contains(type) ? type! : "http", 60);
            Fields = SettingsForm.Fields(connections.SettingsOf(Kind)!, null);
            return Page();
        }

        var found = await connections.FindAsync(id.Value, ct);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Error);
        }

        var connection = found.Value;
        var (source, feed) = await history.MappingAsync(connection, ct);
        (Id, Kind, Name, Source) = (id, connection.Kind, connection.Name, source);
        (EveryMinutes, DailyAt, StaleAfterHours, IsWhole) = (connection.EveryMinutes, connection.DailyAt, connection.StaleAfterHours, connection.IsWhole);
        (RecordKind, KeyColumns, Mapping) = (feed.Kind, string.Join(", ", feed.KeyColumns), TextOf(feed));
        Fields = SettingsForm.Fields(connections.SettingsOf(Kind)!, connection.Settings);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (connections.SettingsOf(Kind) is not { } declared)
        {
            return NotFound();
        }

        var settings = SettingsForm.Read(declared, await Request.ReadFormAsync(ct));
        Fields = SettingsForm.Fields(declared, settings);
        var fresh = Kind == "webhook" && Id is null ? WebhookSignature.NewSecret() : null;
        var mapping = await MappingAsync(ct);
        var command = new SaveSourceConnection(
            Name ?? "", Kind, Source ?? "", settings, Mapping: mapping, Secret: fresh ?? (string.IsNullOrWhiteSpace(Secret) ? null : Secret.Trim()),
            EveryMinutes: Kind == "webhook" ? null : EveryMinutes, DailyAt: Kind == "webhook" ? null : DailyAt, StaleAfterHours: StaleAfterHours,
            IsWhole: IsWhole && MayBeWhole);
        var saved = Id is { } id ? await connections.UpdateAsync(id, command, User.Name, ct) : await connections.CreateAsync(command, User.Name, ct);
        if (!saved.Succeeded)
        {
            return this.Refuse(saved.Error);
        }

        if (fresh is not null)
        {
            TempData["new_secret"] = fresh;
        }

        this.Notice("connections.saved");
        return RedirectToPage("/Connections/Details", new { id = saved.Value.Id });
    }

    // Null keeps the mapping there is: a version is made only of what was changed.
    private async Task<SourceMapping?> MappingAsync(CancellationToken ct)
    {
        if (BringsMappings)
        {
            return null;
        }

        if (Id is { } id && await connections.FindAsync(id, ct) is { Value: { } connection })
        {
            var (source, feed) = await history.MappingAsync(connection, ct);
            Source = source;
            if ((RecordKind, KeyColumns, string.Join('\n', Pairs())) == (feed.Kind, string.Join(", ", feed.KeyColumns), TextOf(feed)))
            {
                return null;
            }
        }

        var fields = Pairs().Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries)).Where(pair => pair is [{ Length: > 0 }, { Length: > 0 }])
            .GroupBy(pair => pair[0]).ToDictionary(pair => pair.Key, pair => pair.First()[1]);
        return new SourceMapping(
            RecordKind, [.. (KeyColumns ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)], fields);
    }

    private string[] Pairs() => (Mapping ?? "").Split(Lines, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string TextOf(Feed feed) => string.Join(
        '\n', feed.Columns.Where(column => column.Columns.Count == 1).Select(column => $"{column.Field} = {column.Columns[0]}"));
}
