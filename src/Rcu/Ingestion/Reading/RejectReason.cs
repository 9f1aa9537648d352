namespace Rcu.Ingestion.Reading;

/// <summary>Why one row was set aside while the rest of its file went on, in words for the person who sent the file.</summary>
/// <param name="Code">Stable, for machines and translations: <c>row.columns</c>.</param>
/// <param name="Message">The French sentence of the rejects file.</param>
public sealed record RejectReason(string Code, string Message, string? Column = null, string? Value = null)
{
    private const int Shown = 200;

    /// <summary>Whether the row speaks of nobody: a total, or titles once more.</summary>
    public bool IsNoRecord => Code is "row.total" or "row.titles";

    public static RejectReason Columns(int found, int expected, string? value) => new(
        "row.columns", $"La ligne a {found} colonne(s), l'en-tête en a {expected}.", null, Cut(value));

    public static RejectReason Quote(string? column, string? value) => new(
        "row.quote", "Un guillemet est ouvert ou fermé au mauvais endroit.", column, Cut(value));

    public static RejectReason Encoding(string? column, string? value) => new(
        "row.encoding",
        "La ligne n'est pas dans le même encodage que le reste du fichier ; elle est montrée comme Windows l'écrirait. Vérifiez ses accents, ou déclarez l'encodage du fichier.",
        column, Cut(value));

    public static RejectReason Total() => new(
        "row.total", "Cette dernière ligne est un total, pas un enregistrement.");

    public static RejectReason Titles() => new(
        "row.titles", "Cette ligne répète les titres des colonnes, ce n'est pas un enregistrement.");

    public static RejectReason TooLong(int limit) => new(
        "row.too_long", $"La ligne ou l'une de ses cellules dépasse {limit:N0} caractères.");

    public static RejectReason NotJson(string detail) => new(
        "row.json", $"La ligne n'est pas du JSON : {detail}");

    public static RejectReason NotAnObject(string kind) => new(
        "row.not_an_object", $"La ligne devrait être un objet JSON, c'est : {kind}.");

    public static RejectReason Truncated() => new(
        "file.truncated", "Le fichier s'arrête avant la fin de sa liste : il a sans doute été coupé en route, demandez-le de nouveau.");

    public static RejectReason NumberTooLarge(string path, string value) => new(
        "row.number", "Ce nombre est trop grand pour être conservé.", path, Cut(value));

    public static RejectReason Damaged(string detail) => new(
        "file.damaged", $"Le fichier est abîmé à partir d'ici, la suite n'a pas pu être lue : {detail}");

    public static RejectReason NoKey(string columns) => new(
        "row.no_key", "La clé de la ligne est vide.", columns);

    public static RejectReason LongKey(string column, string key) => new(
        "row.long_key", "La clé de la ligne est trop longue.", column, Cut(key));

    public static RejectReason NotWanted(string column, string? value) => new(
        "row.not_wanted", "Aucune correspondance déclarée ne prend cette ligne.", column, Cut(value));

    public static readonly RejectReason LeftOut = new("row.left_out", "La ligne a été laissée de côté pendant le contrôle du fichier.");

    /// <summary>As much of a text as a person can look at, and no half of a sign that takes two places.</summary>
    public static string? Cut(string? text) =>
        text is { Length: > Shown } ? string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[Shown - 1]) ? Shown - 1 : Shown), "…") : text;
}
