namespace Rcu.Activation.Connectors.Csv;

/// <summary>Where the hub keeps the files it makes, one per run. They are named by the run, never by a person.</summary>
public sealed record ExportFolder(string Path)
{
    public string FileOf(Guid runId) => System.IO.Path.Combine(Path, $"{runId:n}.csv");

    /// <summary>Opens the file of a run; null when it made none.</summary>
    public Stream? Open(Guid runId) => File.Exists(FileOf(runId)) ? File.OpenRead(FileOf(runId)) : null;
}
