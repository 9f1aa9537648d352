using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rcu.Benchmarks;

/// <summary>What was measured, beside what was measured at the same time to compare it with, and what is promised of it.</summary>
/// <param name="Reference">What <paramref name="Ratio"/> is to. A machine's speed is in both, and so in neither.</param>
/// <param name="Target">In words; null when nothing is promised.</param>
internal sealed record Figure(
    string Id, double Value, string Unit, string? Reference = null, double? Ratio = null, string? Target = null, bool? Pass = null)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether missing the target fails the run. Targets in milliseconds or rows per second do not: they depend on the machine.</summary>
    [JsonIgnore]
    public bool IsHard { get; private init; }

    public Figure ValueAtMost(double most, bool hard) => Aiming("value ≤", most, Value <= most, hard);

    public Figure ValueAtLeast(double least, bool hard) => Aiming("value ≥", least, Value >= least, hard);

    public Figure RatioAtMost(double most) => Aiming("ratio ≤", most, Ratio <= most, hard: true);

    public Figure RatioAtLeast(double least) => Aiming("ratio ≥", least, Ratio >= least, hard: true);

    public string ToJson() =>
        JsonSerializer.Serialize(this with { Value = Rounded(Value), Ratio = Ratio is { } ratio ? Rounded(ratio) : null }, Readable);

    private Figure Aiming(string sign, double target, bool pass, bool hard) =>
        this with { Target = string.Create(CultureInfo.InvariantCulture, $"{sign} {target}"), Pass = pass, IsHard = hard };

    private static double Rounded(double value) => Math.Round(value, Math.Abs(value) >= 100 ? 0 : 4);
}
