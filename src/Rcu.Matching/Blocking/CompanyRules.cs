using Rcu.Matching.Comparisons;

namespace Rcu.Matching.Blocking;

/// <summary>The rules for companies, from the surest to the widest; one that lacks its fields is left out.</summary>
internal static class CompanyRules
{
    public static List<BlockingRule> For(
        SirenComparison? siren,
        CompanyNameComparison? name,
        PlaceComparison? place,
        PhoneComparison? phone,
        WebComparison? web,
        IEnumerable<ValueComparison> identifiers)
    {
        var rules = new List<BlockingRule>();
        if (siren is not null)
        {
            rules.Add(new("siren", 2, (row, keys) =>
            {
                keys[0] = BlockingRule.Key(siren.Any(row));
                keys[1] = BlockingRule.Key(siren.Valid(row));
                return 2;
            }));
        }

        foreach (var identifier in identifiers)
        {
            rules.Add(new(identifier.Name, 1, (row, keys) => Write(keys, BlockingRule.Key(identifier.Code(row)))));
        }

        if (phone is not null)
        {
            rules.Add(new("phone", 4, (row, keys) => WriteAll(keys, phone.Phones(row))));
        }

        if (web is not null)
        {
            rules.Add(new("domain", 3, (row, keys) => WriteAll(keys, web.Domains(row))));
            rules.Add(new("mailbox", 2, (row, keys) => WriteAll(keys, web.Boxes(row))));
        }

        if (name is not null)
        {
            AddNames(rules, name.Names, place);
        }

        if (place is not null)
        {
            rules.Add(new("address", 1, (row, keys) => Write(keys,
                BlockingRule.Key(place.Street(row), place.Number(row), place.Department(row) != 0 ? place.Department(row) : place.Town(row)))));
        }

        return rules;
    }

    private static void AddNames(List<BlockingRule> rules, CompanyNameIndex names, PlaceComparison? place)
    {
        rules.Add(new("name", 4, (row, keys) => WriteSorted(keys, names, row)));
        rules.Add(new("compact_name", 1, (row, keys) => Write(keys, BlockingRule.Key(names.Facts(names.First(row)).Compact))));
        if (place is not null)
        {
            rules.Add(new("name_start_and_postal_code", 1, (row, keys) => Write(keys,
                BlockingRule.Key(BlockingRule.Prefix(names.CompactBytes(names.First(row)), 3), place.PostalCode(row)))));
            rules.Add(new("name_start_and_town", 1, (row, keys) => Write(keys,
                BlockingRule.Key(BlockingRule.Prefix(names.CompactBytes(names.First(row)), 4), place.Town(row)))));
            rules.Add(new("rare_word_and_department", 2, (row, keys) => WriteWords(keys, names, row, 2, place.Department(row))));
        }

        rules.Add(new("rare_words", 1, (row, keys) => WriteTwoWords(keys, names, row)));
        rules.Add(new("rare_word", 2, (row, keys) => WriteWords(keys, names, row, 2, 1), place is not null));
        rules.Add(new("initials", 1, (row, keys) => Write(keys,
            BlockingRule.Key(names.Acronym(row))), place is not null));
        rules.Add(new("name_start", 1, (row, keys) => Write(keys, BlockingRule.Key(names.Facts(names.First(row)).Start)), place is not null));
    }

    private static int WriteSorted(Span<ulong> keys, CompanyNameIndex names, int row)
    {
        var written = 0;
        foreach (var name in names.Names(row))
        {
            if (name != 0 && written < keys.Length)
            {
                keys[written++] = BlockingRule.Key(names.Facts(name).Sorted);
            }
        }

        return written;
    }

    private static int WriteTwoWords(Span<ulong> keys, CompanyNameIndex names, int row)
    {
        Span<int> words = stackalloc int[2];
        return names.Rarest(row, words) == 2
            ? Write(keys, BlockingRule.Key(Math.Min(words[0], words[1]), Math.Max(words[0], words[1])))
            : 0;
    }

    private static int WriteWords(Span<ulong> keys, CompanyNameIndex names, int row, int most, int with)
    {
        Span<int> words = stackalloc int[most];
        var count = names.Rarest(row, words);
        var written = 0;
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || names.WordBits(words[i]) >= 7)
            {
                keys[written++] = BlockingRule.Key(words[i], with);
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
