using Rcu.Matching.Blocking;
using Rcu.Matching.Normalisation;

namespace Rcu.Matching.Comparisons;

/// <summary>The comparisons and rules that the fields of a record set allow.</summary>
internal sealed class ComparisonSet
{
    private readonly EntityKind _kind;
    private readonly List<ValueComparison> _identifiers = [];
    private readonly List<DateComparison> _births = [];

    public ComparisonSet(RecordSet records, int[] order, MatchSettings settings)
    {
        _kind = records.Kind;
        var fields = new FieldMap(records.Fields);
        var names = new CompanyNames(settings.LegalForms);
        var all = new List<Comparison?>();
        var groups = GroupIdentifiers(records, order, fields);
        if (_kind == EntityKind.Company)
        {
            Siren = fields.Has(FieldKind.Siren, FieldKind.Siret, FieldKind.Vat) ? new SirenComparison(fields) : null;
            CompanyName = fields.Has(FieldKind.CompanyName) ? new CompanyNameComparison(fields, names) : null;
            Web = fields.Has(FieldKind.Website, FieldKind.Email) ? new WebComparison(fields, settings) : null;
            all.AddRange([Siren, CompanyName, Web]);
        }
        else
        {
            Mail = fields.Has(FieldKind.Email) ? new MailComparison(fields, settings) : null;
            Employer = groups.Length > 0 || fields.Has(FieldKind.CompanyName, FieldKind.Website, FieldKind.Email)
                || fields.Has(FieldKind.Siren, FieldKind.Siret, FieldKind.Vat)
                ? new EmployerComparison(fields, settings, names, groups) : null;
            PersonName = fields.Has(FieldKind.FullName, FieldKind.GivenName, FieldKind.FamilyName)
                ? new PersonNameComparison(fields, settings, Employer is { IsTold: true }) : null;
            all.AddRange([PersonName, Mail, Employer]);
        }

        var ofFirm = Employer is { IsTold: true };
        Phone = fields.Has(FieldKind.Phone) ? new PhoneComparison(fields, _kind, ofFirm) : null;
        Place = fields.Has(FieldKind.Street, FieldKind.PostalCode, FieldKind.Town, FieldKind.Region)
            ? new PlaceComparison(fields, ofFirm) : null;
        all.AddRange([Phone, Place]);
        AddPlainFields(fields, groups, all);
        All = [.. all.OfType<Comparison>()];
    }

    public Comparison[] All { get; }

    public SirenComparison? Siren { get; }

    public CompanyNameComparison? CompanyName { get; }

    public PersonNameComparison? PersonName { get; }

    public MailComparison? Mail { get; }

    public EmployerComparison? Employer { get; }

    public PhoneComparison? Phone { get; }

    public PlaceComparison? Place { get; }

    public WebComparison? Web { get; }

    /// <summary>The name that large blocks are sorted by.</summary>
    public Comparison? Lead => (Comparison?)CompanyName ?? PersonName ?? All.FirstOrDefault();

    public void Complete(int rows, IReadOnlyList<(string, string)> sirenAliases)
    {
        Siren?.Complete(rows);
        foreach (var (left, right) in sirenAliases)
        {
            if (Siren is not null && Siren.CodeOf(left) is > 0 and var a && Siren.CodeOf(right) is > 0 and var b)
            {
                Siren.Alias(a, b);
            }
        }

        if (CompanyName is not null)
        {
            CompanyName.Witness = Siren is { } siren ? siren.Valid : Place is { } place ? place.Town : null;
            CompanyName.Complete(rows);
        }

        PersonName?.Complete(rows);
        Func<int, int>? named = CompanyName is { } name ? row => RarestWord(name.Names, row)
            : PersonName is { } person ? person.Family : null;
        if (Phone is not null)
        {
            Phone.Witness = named;
        }

        if (Web is not null)
        {
            Web.Witness = named;
        }

        if (Mail is not null)
        {
            Mail.Witness = named;
        }

        foreach (var comparison in All.Where(one => one != Siren && one != CompanyName && one != PersonName))
        {
            comparison.Complete(rows);
        }
    }

    public List<BlockingRule> Rules() => _kind == EntityKind.Company
        ? CompanyRules.For(Siren, CompanyName, Place, Phone, Web, _identifiers)
        : PersonRules.For(PersonName, Mail, Phone, Employer, Place, _births, _identifiers);

    /// <summary>Whether something sets two rows apart and nothing proves them one.</summary>
    public bool Contradict(int left, int right)
    {
        var contradicted = false;
        foreach (var comparison in All)
        {
            var level = comparison.Levels[comparison.Compare(left, right)];
            if (level.Proves)
            {
                return false;
            }

            contradicted |= level.Contradicts;
        }

        return contradicted;
    }

    private static int RarestWord(CompanyNameIndex names, int row)
    {
        Span<int> words = stackalloc int[1];
        return names.Rarest(row, words) == 0 ? 0 : words[0];
    }

    private int[] GroupIdentifiers(RecordSet records, int[] order, FieldMap fields)
    {
        var names = fields.Of(FieldKind.GivenName, FieldKind.FamilyName, FieldKind.FullName);
        return _kind == EntityKind.Company
            ? []
            : [.. fields.Of(FieldKind.Identifier).Where(field => !IdentifierNature.IsPersonal(records, order, field, names))];
    }

    private void AddPlainFields(FieldMap fields, int[] groups, List<Comparison?> all)
    {
        for (var i = 0; i < fields.Fields.Count; i++)
        {
            var (name, kind) = fields.Fields[i];
            if (kind is FieldKind.Date or FieldKind.BirthDate)
            {
                var date = new DateComparison(name, i, kind);
                all.Add(date);
                if (kind == FieldKind.BirthDate)
                {
                    _births.Add(date);
                }
            }
            else if ((kind is FieldKind.Category or FieldKind.Text or FieldKind.Country)
                || (kind == FieldKind.Identifier && !groups.Contains(i)))
            {
                var value = new ValueComparison(name, i, kind);
                all.Add(value);
                if (kind == FieldKind.Identifier)
                {
                    _identifiers.Add(value);
                }
            }
        }
    }
}
