namespace Rcu.Identifiers;

/// <summary>French numbers as people read them, in groups held together by no-break spaces.</summary>
public static class GroupedDigits
{
    private const string NoBreakSpace = "\u00a0";

    extension(Siren siren)
    {
        /// <summary><c>552 032 534</c></summary>
        public string Display => Grouped(siren.Value, 3, 3, 3);
    }

    extension(Siret siret)
    {
        /// <summary><c>552 032 534 00646</c></summary>
        public string Display => Grouped(siret.Value, 3, 3, 3, 5);
    }

    extension(PhoneNumber phone)
    {
        /// <summary>As a French reader dials it, <c>01 23 45 67 89</c>; a number from elsewhere keeps its country code.</summary>
        public string Display => phone.National is { } national ? Grouped(national, 2, 2, 2, 2, 2) : phone.Value;
    }

    private static string Grouped(string digits, params ReadOnlySpan<int> sizes)
    {
        var groups = new List<string>(sizes.Length);
        var start = 0;
        foreach (var size in sizes)
        {
            groups.Add(digits.Substring(start, size));
            start += size;
        }

        return string.Join(NoBreakSpace, groups);
    }
}
