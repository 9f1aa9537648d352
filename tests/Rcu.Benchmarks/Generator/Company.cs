namespace Rcu.Benchmarks.Generator;

/// <summary>An invented company as it truly is, before any source writes it down.</summary>
internal sealed record Company
{
    /// <summary>Without its legal form.</summary>
    public required string Name { get; init; }

    public required int Form { get; init; }

    public required string Siren { get; init; }

    /// <summary>The name it is known under, when it is not its own.</summary>
    public string? Brand { get; init; }

    public string? Acronym { get; init; }

    public required Town Town { get; init; }

    public required Street Street { get; init; }

    /// <summary>Nine digits, without the zero.</summary>
    public required string Phone { get; init; }

    public string? Domain { get; init; }

    public required string Contact { get; init; }

    public required int Trade { get; init; }

    public string FormName => Form < 0 ? "SCI" : Words.Forms[Form].Form;

    public string FormWritten => Form < 0 ? "Société civile immobilière" : Words.Forms[Form].Written;

    public string Named => $"{Name} {FormName}";
}

/// <summary>A number, a type of street and its name.</summary>
internal sealed record Street(int Number, int Type, string Name)
{
    public static Street Pick(ref Dice dice)
    {
        if (dice.Chance(.07))
        {
            return new Street(dice.Between(1, 60), -1, $"{dice.Pick(Words.Zones)} {dice.Pick(Words.Places)}");
        }

        var (share, type) = (dice.Share(), 0);
        for (; type < Words.StreetTypes.Length - 1 && share >= Words.StreetTypes[type].Share; type++)
        {
            share -= Words.StreetTypes[type].Share;
        }

        var name = dice.Chance(.7) ? dice.PickEarly(Words.Streets)
            : dice.Chance(.5) ? $"{Words.Given(ref dice, woman: false)} {Words.Family(ref dice)}" : $"des {Words.Family(ref dice)}s";
        return new Street(dice.Between(1, dice.Chance(.7) ? 40 : 180), type, name);
    }

    public string Text => Type < 0 ? $"{Number} {Name}" : $"{Number} {Words.StreetTypes[Type].Long} {Name}";

    public string Abbreviated => DirtyText.Upper(DirtyText.WithoutAccents(Type < 0
        ? $"{Name} {Number}"
        : $"{Number} {Words.StreetTypes[Type].Short} {Name.Replace("Général", "GAL", StringComparison.Ordinal).Replace("Maréchal", "MAL", StringComparison.Ordinal).Replace("Saint-", "ST ", StringComparison.Ordinal).Replace("Docteur", "DR", StringComparison.Ordinal)}"));
}
