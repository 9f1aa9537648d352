namespace Rcu.Ingestion;

/// <summary>Where the files received are kept, under names that say nothing, and how large one may be.</summary>
/// <param name="Folder">A folder of this machine, shared by the web and the workers.</param>
/// <param name="MostBytes">A larger file is refused while it is still coming.</param>
public sealed record UploadSettings(string Folder, long MostBytes = 500_000_000);
