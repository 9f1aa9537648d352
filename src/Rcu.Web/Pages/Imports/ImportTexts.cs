using Microsoft.Extensions.Localization;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Imports;

/// <summary>How an import is told to a person.</summary>
internal static class ImportTexts
{
    /// <summary>The ways a row can end, in the order they are drawn.</summary>
    public static readonly IReadOnlyList<string> Ends =
    [
        IngestJob.Counts.Inserted, IngestJob.Counts.Updated, IngestJob.Counts.Unchanged, IngestJob.Counts.Superseded,
        IngestJob.Counts.Withdrawn, IngestJob.Counts.Rejected,
    ];

    /// <summary>The icon, the tone and the key of the word.</summary>
    public static (string Icon, string Tone, string Word) StateOf(ImportView import) => import switch
    {
        { UndoneAt: not null } => ("arrow-back-up", "", "import.state.undone"),
        { CancelRequested: true, Status: RunStatus.Queued or RunStatus.Running } => ("hourglass", "badge-warn", "import.state.cancelling"),
        { PauseRequested: true, Status: RunStatus.Running } => ("hourglass", "badge-warn", "import.state.pausing"),
        { Status: RunStatus.Paused } => ("player-pause", "badge-warn", "import.state.Paused"),
        { Status: RunStatus.Queued } => ("clock", "", "import.state.Queued"),
        { Status: RunStatus.Running } => ("loader-2", "badge-info", "import.state.Running"),
        { Status: RunStatus.Cancelled } => ("ban", "", "import.state.Cancelled"),
        { Status: RunStatus.Failed } => ("circle-x", "badge-bad", "import.state.Failed"),
        _ when import[IngestJob.Counts.Rejected] > 0 => ("alert-triangle", "badge-warn", "import.state.partial"),
        _ => ("circle-check", "badge-good", "import.state.Succeeded"),
    };

    /// <summary>A failure is a code, sometimes followed by its English sentence.</summary>
    public static string Failure(this IStringLocalizer<Texts> texts, string failure)
    {
        var parts = failure.Split(':', 2, StringSplitOptions.TrimEntries);
        return texts[parts[0], parts[^1]] is { ResourceNotFound: false } text ? text.Value : failure;
    }

    public static string Duration(DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is not { } start || to is not { } end)
        {
            return Show.Nothing;
        }

        return Duration(end - start);
    }

    public static string Duration(TimeSpan took) => took switch
    {
        { TotalSeconds: < 1 } => "< 1 s",
        { TotalMinutes: < 1 } => $"{took.Seconds} s",
        { TotalHours: < 1 } => $"{took.Minutes} min {took.Seconds:00}",
        _ => $"{(int)took.TotalHours} h {took.Minutes:00}",
    };

    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} o",
        < 1_000_000 => $"{bytes / 1000d:0.#} ko",
        _ => $"{bytes / 1_000_000d:0.#} Mo",
    };
}
