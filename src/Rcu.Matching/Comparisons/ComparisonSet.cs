using System.Buffers.Binary;
using Rcu.Matching.Blocking;
using Rcu.Matching.Scoring;

namespace Rcu.Matching.Comparisons;

/// <summary>The comparisons and rules that the fields of the records allow.</summary>
internal sealed class ComparisonSet
{
    private const int WitnessLetters = 3;
    private const int Part = 1 << 16;

    // Up to here every record is compared with every other: no key can miss a pair.
    private const int FewRows = 1_500;
    private readonly EntityKind _kind;
    private readonly List<Comparison> _all = [];
    private readonly List<ValueComparison> _identifiers = [];
    private readonly List<DateComparison> _births = [];

    public ComparisonSet(EntityKind kind, IReadOnlyList<Field> known, MatchSettings settings)
    {
        _kind = kind;
        var fields = new FieldMap(known);
        var free = new WordSet(settings.FreeMailDomains);
        if (_kind == EntityKind.Company)
        {
            Siren = Add(fields.Has(FieldKind.Siren, FieldKind.Siret, FieldKind.Vat), () => new SirenComparison(Rows, fields));
            Web = Add(fields.Has(FieldKind.Website, FieldKind.Email), () => new WebComparison(Rows, fields, free));
        }
        else
        {
            var generic = new WordSet(settings.GenericMailboxes);
            PersonName = Add(
                fields.Has(FieldKind.FullName, FieldKind.GivenName, FieldKind.FamilyName),
                () => new PersonNameComparison(Rows, fields, generic));
            Mail = Add(fields.Has(FieldKind.Email), () => new MailComparison(Rows, fields, free, generic));
        }

        Phone = Add(fields.Has(FieldKind.Phone), () => new PhoneComparison(Rows, fields, _kind));
        Place = Add(
            fields.Has(FieldKind.Street, FieldKind.Address, FieldKind.PostalCode, FieldKind.Town, FieldKind.Region),
            () => new PlaceComparison(Rows, fields));
        AddPlainFields(fields);

        // The dearest comparison comes last: it is only made where it can still change something.
        if (_kind == EntityKind.Company)
        {
            CompanyName = Add(fields.Has(FieldKind.CompanyName), () => new CompanyNameComparison(Rows, fields, settings, Place is null && Siren is null && Phone is null));
        }
        else
        {
            Employer = Add(
                fields.Has(FieldKind.CompanyName, FieldKind.Website, FieldKind.Email, FieldKind.Siren, FieldKind.Siret, FieldKind.Vat, FieldKind.Identifier),
                () => new EmployerComparison(Rows, fields, settings, free));
        }

        All = [.. _all];
    }

    public RowTable Rows { get; } = new();

    public Comparison[] All { get; private set; }

    public SirenComparison? Siren { get; }

    public CompanyNameComparison? CompanyName { get; }

    public PersonNameComparison? PersonName { get; }

    public MailComparison? Mail { get; }

    public EmployerComparison? Employer { get; }

    public PhoneComparison? Phone { get; }

    public PlaceComparison? Place { get; }

    public WebComparison? Web { get; }

    /// <summary>Everything that stores values, what is not compared in the end included.</summary>
    public IReadOnlyList<Comparison> Stores => _all;

    public void Complete(int rows, IReadOnlyList<(string, string)> sirenAliases, ParallelOptions options)
    {
        foreach (var (left, right) in sirenAliases)
        {
            if (Siren is not null && Siren.CodeOf(left) is > 0 and var a && Siren.CodeOf(right) is > 0 and var b)
            {
                Siren.Alias(a, b);
            }
        }

        DecideIdentifiers(rows);
        if (CompanyName is not null)
        {
            CompanyName.Witness = Siren is { } siren ? siren.Valid : Place is { } place ? place.Town : null;
            CompanyName.Complete(rows);
        }

        PersonName?.Complete(rows);
        Func<int, int>? named = CompanyName is { } name ? row => RarestWord(name.Names, row)
            : PersonName is { } person ? row => Beginning(person.Bytes(person.Family(row))) : null;
        Phone?.Witness = named;
        Web?.Witness = named;
        Mail?.Witness = named;
        Parallel.ForEach(
            All.Where(one => one != Siren && one != CompanyName && one != PersonName), options, comparison => comparison.Complete(rows));
    }

