using Rcu.Matching.Comparisons;

namespace Rcu.Matching.Blocking;

/// <summary>The rules for companies, from the surest to the widest; one that lacks its fields is left out.</summary>
internal static class CompanyRules
{
    private const int EndLength = 6;

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
            rules.Add(new("siren", 2, ["siren"], (row, keys) =>
            {
                keys[0] = BlockingRule.Key(siren.Any(row));
                keys[1] = BlockingRule.Key(siren.Valid(row));
                return 2;
            }));
        }

        foreach (var identifier in identifiers)
        {
            rules.Add(new(identifier.Name, 1, [identifier.Name], (row, keys) => Write(keys, BlockingRule.Key(identifier.Code(row)))));
        }

        if (phone is not null)
        {
            rules.Add(new("phone", 4, ["phone"], (row, keys) => WriteAll(keys, phone.Phones(row))));
        }

        if (web is not null)
        {
            rules.Add(new("domain", 3, ["web", "place"], (row, keys) => WriteAll(keys, web.Domains(row))));
            rules.Add(new("mailbox", 2, ["web"], (row, keys) => WriteAll(keys, web.Boxes(row))));
        }

        if (name is not null)
        {
            AddNames(rules, name.Names, place);
        }

        if (place is not null)
        {
            rules.Add(new("address", 2, ["place"], (row, keys) =>
            {
                keys[0] = BlockingRule.Key(place.Street(row), place.Number(row), place.Department(row));
                keys[1] = BlockingRule.Key(place.Street(row), place.Number(row), -place.Town(row));
                return 2;
            }));
        }

        return rules;
    }

    private static void AddNames(List<BlockingRule> rules, CompanyNameIndex names, PlaceComparison? place)
    {
        rules.Add(new("name", 4, ["name", "place"], (row, keys) => WriteSorted(keys, names, row)));
        rules.Add(new("compact_name", 1, ["name", "place"], (row, keys) => Write(keys, BlockingRule.Key(names.Facts(names.First(row)).Compact))));
        if (place is not null)
        {
            rules.Add(new("name_start_and_postal_code", 1, ["name", "place"], (row, keys) => Write(keys,
                BlockingRule.Key(BlockingRule.Prefix(names.CompactBytes(names.First(row)), 3), place.PostalCode(row)))));
            rules.Add(new("name_start_and_town", 1, ["name", "place"], (row, keys) => Write(keys,
                BlockingRule.Key(BlockingRule.Prefix(names.CompactBytes(names.First(row)), 4), place.Town(row)))));
            rules.Add(new("rare_word_and_department", 2, ["name", "place"], (row, keys) => WriteWords(keys, names, row, 2, place.Department(row))));
        }

        rules.Add(new("rare_words", 1, ["name", "place"], (row, keys) => WriteTwoWords(keys, names, row)));
        rules.Add(new("rare_word", 2, ["name", "place"], (row, keys) => WriteWords(keys, names, row, 2, 1), place is not null));
        if (place is null)
        {
            // Nothing else narrows a name: its other words and its end have to find what a typing error at its head hides.
            rules.Add(new("word_starts", 2, ["name", "place"], (row, keys) => WriteStarts(keys, names, row), true));
            rules.Add(new("name_end", 1, ["name", "place"], (row, keys) => Write(keys, BlockingRule.Key(End(names.CompactBytes(names.First(row))))), true));
        }

        rules.Add(new("initials", 1, ["name", "place"], (row, keys) => Write(keys,
            BlockingRule.Key(names.Acronym(row), place?.Department(row) ?? 1)), place is not null));
        rules.Add(new("name_start", 1, ["name", "place"], (row, keys) => Write(keys, BlockingRule.Key(names.Facts(names.First(row)).Start)), place is not null));
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

    private static int WriteStarts(Span<ulong> keys, CompanyNameIndex names, int row)
    {
        Span<int> words = stackalloc int[2];
        var count = names.Rarest(row, words);
        for (var i = 0; i < count; i++)
        {
            keys[i] = BlockingRule.Key(BlockingRule.Prefix(names.Word(words[i]), 4));
        }

        return count;
    }

    private static int End(ReadOnlySpan<byte> name) => name.Length < EndLength ? 0 : BlockingRule.Prefix(name[^EndLength..], EndLength);

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
