using Rcu.Matching.Comparisons;

namespace Rcu.Matching.Blocking;

/// <summary>The rules for people, from the surest to the widest; one that lacks its fields is left out.</summary>
internal static class PersonRules
{
    private const int Switchboard = 30;

    public static List<BlockingRule> For(
        PersonNameComparison? name,
        MailComparison? mail,
        PhoneComparison? phone,
        EmployerComparison? employer,
        PlaceComparison? place,
        IEnumerable<DateComparison> births,
        IEnumerable<ValueComparison> identifiers)
    {
        var rules = new List<BlockingRule>();
        foreach (var identifier in identifiers)
        {
            rules.Add(new(identifier.Name, 1, [identifier.Name], (row, keys) => Write(keys, BlockingRule.Key(identifier.Code(row)))));
        }

        if (mail is not null)
        {
            rules.Add(new("mailbox", 3, ["mail", "employer", "name"], (row, keys) => WriteAll(keys, mail.Boxes(row))));
        }

        if (phone is not null)
        {
            rules.Add(new("phone", 4, ["phone"], (row, keys) => WritePhones(keys, phone, row)));
        }

        if (name is not null)
        {
            rules.Add(new("name", 1, ["name"], (row, keys) => Write(keys, BothNames(name, row))));
            if (employer is not null)
            {
                AddEmployers(rules, name, employer);
            }

            foreach (var birth in births)
            {
                rules.Add(new("birth_and_name_start", 2, ["name", birth.Name], (row, keys) => WriteNames(keys, name, row, 1, birth.Code(row))));
                rules.Add(new("birth", 1, [birth.Name], (row, keys) => Write(keys, BlockingRule.Key(birth.Code(row)))));
            }

            AddNames(rules, name, place);
        }

        if (mail is not null)
        {
            rules.Add(new("mail_local", 3, ["mail", "name"], (row, keys) => WriteAll(keys, mail.Locals(row))));
        }

        if (place is not null)
        {
            rules.Add(new("address", 1, ["place"], (row, keys) => Write(keys, BlockingRule.Key(place.Street(row), place.Number(row)))));
        }

        return rules;
    }

    private static void AddEmployers(List<BlockingRule> rules, PersonNameComparison name, EmployerComparison employer)
    {
        rules.Add(new("account_and_name_start", 2, ["name", "employer"], (row, keys) => WriteNames(keys, name, row, 2, employer.Ids(row)[0])));
        rules.Add(new("domain_and_name_start", 2, ["name", "employer", "mail"], (row, keys) => WriteNames(keys, name, row, 2, employer.Domains(row)[0])));
        rules.Add(new("company_and_name_start", 2, ["name", "employer"], (row, keys) =>
        {
            Span<int> words = stackalloc int[1];
            return employer.Names.Rarest(row, words) == 0 ? 0 : WriteNames(keys, name, row, 2, words[0]);
        }));
        rules.Add(new("company", 1, ["employer"], (row, keys) => Write(keys, BlockingRule.Key(employer.Names.Facts(employer.Names.First(row)).Compact))));
        rules.Add(new("domain", 3, ["employer", "mail"], (row, keys) => WriteAll(keys, employer.Domains(row))));
    }

    private static void AddNames(List<BlockingRule> rules, PersonNameComparison name, PlaceComparison? place)
    {
        if (place is not null)
        {
            rules.Add(new("name_and_postal_code", 2, ["name", "place"], (row, keys) => WriteNames(keys, name, row, 3, place.PostalCode(row))));
            rules.Add(new("name_and_town", 2, ["name", "place"], (row, keys) => WriteNames(keys, name, row, 3, place.Town(row))));
        }

        rules.Add(new("name_starts", 1, ["name"], (row, keys) => Write(keys, NameStarts(name, row, 4, 3))));
        rules.Add(new("family_and_initial", 1, ["name"], (row, keys) => Write(keys,
            BlockingRule.Key(name.Family(row), BlockingRule.Prefix(name.Bytes(name.Given(row)), 1)))));
        rules.Add(new("given_and_family_start", 1, ["name"], (row, keys) => Write(keys,
            BlockingRule.Key(name.Given(row), BlockingRule.Prefix(name.Bytes(name.Family(row)), 2)))));
    }

    // The same key for "Jean Dupont" and "Dupont Jean".
    private static ulong BothNames(PersonNameComparison name, int row) => BlockingRule.Key(
        Math.Min(name.Given(row), name.Family(row)), Math.Max(name.Given(row), name.Family(row)));

    private static ulong NameStarts(PersonNameComparison name, int row, int family, int given)
    {
        var a = name.Bytes(name.Family(row));
        var b = name.Bytes(name.Given(row));
        return BlockingRule.Key(
            BlockingRule.Prefix(a, Math.Min(a.Length, family)), BlockingRule.Prefix(b, Math.Min(b.Length, given)));
    }

    private static int WriteNames(Span<ulong> keys, PersonNameComparison name, int row, int letters, int with)
    {
        var family = name.Bytes(name.Family(row));
        var given = name.Bytes(name.Given(row));
        keys[0] = BlockingRule.Key(BlockingRule.Prefix(family, Math.Min(letters, Math.Max(1, family.Length))), with);
        keys[1] = BlockingRule.Key(BlockingRule.Prefix(given, Math.Min(letters, Math.Max(1, given.Length))), with);
        return 2;
    }

    private static int WritePhones(Span<ulong> keys, PhoneComparison phone, int row)
    {
        var written = 0;
        foreach (var code in phone.Phones(row))
        {
            if (code != 0 && phone.HoldersOf(code) <= Switchboard && written < keys.Length)
            {
                keys[written++] = BlockingRule.Key(Math.Abs(code));
            }
        }

        return written;
    }

    private static int Write(Span<ulong> keys, ulong key)
    {
        keys[0] = key;
        return 1;
    }

    private static int WriteAll(Span<ulong> keys, ReadOnlySpan<int> codes)
    {
        var count = Math.Min(keys.Length, codes.Length);
        for (var i = 0; i < count; i++)
        {
            keys[i] = BlockingRule.Key(Math.Abs(codes[i]));
        }

        return count;
    }
}
