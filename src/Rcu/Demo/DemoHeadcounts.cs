namespace Rcu.Demo;

/// <summary>The number of employees a source types for a headcount band of the register.</summary>
internal static class DemoHeadcounts
{
    private static readonly Dictionary<string, int> Numbers = new()
    {
        ["NN"] = 0,
        ["00"] = 0,
        ["01"] = 1,
        ["02"] = 4,
        ["03"] = 8,
        ["11"] = 15,
        ["12"] = 35,
        ["21"] = 75,
        ["22"] = 150,
        ["31"] = 220,
        ["32"] = 370,
        ["41"] = 750,
        ["42"] = 1500,
        ["51"] = 3500,
    };

    public static int Typical(string band) => Numbers.GetValueOrDefault(band);

    public static string Typed(string band) => Numbers.TryGetValue(band, out var number) ? $"{number}" : "";
}
