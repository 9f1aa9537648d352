namespace Rcu.Ingestion.Connectors.Folder;

/// <summary>Where drop folders lie on this machine, and how a refusal is told to whoever dropped the file.</summary>
/// <param name="Say">In French.</param>
public sealed record DropRoot(string Path, Func<Error, string> Say);
