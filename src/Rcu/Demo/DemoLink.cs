namespace Rcu.Demo;

/// <summary>Whom one record of one source is really about, and what was done to it.</summary>
internal sealed record DemoLink(string Source, string Entity, string RecordId, string Siren)
{
    public string Siret { get; init; } = "";

    public string PersonId { get; init; } = "";

    /// <summary>Filled on the later copies of a record that its source holds twice.</summary>
    public string DuplicateGroup { get; init; } = "";

    /// <summary>The kinds of dirt, in French as they are counted.</summary>
    public IReadOnlyList<string> Operators { get; init; } = [];
}
