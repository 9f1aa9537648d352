using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Analysis;

/// <summary>The personas: a portrait each, and what the members of its segment have in common.</summary>
internal sealed class PersonasModel(Rcu.Segmentation.Personas personas, Rcu.Segmentation.Segments segments) : PageModel
{
    /// <summary>The persona to change; null for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    [BindProperty]
    public PersonaForm Form { get; set; } = new();

    public IReadOnlyList<PersonaSheet> Sheets { get; private set; } = [];

    public IReadOnlyList<Segment> Segments { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Sheets.FirstOrDefault(s => s.Persona.Id == Id)?.Persona is { } known)
        {
            Form = new PersonaForm { Name = known.Name, Portrait = known.Portrait, Needs = known.Needs, Segment = known.SegmentId, Version = known.Version };
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var command = new SavePersona(Form.Name ?? "", Form.Portrait ?? "", Form.Segment ?? Guid.Empty, Form.Needs, Form.Version);
        var saved = Id is { } id ? await personas.ChangeAsync(id, command, User.Name, ct) : await personas.CreateAsync(command, User.Name, ct);
        if (!saved.Succeeded)
        {
            await LoadAsync(ct);
            return this.Refuse(saved.Error);
        }

        this.Notice("persona.saved", saved.Value.Name);
        return Redirect("/analyse/personas");
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid persona, CancellationToken ct)
    {
        var deleted = await personas.DeleteAsync(persona, User.Name, ct);
        if (!deleted.Succeeded)
        {
            await LoadAsync(ct);
            return this.Refuse(deleted.Error);
        }

        this.Notice("persona.deleted", deleted.Value.Name);
        return Redirect("/analyse/personas");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Sheets = await personas.ListAsync(ct);
        Segments = await segments.ListAsync(ct);
    }
}

/// <summary>A persona as a person fills it in.</summary>
public sealed class PersonaForm
{
    public string? Name { get; set; }

    public string? Portrait { get; set; }

    public string? Needs { get; set; }

    public Guid? Segment { get; set; }

    public int? Version { get; set; }
}
