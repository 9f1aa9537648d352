using System.Text;

namespace Rcu.Ingestion.Reading.Guesses;

/// <summary>
/// Keeps the bytes that mean nothing in a character set: each becomes a sign of its own, which no text has, so that its
/// line can be set aside with what the byte would be for Windows.
/// </summary>
internal sealed class StrayBytes : DecoderFallback
{
    private const char First = '\uF700';
    private const char Last = '\uF7FF';

    public override int MaxCharCount => 4;

    public static bool IsIn(string text) => text.AsSpan().IndexOfAnyInRange(First, Last) >= 0;

    /// <summary>The text as Windows would have written it.</summary>
    public static string AsWindows(string text) => !IsIn(text) ? text : string.Create(text.Length, text, static (signs, from) =>
    {
        var windows = EncodingGuess.Named("windows-1252");
        for (var i = 0; i < from.Length; i++)
        {
            if (from[i] is >= First and <= Last)
            {
                windows.GetChars([(byte)(from[i] - First)], signs.Slice(i, 1));
            }
            else
            {
                signs[i] = from[i];
            }
        }
    });

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private byte[] _bytes = [];
        private int _next;

        public override int Remaining => _bytes.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (_bytes, _next) = ([.. bytesUnknown], 0);
            return _bytes.Length > 0;
        }

        public override char GetNextChar() => _next < _bytes.Length ? (char)(First + _bytes[_next++]) : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0)
            {
                return false;
            }

            _next--;
            return true;
        }

        public override void Reset() => (_bytes, _next) = ([], 0);
    }
}
