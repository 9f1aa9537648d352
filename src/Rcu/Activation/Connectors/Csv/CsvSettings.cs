namespace Rcu.Activation.Connectors.Csv;

/// <summary>A file asks for nothing: it is made where the hub keeps its files.</summary>
public sealed record CsvSettings;
