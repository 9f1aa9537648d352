using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Segments;

/// <summary>The builder: a rule, what it reads, how many it leaves line by line, and who.</summary>
internal sealed class EditModel(
    Rcu.Segmentation.Segments segments, SegmentCounts counts, SegmentPeople people, SegmentExclusions exclusions, SegmentShapes shapes, OwnLabels own, IStringLocalizer<Texts> texts,
    TimeProvider clock) : PageModel
{
    public Guid? Id { get; private set; }

    /// <summary>Where its forms go.</summary>
    public string Place => Id is { } id ? $"/segments/{id}" : "/segments/nouveau";

    public string Name { get; private set; } = "";

    public string? Description { get; private set; }

    public SegmentTarget Target { get; private set; }

    public bool IsFrozen { get; private set; }

    public int Version { get; private set; }

    public Condition Rule { get; private set; } = new Condition.All([]);

    public Segment? Saved { get; private set; }

    public IReadOnlyList<string> Receivers { get; private set; } = [];

    public IReadOnlyList<ExcludedMembers> Excluded { get; private set; } = [];

    public IReadOnlyList<SegmentVersion> Versions { get; private set; } = [];

    /// <summary>Reads rules aloud, with the names people gave.</summary>
    public SegmentSentence Sentence { get; private set; } = null!;

    public LiveResult Live { get; private set; } = null!;

    /// <summary>The place of the line that a button has just added: the keyboard goes on from there.</summary>
    public string? Focus { get; private set; }

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(Guid? id, string? modele, SegmentTarget? cible, CancellationToken ct)
    {
        if (id is { } known)
        {
            var found = await segments.FindAsync(known, ct);
            if (!found.Succeeded)
            {
                return this.Refuse(found.Error);
            }

            await ShowAsync(found.Value, ct);
        }
        else if (SegmentTemplates.Find(modele) is { } template)
        {
            (Name, Description, Target, Rule) = (template.Name, template.Description, template.Target, template.Rule);
        }
        else
        {
            Target = cible ?? SegmentTarget.Accounts;
        }

        await LiveAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? id, CancellationToken ct)
    {
        Bind(id);
        var command = new SaveSegment(Name, Description, Target, AsGroup(Rule), IsFrozen);
        var saved = id is { } known
            ? await segments.UpdateAsync(known, command, Version, User.Name, ct)
            : await segments.CreateAsync(command, User.Name, ct);
        if (!saved.Succeeded)
        {
            await ReloadAsync(ct);
            return this.Refuse(RuleRefusal.Told(saved.Error, texts, await own.LabelsAsync(ct), []));
        }

        this.Notice("segments.saved");
        return LocalRedirect($"/segments/{saved.Value.Id}");
    }

    /// <summary>A button of the builder: the rule changes on the screen, nothing is saved.</summary>
    public async Task<IActionResult> OnPostEditAsync(Guid? id, string? act, CancellationToken ct)
    {
        Bind(id);
        Rule = RuleForm.Act(Rule, act, SegmentSentence.SubjectOf(Target), place => Request.Form[$"which:{place}"].ToString());
        Focus = RuleForm.Added(Rule, act);
        await ReloadAsync(ct);
        return Request.IsHtmx ? Partial("_Builder", this) : Page();
    }

    /// <summary>The right pane alone, after a value was typed.</summary>
    public async Task<IActionResult> OnPostCountAsync(Guid? id, CancellationToken ct)
    {
        Bind(id);
        await ReloadAsync(ct);
        return Request.IsHtmx ? Partial("_Live", Live) : Page();
    }

    public async Task<IActionResult> OnPostLiftAsync(Guid id, Exclusion why, string? reason, CancellationToken ct) =>
        Done(id, await exclusions.LiftAsync(id, why, reason, User.Name, ct), "segments.lifted_done");

    public async Task<IActionResult> OnPostPutBackAsync(Guid id, Exclusion why, CancellationToken ct) =>
        Done(id, await exclusions.PutBackAsync(id, why, User.Name, ct), "segments.put_back_done");

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, int earlier, int version, CancellationToken ct) =>
        Done(id, await segments.RestoreAsync(id, earlier, version, User.Name, ct), "segments.restored");

    public async Task<IActionResult> OnPostArchiveAsync(Guid id, CancellationToken ct)
    {
        var archived = await segments.ArchiveAsync(id, User.Name, ct);
        if (!archived.Succeeded)
        {
            TempData["refusal"] = archived.Error.In(texts);
            return LocalRedirect($"/segments/{id}");
        }

        this.Notice("segments.archived");
        return RedirectToPage("/Segments/Index");
    }

    private LocalRedirectResult Done(Guid id, Result<Segment> done, string notice)
    {
        if (done.Succeeded)
        {
            this.Notice(notice);
        }
        else
        {
            this.NoticeRefusal(done.Error);
        }

        return LocalRedirect($"/segments/{id}");
    }

    // Binding is by hand: the parts of the rule are as many as there are.
    private void Bind(Guid? id)
    {
        var form = Request.Form;
        _ = Enum.TryParse<SegmentTarget>(form["target"], out var target);
        _ = int.TryParse(form["version"], System.Globalization.CultureInfo.InvariantCulture, out var version);
        (Id, Name, Description, Target, Version, IsFrozen) =
            (id, form["name"].ToString(), form["description"].ToString() is { Length: > 0 } said ? said : null, target, version, form["frozen"].Contains("true"));
        Rule = RuleForm.Read(form);
    }

    private async Task ReloadAsync(CancellationToken ct)
    {
        if (Id is { } id && await segments.FindAsync(id, ct) is { Succeeded: true } found)
        {
            Saved = found.Value;
            await AroundAsync(id, ct);
        }

        await LiveAsync(ct);
    }

    private async Task ShowAsync(Segment segment, CancellationToken ct)
    {
        (Id, Name, Description, Target, IsFrozen, Version, Rule, Saved) = (
            segment.Id, segment.Name, segment.Description, segment.Target, segment.IsFrozen, segment.Version, AsGroup(segment.Rule), segment);
        await AroundAsync(segment.Id, ct);
    }

    private async Task AroundAsync(Guid id, CancellationToken ct)
    {
        Receivers = await segments.ReceiversAsync(id, ct);
        Excluded = (await exclusions.ReadAsync(new AccountScope(User.Name), id, ct)).Value ?? [];
        Versions = await segments.VersionsAsync(id, ct);
    }

    private async Task LiveAsync(CancellationToken ct)
    {
        Rule = AsGroup(Rule);
        var whole = NafPin.Pin(RuleForm.Whole(Rule), DateOnly.FromDateTime(Now.UtcDateTime));
        var scope = new AccountScope(User.Name);
        var sentence = Sentence = await own.SentenceAsync(ct);
        var counted = await counts.CountAsync(scope, Target, whole, ct);
        var asked = Request.HasFormContentType ? Request.Form : null;
        Guid? with = Guid.TryParse($"{asked?["with"]}", out var other) ? other : null;
        var shape = counted.Succeeded && $"{asked?["act"]}" is "shape" ? (await shapes.ReadAsync(scope, Target, whole, with, ct)).Value : null;
        var filled = Filled();
        var rows = counted.Value is { Sample: null } ? (await people.PreviewAsync(scope, Target, whole, ct)).Value : null;
        Live = new LiveResult(
            Target,
            sentence.Read(Target, whole),
            counted.Succeeded ? counted.Value : null,
            counted.Error is { } refusal ? RuleRefusal.Told(refusal, texts, await own.LabelsAsync(ct), [.. filled.Select(i => i + 1)]).In(texts) : null,
            rows ?? [],
            whole is Condition.All ? [.. filled.Select(i => $"0.{i}")] : [])
        {
            Edit = $"{Place}?handler=Edit",
            Shape = shape,
            With = with,
            Others = [.. (await own.NamedAsync("segment", ct)).Where(segment => segment.Id != Id)],
        };
    }

    // Where each counted line stands in the form: lines not filled in yet are not counted.
    private List<int> Filled()
    {
        var parts = RuleForm.Parts(Rule);
        return [.. Enumerable.Range(0, parts.Count).Where(i => RuleForm.Parts(RuleForm.Whole(new Condition.All([parts[i]]))).Count > 0)];
    }

    // A condition can be added wherever there is a group: at the top, and under each relation.
    private static Condition AsGroup(Condition rule) => rule switch
    {
        Condition.All all => new Condition.All([.. all.Of.Select(UnderRelations)]),
        Condition.Any any => new Condition.Any([.. any.Of.Select(UnderRelations)]),
        Condition.None none => new Condition.None([.. none.Of.Select(UnderRelations)]),
        _ => new Condition.All([UnderRelations(rule)]),
    };

    private static Condition UnderRelations(Condition part) => part switch
    {
        Condition.Related related => related with { Such = AsGroup(related.Such) },
        Condition.Computed computed => computed with { Such = AsGroup(computed.Such) },
        Condition.Compare => part,
        _ => AsGroup(part),
    };
}
