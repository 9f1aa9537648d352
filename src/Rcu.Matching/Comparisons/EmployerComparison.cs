using Rcu.Matching.Normalisation;
using Rcu.Matching.Text;

namespace Rcu.Matching.Comparisons;

/// <summary>
/// Where a person works: the account's id, its official number, the domain of the mailbox, or the company's name. People
/// change firms, so that another employer says little against.
/// </summary>
internal sealed class EmployerComparison : Comparison
{
    private readonly FieldMap _fields;
    private readonly MatchSettings _settings;
    private readonly CompanyNames _reader;
    private readonly int[] _ids;
    private readonly int[] _officials;
    private readonly int[] _sites;
    private readonly int[] _mails;
    private readonly int[] _names;
    private readonly int[] _towns;
    private readonly ValueTable _table = new();
    private readonly Column _idColumn = new(3);
    private readonly Column _domainColumn = new(3);
    private int _known;
    private readonly Rarity _idRarity = new(1e-3, 1000);
    private readonly Rarity _domainRarity = new(1e-3, 1000);

    public EmployerComparison(FieldMap fields, MatchSettings settings, CompanyNames reader, int[] ids)
        : base("employer",
        [
            new Level("account", .50, 1e-3, ByFrequency: true),
            new Level("domain", .40, 1e-3, ByFrequency: true),
            new Level("name", .35, 1e-3, ByFrequency: true),
            new Level("near_name", .15, 2e-3, ByFrequency: true),
            new Level("different", .14, .97),
        ])
    {
        (_fields, _settings, _reader, _ids) = (fields, settings, reader, ids);
        _officials = fields.Of(FieldKind.Siren, FieldKind.Siret, FieldKind.Vat);
        _sites = fields.Of(FieldKind.Website);
        _mails = fields.Of(FieldKind.Email);
        _names = fields.Of(FieldKind.CompanyName);
        _towns = fields.Of(FieldKind.Town);
    }

    /// <summary>Whether the firm is told beyond the domain of a mailbox.</summary>
    public bool IsTold => _names.Length + _ids.Length + _officials.Length > 0;

    public CompanyNameIndex Names { get; } = new();

    private sealed record Employer(List<string> Ids, List<string> Domains, List<List<string>> Names);

    public override object? Read(IReadOnlyList<string?> values)
    {
        var ids = new List<string>(2);
        foreach (var field in _ids)
        {
            var text = values[field] is { } value ? Folding.LettersAndDigits(value) : "";
            if (text.Length > 0)
            {
                ids.Add($"{field} {text}");
            }
        }

        foreach (var field in _officials)
        {
            if (SirenText.Read(values[field], _fields.Fields[field].Kind) is (var siren, true))
            {
                ids.Add(siren!);
            }
        }

        var domains = new List<string>(2);
        domains.AddRange(_sites.Select(field => Contacts.Website(values[field])).OfType<string>());
        domains.AddRange(_mails.Select(field => Contacts.Mailbox(values[field])?.Domain).OfType<string>());
        domains.RemoveAll(_settings.FreeMailDomains.Contains);
        var names = CompanyNameComparison.ReadNames(_reader, values, _names, _towns) ?? [];
        names.AddRange(domains.Take(2).Select(NameOf).Where(words => words.Count > 0));
        return ids.Count + domains.Count + names.Count == 0 ? null : new Employer(ids, domains, names);
    }

    public override void Reserve(int rows)
    {
        _idColumn.Reserve(rows);
        _domainColumn.Reserve(rows);
        Names.Reserve(rows);
    }

    public override void Store(int row, object? read)
    {
        _idColumn.Clear(row);
        _domainColumn.Clear(row);
        var employer = read as Employer;
        employer?.Ids.ForEach(id => _idColumn.Add(row, _table.Encode(id)));
        employer?.Domains.ForEach(domain => _domainColumn.Add(row, _table.Encode(domain)));
        Names.Store(row, employer?.Names ?? []);
    }

    public override void Complete(int rows)
    {
        _idRarity.Count(_idColumn, rows, _table.Count);
        _domainRarity.Count(_domainColumn, rows, _table.Count);
        Names.Complete(rows, null);
        _known = _table.Count;
    }

    public override void Forget(int row)
    {
        _idColumn.Clear(row);
        _domainColumn.Clear(row);
        _table.Forget(_known);
        Names.Forget(row);
    }

    public ReadOnlySpan<int> Ids(int row) => _idColumn[row];

    public ReadOnlySpan<int> Domains(int row) => _domainColumn[row];

    public override int Compare(int left, int right)
    {
        if (_idColumn.Shared(left, right) != 0)
        {
            return 1;
        }

        if (_domainColumn.Shared(left, right) != 0)
        {
            return 2;
        }

        var level = Names.Compare(left, right).Level;
        return level switch
        {
            NameSimilarity.Same => 3,
            NameSimilarity.Near or NameSimilarity.Similar or NameSimilarity.Acronym => 4,
            NameSimilarity.Missing when !Comparable(_idColumn, left, right) && !Comparable(_domainColumn, left, right) => 0,
            _ => 5,
        };
    }

    public override double Bits(int left, int right, int level) => level switch
    {
        1 => _idRarity.Bits(_idColumn.Shared(left, right)),
        2 => _domainRarity.Bits(_domainColumn.Shared(left, right)),
        _ => Math.Min(9, Names.Compare(left, right).Bits),
    };

    public override string? Show(int row) =>
        Names.Show(row) ?? _table.Text(_domainColumn.First(row)) ?? _table.Text(_idColumn.First(row))?.Split(' ')[^1];

    /// <summary>"le-glacier.fr" is how the firm calls itself, for those who only typed its name.</summary>
    private List<string> NameOf(string domain)
    {
        var parts = domain.Split('.');
        var longest = parts[..^1].MaxBy(part => part.Length) ?? "";
        return longest.Length < 3 ? [] : _reader.Read(longest);
    }

    private static bool Comparable(Column column, int left, int right) =>
        column.First(left) != 0 && column.First(right) != 0;
}
