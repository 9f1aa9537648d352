using Microsoft.Extensions.Localization;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Web.Hosting;

namespace Rcu.Web.Pages.Imports;

/// <summary>How far an import at work is, how many rows it reads in a second, and how long it still takes at that speed.</summary>
/// <param name="PerSecond">Since it was last taken up; null while nothing was read.</param>
/// <param name="Remaining">Null when nobody knows how many rows there are.</param>
internal sealed record ImportPace(ImportView Import, double? PerSecond, TimeSpan? Remaining)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>All rows are read: they become evidence, in one statement.</summary>
    public bool IsRead => Import.Status is RunStatus.Running && Import.Done > 0 && Import.Done == Import.Total;

    public static ImportPace Of(ImportView import, DateTimeOffset now)
    {
        var (read, seconds) = (import.Done - import.AttemptFrom, (now - (import.AttemptAt ?? now)).TotalSeconds);
        if (import.Status is not RunStatus.Running || read <= 0 || seconds <= 0)
        {
            return new ImportPace(import, null, null);
        }

        var pace = read / seconds;
        var left = import.Total is { } total && total > import.Done ? (total - import.Done) / pace : (double?)null;
        return new ImportPace(import, pace, left < Longest.TotalSeconds ? TimeSpan.FromSeconds(Math.Ceiling(left.Value)) : null);
    }

    /// <summary>The same in one sentence.</summary>
    public string In(IStringLocalizer<Texts> texts)
    {
        if (IsRead)
        {
            return texts["import.promoting", Show.Count(Import.Done)];
        }

        var read = Import.Total is { } total && total > Import.Done
            ? texts["import.progress.of", Show.Count(Import.Done), Show.Count(total)].Value
            : texts["import.progress", Show.Count(Import.Done)].Value;
        var pace = PerSecond is { } rows ? texts["import.pace", Show.Count((long)Math.Max(1, rows))].Value : "";
        return read + pace + (Remaining is { } left ? texts["import.remaining", ImportTexts.Duration(left)].Value : "");
    }
}
