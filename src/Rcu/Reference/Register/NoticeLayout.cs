using System.Text;
using System.Text.Json;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Identifiers;

namespace Rcu.Reference.Register;

/// <summary>
/// annonces-commerciales: the legal notices of the BODACC as the DILA opens them (licence ouverte), of which insolvency proceedings and
/// strikings off are kept. Added to those known: a file holds some days of them.
/// </summary>
internal sealed class NoticeLayout() : RegisterLayout("notices", "annonces-commerciales", Official, "dateparution")
{
    private const short TableColumns = 11;

    private static readonly string[] Official =
        ["id", "typeavis", "familleavis", "dateparution", "tribunal", "registre", "jugement", "parutionavisprecedent"];

    public override IReadOnlyDictionary<string, string[]> Fills { get; } = new Dictionary<string, string[]>();

    public override IReadOnlyList<string> Needed => [];

    public override string Table =>
        "register.notices_next (id, siren, family, published_on, judged_on, court, nature, detail, kind, replaces, takes_back)";

    public override string Adding => "select register.add_notices()";

    public override string? Write(IRegisterRows row, CopyRows rows)
    {
        var isStruckOff = Bytes(row, 2).SequenceEqual("radiation"u8);
        if (!isStruckOff && !Bytes(row, 2).SequenceEqual("collective"u8))
        {
            return RegisterErrors.OtherNotice;
        }

        if (Sirens(Encoding.UTF8.GetString(Bytes(row, 5))) is not { Count: > 0 } sirens)
        {
            return RegisterErrors.Unnumbered;
        }

        if (Bytes(row, 0).IsEmpty || !TryDate(Bytes(row, 3), out var published) || published is null)
        {
            return RegisterErrors.BadDate;
        }

        var judgement = Object(Bytes(row, 6));
        var before = Object(Bytes(row, 7));
        var nature = Said(judgement, "nature") ?? Said(judgement, "famille");
        var detail = Said(judgement, "complementJugement");
        var judged = TryDate(Encoding.UTF8.GetBytes(Said(judgement, "date") ?? ""), out var day) ? day : null;
        var kind = isStruckOff ? ProceedingKind.StruckOff : Judgement.Of($"{Said(judgement, "famille")} {nature}", detail);
        foreach (var siren in sirens)
        {
            rows.Begin(TableColumns);
            rows.AddText(Bytes(row, 0));
            rows.Add(siren);
            rows.AddText(Bytes(row, 2));
            rows.Add(published);
            rows.Add(judged);
            rows.Add(Bytes(row, 4).IsEmpty ? null : Encoding.UTF8.GetString(Bytes(row, 4)));
            rows.Add(nature);
            rows.Add(detail);
            rows.Add(kind?.ToString());
            rows.Add(Replaced(before));
            rows.Add(Bytes(row, 1).SequenceEqual("annulation"u8));
        }

        return null;
    }

    protected override RegisterLayout Fresh() => new NoticeLayout();

    // « 807 542 123,807542123 »: once as it is read, once as it is searched; several companies may share a notice.
    private static HashSet<string> Sirens(string register) =>
    [
        .. register.Split(',')
            .Select(one => Siren.TryAccept(one, digits => digits.Length == 9, out var siren) ? siren.Value : null).OfType<string>(),
    ];

    // A notice is numbered by its edition, issue and place: A, 20200233, 3642.
    private static string? Replaced(JsonElement before) =>
        Said(before, "nomPublication") is { Length: > 0 } edition && Said(before, "numeroParution") is { } issue && Said(before, "numeroAnnonce") is { } place
            ? $"{edition[^1]}{issue}{place}"
            : null;

    private static JsonElement Object(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            return text.IsEmpty ? default : JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            // What is not read says nothing: the notice still counts by its family.
            return default;
        }
    }

    private static string? Said(JsonElement about, string name) =>
        about.ValueKind is JsonValueKind.Object && about.TryGetProperty(name, out var value) && value.ToString().Trim() is { Length: > 0 } said ? said : null;
}
