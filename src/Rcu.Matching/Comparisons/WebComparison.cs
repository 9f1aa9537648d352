using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>The web domain of a company, from its site or its mailboxes; free and widely shared domains say nothing.</summary>
internal sealed class WebComparison : Comparison
{
    private const int ManyCompanies = 12;
    private const int MostDomains = 3;
    private const int MostBoxes = 2;
    private readonly int[] _sites;
    private readonly int[] _mails;
    private readonly int[] _names;
    private readonly WordSet _free;
    private readonly ByteTable _table = new();
    private readonly Column _domains;
    private readonly Column _boxes;

    // Whether the first domain of a record is its name written as one: it was made, or guessed, from the name.
    private readonly Column _named;
    private readonly Rarity _rarity = new(2e-4, 4096);

    public WebComparison(RowTable rows, FieldMap fields, WordSet free)
        : base("web",
        [
            new Level("mailbox", .25, 1e-3, ByFrequency: true),
            new Level("domain", .45, 1.6e-3, ByFrequency: true),
            new Level("named_domain", .40, .05, IsFixed: true),
            new Level("near", .03, 2e-3),
            new Level("different", .27, .98),
        ])
    {
        _free = free;
        _sites = fields.Of(FieldKind.Website);
        _mails = fields.Of(FieldKind.Email);
        _names = fields.Of(FieldKind.CompanyName);
        _domains = rows.Add(Math.Min(MostDomains, _sites.Length + _mails.Length));
        _boxes = rows.Add(Math.Min(MostBoxes, _mails.Length));
        _named = rows.Add(1);
    }

    public Func<int, int>? Witness { get; set; }

    public override void Store(int record, RecordText text)
    {
        _domains.Clear(record);
        _boxes.Clear(record);
        Span<byte> read = stackalloc byte[Folding.Longest];
        foreach (var field in _sites)
        {
            var domain = read[..Contacts.Website(text[field], read)];
            if (domain.Length > 0 && !_free.Contains(domain))
            {
                _domains.Add(record, _table.Encode(domain));
            }
        }

        foreach (var field in _mails)
        {
            var (length, at) = Contacts.Mailbox(text[field], read);
            if (length > 0)
            {
                _boxes.Add(record, _table.Encode(read[..length]));
                var domain = read[(at + 1)..length];
                _domains.Add(record, _free.Contains(domain) ? 0 : _table.Encode(domain));
            }
        }

        _named.Set(record, IsName(text, _domains.Staged(record)[0]) ? 1 : 0);
    }

    private bool IsName(RecordText text, int domain)
    {
        if (domain == 0)
        {
            return false;
        }

        Span<byte> name = stackalloc byte[Folding.Longest];
        foreach (var field in _names)
        {
            var value = text[field];
            if (value.Length > 0 && DomainNames.IsMadeOf(_table.Bytes(domain), name[..Folding.Fold(value, name)]))
            {
                return true;
            }
        }

        return false;
    }

    public override void Complete(int rows)
    {
        _rarity.Count(_domains, rows, _table.Count, Witness);
        _domains.Remove(code => _rarity.HoldersOf(code) >= ManyCompanies, rows);
    }

    public override void BeginTemporary() => _table.BeginTemporary();

    public override void EndTemporary() => _table.EndTemporary();

    public ReadOnlySpan<int> Domains(int row) => _domains[row];

    public ReadOnlySpan<int> Boxes(int row) => _boxes[row];

    public override int Compare(int left, int right, out double bits)
    {
        bits = 0;
        var domain = _domains.Shared(left, right);
        if (_boxes.Shared(left, right) != 0)
        {
            bits = Math.Max(domain == 0 ? 9 : _rarity.Bits(domain), 9) + 1;
            return 1;
        }

        var (a, b) = (_domains.First(left), _domains.First(right));
        if (a == 0 || b == 0)
        {
            return 0;
        }

        if (domain != 0 && _named.First(left) != 0 && _named.First(right) != 0)
        {
            return 3;
        }

        if (domain != 0)
        {
            bits = Math.Min(10, _rarity.Bits(domain) - 2);
            return 2;
        }

        return _table.OneErrorApart(a, b) ? 4 : 5;
    }

    public override string? Show(int row)
    {
        var box = _boxes.First(row);
        return _table.Text(box != 0 ? box : _domains.First(row));
    }
}
