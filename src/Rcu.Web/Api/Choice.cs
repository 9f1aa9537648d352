using System.Diagnostics.CodeAnalysis;

namespace Rcu.Web.Api;

/// <summary>One of a few words in an address, as the API writes them itself: the case does not matter.</summary>
internal readonly record struct Choice<T>(T Value) : IParsable<Choice<T>>
    where T : struct, Enum
{
    public static Choice<T> Parse(string text, IFormatProvider? provider) =>
        TryParse(text, provider, out var choice) ? choice : throw new FormatException($"'{text}' is not one of the choices.");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, [MaybeNullWhen(false)] out Choice<T> choice)
    {
        // A number would pass for any choice, and a list for several.
        var known = Enum.TryParse<T>(text, ignoreCase: true, out var value) && char.IsLetter(text[0]) && Enum.IsDefined(value);
        choice = new Choice<T>(value);
        return known;
    }
}
