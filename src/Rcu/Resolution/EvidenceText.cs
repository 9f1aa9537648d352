using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>
/// Evidence as text. A link has one per record, so that it is written as lean as can be: an array for each comparison, its
/// field, its level, its two weights, and the value, or the two when they differ. The queue, which is searched by evidence,
/// has objects.
/// </summary>
internal static class EvidenceText
{
    private const int Decimals = 3;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The bytes hold until this thread writes again.</summary>
    public static ReadOnlySpan<byte> Lean(IReadOnlyList<Evidence> evidence)
    {
        var json = Begin();
        foreach (var one in evidence)
        {
            json.WriteStartArray();
            json.WriteStringValue(one.Field);
            json.WriteStringValue(one.Level);
            json.WriteNumberValue(Math.Round(one.Weight, Decimals));
            json.WriteNumberValue(Math.Round(one.TermFrequencyPart, Decimals));
            json.WriteStringValue(one.Left);
            if (one.Right != one.Left)
            {
                json.WriteStringValue(one.Right);
            }

            json.WriteEndArray();
        }

        return End(json);
    }

    /// <summary>The bytes hold until this thread writes again.</summary>
    /// <param name="swapped">The left record is written as the right one.</param>
    public static ReadOnlySpan<byte> Objects(IReadOnlyList<Evidence> evidence, bool swapped)
    {
        var json = Begin();
        foreach (var one in evidence)
        {
            json.WriteStartObject();
            json.WriteString("field"u8, one.Field);
            json.WriteString("left"u8, swapped ? one.Right : one.Left);
            json.WriteString("right"u8, swapped ? one.Left : one.Right);
            json.WriteString("level"u8, one.Level);
            json.WriteNumber("weight"u8, one.Weight);
            json.WriteNumber("termFrequencyPart"u8, one.TermFrequencyPart);
            json.WriteEndObject();
        }

        return End(json);
    }

    public static string LeanText(IReadOnlyList<Evidence> evidence) => System.Text.Encoding.UTF8.GetString(Lean(evidence));

    public static IReadOnlyList<Evidence> Read(string lean)
    {
        using var text = JsonDocument.Parse(lean);
        return
        [
            .. text.RootElement.EnumerateArray().Select(one => new Evidence(
                one[0].GetString()!, one[4].GetString(), one[one.GetArrayLength() - 1].GetString(), one[1].GetString()!,
                one[2].GetDouble(), one[3].GetDouble())),
        ];
    }

    private static Utf8JsonWriter Begin()
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1 << 12);
        buffer.ResetWrittenCount();
        var json = _writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.Reset();
        json.WriteStartArray();
        return json;
    }

    private static ReadOnlySpan<byte> End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.Flush();
        return _buffer!.WrittenSpan;
    }
}
