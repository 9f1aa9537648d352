using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rcu.Ingestion.Reading.Json;

/// <summary>JSON as the database is given it: accents stay readable for whoever looks there.</summary>
internal static class JsonBytes
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A million small texts are written one after the other: each thread keeps its pen.
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Text, Utf8JsonWriter Pen)? _own;

    public static byte[] Of<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var (text, pen) = _own ?? New();
        text.ResetWrittenCount();
        pen.Reset();
        write(pen, value);
        pen.Flush();
        return text.WrittenSpan.ToArray();
    }

    /// <summary>A name that is written many times.</summary>
    public static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    private static (ArrayBufferWriter<byte> Text, Utf8JsonWriter Pen) New()
    {
        var text = new ArrayBufferWriter<byte>(1_024);
        var own = (text, new Utf8JsonWriter(text, Readable));
        _own = own;
        return own;
    }
}
