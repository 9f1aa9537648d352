using System.Text;

namespace Rcu.Ingestion.Reading.Guesses;

/// <summary>« SociÃ©tÃ© » : text in UTF-8 that was taken for another character set on its way. It is undone where it can be nothing else.</summary>
public sealed class TwiceEncoded(string takenFor)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Encoding _bytes = Encoding.GetEncoding(
        EncodingGuess.Named(takenFor).CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    public string Undo(string text)
    {
        var at = text.AsSpan().IndexOfAnyInRange('\u0080', '\uFFFF');
        if (at < 0)
        {
            return text;
        }

        var undone = new StringBuilder(text.Length);
        var from = 0;
        while (at >= 0)
        {
            undone.Append(text, from, at - from);
            var length = text.AsSpan(at).IndexOfAnyInRange('\0', '\u007F');
            var run = length < 0 ? text[at..] : text.Substring(at, length);
            undone.Append(Run(run));
            from = at + run.Length;
            at = text.AsSpan(from).IndexOfAnyInRange('\u0080', '\uFFFF') is var next && next < 0 ? -1 : from + next;
        }

        return undone.Append(text, from, text.Length - from).ToString();
    }

    private string Run(string run)
    {
        try
        {
            return run.Length < 2 ? run : Strict.GetString(_bytes.GetBytes(run));
        }
        catch (ArgumentException)
        {
            return run; // its signs are not of that set, or their bytes no UTF-8: it was right as it was
        }
    }
}