    /// <summary>Asks for what a comparison of a row reads beside the row.</summary>
    public void Prefetch(int row)
    {
        CompanyName?.Names.Prefetch(row);
        PersonName?.Prefetch(row);
        Employer?.Names.Prefetch(row);
    }

    public List<BlockingRule> Rules(int rows)
    {
        var rules = _kind == EntityKind.Company
            ? CompanyRules.For(Siren, CompanyName, Place, Phone, Web, _identifiers)
            : PersonRules.For(PersonName, Mail, Phone, Employer, Place, _births, _identifiers);
        if (rows <= FewRows)
        {
            rules.Add(BlockingRule.Everything);
        }

        return rules;
    }

    /// <summary>Where records stand that are likely to be compared: together.</summary>
    public ulong Locality(int row) => _kind == EntityKind.Person && PersonName is not null
        ? PersonName.Locality(row)
        : Place?.Locality(row) ?? 0;

    /// <summary>How a name begins, in the order of the alphabet: what large blocks are sorted by.</summary>
    public ulong NameOf(int row) => CompanyName is { } company ? Beginning(company.Names.CompactBytes(company.Names.First(row)), [])
        : PersonName is { } person ? Beginning(person.Bytes(person.Family(row)), person.Bytes(person.Given(row)))
        : (uint)row;

    /// <summary>How the names of all rows begin.</summary>
    public ulong[] NamesOf(int rows, ParallelOptions options)
    {
        var names = new ulong[rows];
        Parallel.For(0, (rows + Part - 1) / Part, options, part =>
        {
            for (var row = part * Part; row < Math.Min(rows, (part + 1) * Part); row++)
            {
                names[row] = NameOf(row);
            }
        });
        return names;
    }

    private static ulong Beginning(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> letters = stackalloc byte[sizeof(ulong)];
        letters.Clear();
        first = first[..Math.Min(first.Length, letters.Length)];
        first.CopyTo(letters);
        second[..Math.Min(second.Length, letters.Length - first.Length)].CopyTo(letters[first.Length..]);
        return BinaryPrimitives.ReadUInt64BigEndian(letters);
    }

    private static int RarestWord(CompanyNameIndex names, int row)
    {
        Span<int> words = stackalloc int[1];
        return names.Rarest(row, words) == 0 ? 0 : Beginning(names.Word(words[0]));
    }

    // Who is met under several spellings is still one: its first letters stand for a name.
    private static int Beginning(ReadOnlySpan<byte> name) => BlockingRule.Prefix(name, Math.Min(name.Length, WitnessLetters));

    // An identifier of people is compared as theirs, or tells their firm.
    private void DecideIdentifiers(int rows)
    {
        if (_kind == EntityKind.Company)
        {
            return;
        }

        var personal = _identifiers.Where(one => IdentifierNature.IsPersonal(one, PersonName, rows)).ToList();
        _identifiers.RemoveAll(one => !personal.Contains(one));
        var told = Employer?.Forget([.. personal.Select(one => one.Field)], rows) ?? false;
        All = [.. _all.Where(one => one is not ValueComparison { Kind: FieldKind.Identifier } value || personal.Contains(value))];
        PersonName?.OfFirm = told;
        Phone?.OfFirm = told;
        Place?.OfFirm = told;
    }

    private T? Add<T>(bool told, Func<T> comparison)
        where T : Comparison
    {
        if (!told)
        {
            return null;
        }

        var added = comparison();
        _all.Add(added);
        return added;
    }

    private void AddPlainFields(FieldMap fields)
    {
        for (var i = 0; i < fields.Fields.Count && _all.Count < Model.MostComparisons - 1; i++)
        {
            var (name, kind) = fields.Fields[i];
            if (kind is FieldKind.Date or FieldKind.BirthDate)
            {
                var date = Add(true, () => new DateComparison(Rows, name, i, kind))!;
                if (kind == FieldKind.BirthDate)
                {
                    _births.Add(date);
                }
            }
            else if (kind == FieldKind.Street && fields.Of(FieldKind.Street)[0] != i)
            {
                // What a second line of an address adds is no street.
                Add(true, () => new ValueComparison(Rows, name, i, FieldKind.Text));
            }
            else if (kind is FieldKind.Category or FieldKind.Text or FieldKind.JobTitle or FieldKind.Country or FieldKind.Identifier)
            {
                var value = Add(true, () => new ValueComparison(Rows, name, i, kind))!;
                if (kind == FieldKind.Identifier)
                {
                    _identifiers.Add(value);
                }
            }
        }
    }
}
