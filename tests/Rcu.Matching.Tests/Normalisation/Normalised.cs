using System.Globalization;
using System.Text;
using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Tests.Normalisation;

/// <summary>What the engine makes of a text, as text: the one place that knows its bytes and codes.</summary>
internal static class Normalised
{
    public static string Folded(string text) => Text((value, read) => Folding.Fold(value, read), text) ?? "";

    public static string? CompanyName(string text)
    {
        var names = new CompanyNames(Lexicons.LegalForms);
        Span<int> words = stackalloc int[CompanyNames.MostWords];
        var count = names.Read(Encoding.UTF8.GetBytes(text), words);
        return count == 0 ? null : string.Join(' ', words[..count].ToArray().Select(names.Table.Text));
    }

    public static (string? Number, string? Name) Street(string text)
    {
        Span<byte> read = stackalloc byte[Folding.Longest];
        var (number, length) = Streets.Street(Encoding.UTF8.GetBytes(text), read);
        return (number == 0 ? null : number.ToString(CultureInfo.InvariantCulture), length == 0 ? null : Encoding.ASCII.GetString(read[..length]));
    }

    public static string? Town(string text) => Text(Streets.Town, text);

    public static string? PostalCode(string text) => Text(Streets.PostalCode, text);

    public static string? Phone(string text) => Text(Contacts.Phone, text);

    public static string? Website(string text) => Text(Contacts.Website, text);

    public static string? Date(string text) => Text(Dates.Read, text);

    public static (string Local, string Domain)? Mailbox(string text)
    {
        Span<byte> read = stackalloc byte[Folding.Longest];
        var (length, at) = Contacts.Mailbox(Encoding.UTF8.GetBytes(text), read);
        return length == 0 ? null : (Encoding.ASCII.GetString(read[..at]), Encoding.ASCII.GetString(read[(at + 1)..length]));
    }

    public static (string? Digits, bool Valid) Siren(string text, FieldKind kind)
    {
        Span<byte> read = stackalloc byte[SirenText.Length];
        var (length, valid) = SirenText.Read(Encoding.UTF8.GetBytes(text), kind, read);
        return (length == 0 ? null : Encoding.ASCII.GetString(read[..length]), valid);
    }

    private static string? Text(Read read, string text)
    {
        Span<byte> written = stackalloc byte[Folding.Longest];
        var length = read(Encoding.UTF8.GetBytes(text), written);
        return length == 0 ? null : Encoding.ASCII.GetString(written[..length]);
    }

    private delegate int Read(ReadOnlySpan<byte> text, Span<byte> written);
}
