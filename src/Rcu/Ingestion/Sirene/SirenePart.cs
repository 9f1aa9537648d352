using Rcu.Reference.Register;

namespace Rcu.Ingestion.Sirene;

/// <summary>One part of the register as the API gives it.</summary>
/// <param name="Kind">The name the register gives it.</param>
/// <param name="Path">Where it is asked for.</param>
/// <param name="List">What the list of its units is called in an answer.</param>
internal sealed record SirenePart(string Kind, string Path, string List)
{
    /// <summary>In the order they are read: the places of a unit come after it.</summary>
    public static IReadOnlyList<SirenePart> All { get; } =
    [
        new("legal_units", "siren", "unitesLegales"),
        new("establishments", "siret", "etablissements"),
        new("successions", "siret/liensSuccession", "liensSuccession"),
    ];

    /// <summary>What is asked: the units treated from one instant to another, both included, in Paris time.</summary>
    public string Query(DateTime since, DateTime until) => $"{RegisterChanges.Parts[Kind]}:[{since:s} TO {until:s}]";
}
