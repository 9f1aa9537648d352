using System.Buffers;

namespace Rcu.Ingestion.Reading.Guesses;

/// <summary>What a file's format says of its accents, applied to one text of it.</summary>
internal sealed class Accents(FileFormat format)
{
    private readonly TwiceEncoded _twice = new(format.Encoding.StartsWith("utf", StringComparison.Ordinal) ? "windows-1252" : format.Encoding);
    private readonly SearchValues<char> _suspects = SearchValues.Create(format.Suspects);

    /// <summary>Whether the text is in another character set than the file.</summary>
    public bool AreForeign(string text) => StrayBytes.IsIn(text) || text.AsSpan().IndexOfAny(_suspects) >= 0;

    /// <summary>The text with the accents that were encoded twice.</summary>
    public string Restored(string text) => format.Twice ? _twice.Undo(text) : text;

    /// <summary>The same, and whether there were any.</summary>
    public string Restored(string text, ref bool restored)
    {
        var undone = Restored(text);
        restored |= undone != text;
        return undone;
    }
}
