using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>The web domain of a company, from its site or its mailboxes; free and widely shared domains say nothing.</summary>
internal sealed class WebComparison(FieldMap fields, MatchSettings settings) : Comparison("web",
[
    new Level("mailbox", .25, 1e-3, ByFrequency: true),
    new Level("domain", .45, 1.6e-3, ByFrequency: true),
    new Level("near", .03, 2e-3),
    new Level("different", .27, .98),
])
{
    private const int ManyCompanies = 12;
    private readonly int[] _sites = fields.Of(FieldKind.Website);
    private readonly int[] _mails = fields.Of(FieldKind.Email);
    private readonly ValueTable _table = new();
    private readonly Column _domains = new(3);
    private readonly Column _boxes = new(2);
    private int _known;
    private readonly Rarity _rarity = new(2e-4, 4096);

    public Func<int, int>? Witness { get; set; }

    private sealed record Web(List<string> Domains, List<string> Boxes);

    public override object? Read(IReadOnlyList<string?> values)
    {
        var web = new Web([], []);
        foreach (var field in _sites)
        {
            if (Contacts.Website(values[field]) is { } domain && !settings.FreeMailDomains.Contains(domain))
            {
                web.Domains.Add(domain);
            }
        }

        foreach (var field in _mails)
        {
            if (Contacts.Mailbox(values[field]) is var (local, domain))
            {
                web.Boxes.Add($"{local}@{domain}");
                if (!settings.FreeMailDomains.Contains(domain))
                {
                    web.Domains.Add(domain);
                }
            }
        }

        return web.Domains.Count + web.Boxes.Count == 0 ? null : web;
    }

    public override void Reserve(int rows)
    {
        _domains.Reserve(rows);
        _boxes.Reserve(rows);
    }

    public override void Store(int row, object? read)
    {
        _domains.Clear(row);
        _boxes.Clear(row);
        if (read is Web web)
        {
            web.Domains.ForEach(domain => _domains.Add(row, _table.Encode(domain)));
            web.Boxes.ForEach(box => _boxes.Add(row, _table.Encode(box)));
        }
    }

    public override void Complete(int rows)
    {
        _rarity.Count(_domains, rows, _table.Count, Witness);
        _domains.Remove(code => _rarity.HoldersOf(code) >= ManyCompanies, rows);
        _known = _table.Count;
    }

    public override void Forget(int row)
    {
        _domains.Clear(row);
        _boxes.Clear(row);
        _table.Forget(_known);
    }

    public ReadOnlySpan<int> Domains(int row) => _domains[row];

    public ReadOnlySpan<int> Boxes(int row) => _boxes[row];

    public override int Compare(int left, int right)
    {
        if (_boxes.Shared(left, right) != 0)
        {
            return 1;
        }

        var (a, b) = (_domains.First(left), _domains.First(right));
        if (a == 0 || b == 0)
        {
            return 0;
        }

        return _domains.Shared(left, right) != 0 ? 2
            : Levenshtein.OneErrorApart(_table.Bytes(a), _table.Bytes(b)) ? 3 : 4;
    }

    public override double Bits(int left, int right, int level)
    {
        var domain = _domains.Shared(left, right);
        return level == 1 ? Math.Max(domain == 0 ? 9 : _rarity.Bits(domain), 9) + 1 : Math.Min(10, _rarity.Bits(domain) - 2);
    }

    public override string? Show(int row) => _table.Text(_boxes.First(row) != 0 ? _boxes.First(row) : _domains.First(row));
}
