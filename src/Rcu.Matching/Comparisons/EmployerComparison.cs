using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>
/// Where a person works: the account's id, its official number, the domain of the mailbox, or the company's name. People
/// change firms, so that another employer says little against.
/// </summary>
internal sealed class EmployerComparison : Comparison
{
    private const int MostIds = 3;
    private const int ShortestLabel = 3;
    private const double MostNameBits = 9;
    private readonly FieldMap _fields;
    private readonly WordSet _free;
    private readonly CompanyNameReader _reader;
    private readonly int[] _ids;
    private readonly int[] _officials;
    private readonly int[] _sites;
    private readonly int[] _mails;
    private readonly ByteTable _table = new();

    // Of each code, the identifier field it comes from, from 1; 0 for an official number or a domain.
    private readonly List<int> _fieldOf = [0];
    private readonly Column _idColumn;
    private readonly Column _domainColumn;
    private readonly Rarity _idRarity = new(1e-3, 1000);
    private readonly Rarity _domainRarity = new(1e-3, 1000);

    public EmployerComparison(RowTable rows, FieldMap fields, MatchSettings settings, WordSet free)
        : base("employer",
        [
            new Level("account", .50, 1e-3, ByFrequency: true),
            new Level("domain", .40, 1e-3, ByFrequency: true),
            new Level("name", .35, 1e-3, ByFrequency: true),
            new Level("near_name", .15, 2e-3, ByFrequency: true),
            new Level("different", .14, .97),
        ])
    {
        (_fields, _free) = (fields, free);
        _ids = fields.Of(FieldKind.Identifier);
        _officials = fields.Of(FieldKind.Siren, FieldKind.Siret, FieldKind.Vat);
        _sites = fields.Of(FieldKind.Website);
        _mails = fields.Of(FieldKind.Email);
        _reader = new CompanyNameReader(fields);
        _idColumn = rows.Add(Math.Min(MostIds, _ids.Length + Math.Min(1, _officials.Length)));
        _domainColumn = rows.Add(Math.Min(MostIds, _sites.Length + _mails.Length));
        Names = new CompanyNameIndex(rows, Math.Min(4, CompanyNameReader.WidthOf(fields) + _domainColumn.Width), new CompanyNames(settings.LegalForms));
    }

    public CompanyNameIndex Names { get; }

    public override void Store(int record, RecordText text)
    {
        _idColumn.Clear(record);
        _domainColumn.Clear(record);
        Names.Clear(record);
        Span<byte> read = stackalloc byte[Folding.Longest];
        foreach (var field in _ids)
        {
            // One number of two systems is two numbers: the field goes in front.
            read[0] = (byte)field;
            var rest = read[1..];
            var length = Folding.Squeeze(rest[..Folding.Fold(text[field][..Math.Min(text[field].Length, rest.Length)], rest)]);
            _idColumn.Add(record, length == 0 ? 0 : CodeOf(read[..(length + 1)], field + 1));
        }

        foreach (var field in _officials)
        {
            var (length, valid) = SirenText.Read(text[field], _fields.Fields[field].Kind, read);
            _idColumn.Add(record, valid ? CodeOf(read[..length], 0) : 0);
        }

        _reader.Store(Names, record, text);
        foreach (var field in _sites)
        {
            AddDomain(record, read[..Contacts.Website(text[field], read)]);
        }

        foreach (var field in _mails)
        {
            var (length, at) = Contacts.Mailbox(text[field], read);
            AddDomain(record, length == 0 ? [] : read[(at + 1)..length]);
        }
    }

    /// <summary>Takes the identifiers that are people's own out, and tells whether a firm is told beyond the domain of a mailbox.</summary>
    public bool Forget(IReadOnlyCollection<int> personal, int rows)
    {
        if (personal.Count > 0)
        {
            _idColumn.Remove(code => personal.Contains(_fieldOf[code] - 1), rows);
        }

        return _ids.Length - personal.Count + _officials.Length > 0 || _fields.Has(FieldKind.CompanyName);
    }

    public override void Complete(int rows)
    {
        _idRarity.Count(_idColumn, rows, _table.Count);
        _domainRarity.Count(_domainColumn, rows, _table.Count);
        Names.Complete(rows, null);
    }

    public override void BeginTemporary()
    {
        _table.BeginTemporary();
        Names.BeginTemporary();
    }

    public override void EndTemporary()
    {
        _table.EndTemporary();
        _fieldOf.RemoveRange(_table.Count, _fieldOf.Count - _table.Count);
        Names.EndTemporary();
    }

    public ReadOnlySpan<int> Ids(int row) => _idColumn[row];

    public ReadOnlySpan<int> Domains(int row) => _domainColumn[row];

    public override int Compare(int left, int right, out double bits)
    {
        bits = 0;
        if (_idColumn.Shared(left, right) is not 0 and var id)
        {
            bits = _idRarity.Bits(id);
            return 1;
        }

        if (_domainColumn.Shared(left, right) is not 0 and var domain)
        {
            bits = _domainRarity.Bits(domain);
            return 2;
        }

        var (level, rarity) = CompanyNamePair.Of(Names, left, right);
        bits = Math.Min(MostNameBits, rarity);
        return level switch
        {
            NameSimilarity.Same => 3,
            NameSimilarity.Near or NameSimilarity.Similar or NameSimilarity.Acronym => 4,
            NameSimilarity.Missing when !Comparable(_idColumn, left, right) && !Comparable(_domainColumn, left, right) => 0,
            _ => 5,
        };
    }

    public override double MostBits(int left, int right) =>
        _idColumn.Shared(left, right) is not 0 and var id ? _idRarity.Bits(id)
        : _domainColumn.Shared(left, right) is not 0 and var domain ? _domainRarity.Bits(domain)
        : MostNameBits;

    public override string? Show(int row) => Names.Show(row) ?? Text(_domainColumn, row) ?? Text(_idColumn, row);

    private string? Text(Column column, int row)
    {
        var code = column.First(row);
        return code == 0 ? null : _fieldOf[code] == 0 ? _table.Text(code) : _table.Text(code)![1..];
    }

    private int CodeOf(ReadOnlySpan<byte> value, int field)
    {
        var code = _table.Encode(value);
        if (code == _fieldOf.Count)
        {
            _fieldOf.Add(field);
        }

        return code;
    }

    private void AddDomain(int record, ReadOnlySpan<byte> domain)
    {
        if (domain.Length == 0 || _free.Contains(domain))
        {
            return;
        }

        _domainColumn.Add(record, CodeOf(domain, 0));

        // "le-glacier.fr" is how the firm calls itself, for those who only typed its name.
        Span<int> words = stackalloc int[CompanyNames.MostWords];
        var label = LongestLabel(domain);
        Names.Add(record, words[..(label.Length < ShortestLabel ? 0 : Names.Reader.Read(label, words))]);
    }

    private static ReadOnlySpan<byte> LongestLabel(ReadOnlySpan<byte> domain)
    {
        ReadOnlySpan<byte> longest = [];
        for (var rest = domain; rest.IndexOf((byte)'.') is >= 0 and var dot; rest = rest[(dot + 1)..])
        {
            longest = dot > longest.Length ? rest[..dot] : longest;
        }

        return longest;
    }

    private static bool Comparable(Column column, int left, int right) =>
        column.First(left) != 0 && column.First(right) != 0;
}
