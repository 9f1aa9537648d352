using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rcu.Identifiers;

/// <summary>
/// The numbering plans of the world, as Google's metadata describes them: which country a number belongs to, whether it can exist,
/// and what it reaches. France and its overseas territories have a finer plan of their own.
/// </summary>
internal static class WorldPlan
{
    private static readonly JsonElement Data = Load();

    private static readonly FrozenDictionary<string, CountryPlan> ByCountry = Data.GetProperty("countries").EnumerateObject()
        .ToFrozenDictionary(country => country.Name, country => new CountryPlan(country.Name, country.Value));

    // The first country of a code is the one that stands for all of them.
    private static readonly FrozenDictionary<string, CountryPlan[]> ByCode = Data.GetProperty("country_calling_codes").EnumerateObject()
        .ToFrozenDictionary(code => code.Name, code => code.Value.EnumerateArray().Select(country => ByCountry[country.GetString()!]).ToArray());

    /// <summary>The code dialled before the numbers of a country; null for one that has none.</summary>
    public static string? CallingCode(string country) => ByCountry.GetValueOrDefault(country)?.Code;

    /// <summary>A number with its country code; null when it is none.</summary>
    public static WorldNumber? International(string digits)
    {
        for (var length = 1; length <= 3 && length < digits.Length; length++)
        {
            if (ByCode.TryGetValue(digits[..length], out var countries))
            {
                return Of(countries, countries[0], digits[length..]);
            }
        }

        return null;
    }

    /// <summary>A number as people of a country write it among themselves, or with the code they dial for going abroad.</summary>
    public static WorldNumber? National(string digits, string country)
    {
        if (!ByCountry.TryGetValue(country, out var plan))
        {
            return null;
        }

        return plan.Abroad(digits) is { } abroad ? International(abroad)
            : Of(ByCode[plan.Code], plan, digits) is { } found ? found
            : digits.StartsWith(plan.Code, StringComparison.Ordinal) ? Of(ByCode[plan.Code], plan, digits[plan.Code.Length..])
            : null;
    }

    private static WorldNumber? Of(CountryPlan[] countries, CountryPlan main, string digits)
    {
        var national = main.WithoutPrefix(digits);
        if (!main.Holds(national) && Array.Find(countries, country => country.Holds(country.WithoutPrefix(digits))) is { } other)
        {
            (main, national) = (other, other.WithoutPrefix(digits));
        }

        if (!main.Holds(national))
        {
            return null;
        }

        var owner = countries.Length == 1 ? main : Array.Find(countries, country => country.Owns(national)) ?? main;
        var (kind, tariff) = owner.Reach(national);
        return new WorldNumber($"+{main.Code}{national}", owner.Name, kind, tariff);
    }

    private static JsonElement Load()
    {
        var assembly = typeof(WorldPlan).Assembly;
        using var stream = assembly.GetManifestResourceStream(
            assembly.GetManifestResourceNames().Single(name => name.EndsWith(".phone_metadata.json", StringComparison.Ordinal)))!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    /// <summary>The plan of one country; places in the array are those of the metadata.</summary>
    private sealed class CountryPlan(string name, JsonElement data)
    {
        private const int Types = 11;
        private static readonly ConcurrentDictionary<string, Regex> Patterns = new();

        private static readonly PhoneTariff[] Services =
        [
            PhoneTariff.None, PhoneTariff.None, PhoneTariff.TollFree, PhoneTariff.Premium, PhoneTariff.Personal, PhoneTariff.Voicemail,
            PhoneTariff.Company, PhoneTariff.Pager, PhoneTariff.Internet, PhoneTariff.SharedCost,
        ];

        private readonly HashSet<int> _lengths = [.. data[3].EnumerateArray().Select(length => length.GetInt32())];

        public string Name => name;

        public string Code { get; } = data[0].GetString()!;

        public bool Holds(string national) => _lengths.Contains(national.Length) && IsWhole(data[2].GetString()!, national);

        /// <summary>Whether the number is of this country among those that share its code.</summary>
        public bool Owns(string national) =>
            Text(10) is { } start ? Pattern($"^(?:{start})").IsMatch(national) : Holds(national) && Enumerable.Range(0, Services.Length).Any(type => Is(type, national));

        /// <summary>What follows the digits dialled here for going abroad.</summary>
        public string? Abroad(string digits) =>
            Text(1) is { } prefix && Pattern($"^(?:{prefix})").Match(digits) is { Success: true } dialled && digits.Length - dialled.Length >= 7
                ? digits[dialled.Length..]
                : null;

        /// <summary>The number without what is dialled before it inside the country, when it is one without it.</summary>
        public string WithoutPrefix(string digits)
        {
            if ((Text(7) ?? Text(5)) is not { } prefix || Pattern($"^(?:{prefix})").Match(digits) is not { Success: true } dialled)
            {
                return digits;
            }

            var captured = dialled.Groups.Count > 1 && dialled.Groups[^1].Success;
            var bare = Text(8) is { } rule && captured
                ? rule.Replace("$1", dialled.Groups[1].Value, StringComparison.Ordinal) + digits[dialled.Length..]
                : captured && Text(8) is null ? dialled.Groups[1].Value + digits[dialled.Length..]
                : digits[dialled.Length..];
            return Holds(digits) && !Holds(bare) ? digits : bare;
        }

        public (PhoneKind Kind, PhoneTariff Tariff) Reach(string national)
        {
            var (isFixed, isMobile) = (Is(0, national), Is(1, national));
            if (isFixed || isMobile)
            {
                // In North America nobody can tell which.
                var either = isFixed && (isMobile || Shared(1));
                return (either ? PhoneKind.Foreign : isFixed ? PhoneKind.Landline : PhoneKind.Mobile, PhoneTariff.None);
            }

            var type = Enumerable.Range(2, Services.Length - 2).FirstOrDefault(type => Is(type, national));
            return type == 0 ? (PhoneKind.Foreign, PhoneTariff.None)
                : (Services[type] is PhoneTariff.Internet or PhoneTariff.Company or PhoneTariff.Personal ? PhoneKind.Landline : PhoneKind.Special, Services[type]);
        }

        private bool Is(int type, string national) =>
            Type(type) is { } found && found[0].GetString() is { Length: > 0 } pattern
            && (found.GetArrayLength() < 2 || found[1].ValueKind != JsonValueKind.Array || found[1].EnumerateArray().Any(length => length.GetInt32() == national.Length))
            && IsWhole(pattern, national);

        // An empty pattern says: the same as the one before.
        private bool Shared(int type) => Type(type) is { } found && found[0].GetString() is "";

        private JsonElement? Type(int type) =>
            data.GetArrayLength() > Types && data[Types].ValueKind == JsonValueKind.Array && data[Types].GetArrayLength() > type
            && data[Types][type].ValueKind == JsonValueKind.Array
                ? data[Types][type]
                : null;

        private string? Text(int place) =>
            data.GetArrayLength() > place && data[place].ValueKind == JsonValueKind.String && data[place].GetString() is { Length: > 0 } text ? text : null;

        private static bool IsWhole(string pattern, string national) => Pattern($"^(?:{pattern})$").IsMatch(national);

        private static Regex Pattern(string pattern) =>
            Patterns.GetOrAdd(pattern, text => new Regex(text, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
    }
}

/// <summary>A number of the world, read.</summary>
/// <param name="Value">E.164.</param>
/// <param name="Country">Two letters.</param>
internal sealed record WorldNumber(string Value, string Country, PhoneKind Kind, PhoneTariff Tariff);
