namespace Rcu.Matching;

/// <summary>
/// The weights of a run, frozen: kept as JSON and given back through the settings, later runs weigh alike. A field or a
/// level it does not know keeps the weight the engine ships with.
/// </summary>
/// <param name="Version">Twelve hexadecimal digits made from all the figures: two models of one version are the same.</param>
/// <param name="TwinsPerRecord">How many other records of the set, on average, are the same entity as one.</param>
public sealed record MatchModel(string Version, double TwinsPerRecord, IReadOnlyList<ModelField> Fields);

/// <summary>The levels of one comparison, from the strongest agreement to plain difference.</summary>
public sealed record ModelField(string Name, IReadOnlyList<ModelLevel> Levels);

/// <param name="M">How often the records of one entity fall on it.</param>
/// <param name="U">How often strangers do.</param>
public sealed record ModelLevel(string Name, double M, double U);
