namespace Rcu.Matching.Tests;

/// <summary>Small made-up companies, each answer known.</summary>
internal static class Companies
{
    public static readonly Field[] Fields =
    [
        new("name", FieldKind.CompanyName), new("siren", FieldKind.Siren), new("street", FieldKind.Street),
        new("postal_code", FieldKind.PostalCode), new("town", FieldKind.Town), new("phone", FieldKind.Phone),
        new("email", FieldKind.Email),
    ];

    public const string SirenA = "732829320";
    public const string SirenB = "552100554";

    public static RecordSet Of(params (string Key, string?[] Values)[] records)
    {
        var set = new RecordSet(EntityKind.Company, Fields);
        foreach (var (key, values) in records)
        {
            set.Add(key, key[..1], [.. values, .. new string?[Fields.Length - values.Length]]);
        }

        return set;
    }

    public static MatchResult Match(RecordSet records, MatchSettings? settings = null, params Decision[] decisions) =>
        Matcher.Run(records, settings ?? new MatchSettings(), decisions);

    /// <summary>Companies seen two or three times each, with typing errors and holes, from one seed.</summary>
    public static List<(string Key, string Source, string?[] Values)> Many(int companies, int seed)
    {
        var random = new Random(seed);
        var records = new List<(string, string, string?[])>();
        for (var i = 0; i < companies; i++)
        {
            var name = $"{Word(random)} {Word(random)}";
            var (street, code, town) = ($"{random.Next(1, 90)} rue {Word(random)}", $"{random.Next(10, 95)}{random.Next(10)}00", Word(random));
            var phone = $"01{random.Next(10000000, 99999999)}";
            for (var copy = 0; copy < 2 + (i % 2); copy++)
            {
                var written = copy == 0 ? name : copy == 1 ? $"SARL {name.ToUpperInvariant()}" : name.Remove(3, 1);
                records.Add(($"r{i:D4}-{copy}", copy == 0 ? "crm" : "erp",
                [
                    written, null, random.Next(4) > 0 ? street : null, random.Next(4) > 0 ? code : null,
                    random.Next(4) > 0 ? town : null, random.Next(3) > 0 ? phone : null, null,
                ]));
            }
        }

        return records;
    }

    public static RecordSet SetOf(IEnumerable<(string Key, string Source, string?[] Values)> records)
    {
        var set = new RecordSet(EntityKind.Company, Fields);
        foreach (var (key, source, values) in records)
        {
            set.Add(key, source, values);
        }

        return set;
    }

    public static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(2, 5))
        .Select(_ => $"{"bcdfglmnprst"[random.Next(12)]}{"aeiou"[random.Next(5)]}"));
}
