using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rcu.Web.Pages.Activation;

/// <summary>What is told to a tool, as a person reads it: JSON one value a line, anything else as it is.</summary>
internal static class SentText
{
    // A page encodes what it shows itself.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return text;
        }

        try
        {
            using var read = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(read.RootElement, Readable);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
