namespace Rcu.Segmentation;

/// <summary>What a field holds: it decides how it may be compared, and what the builder asks for.</summary>
public enum FieldType
{
    Text,

    /// <summary>A text that says where: a distance may be measured from it.</summary>
    PostalCode,

    /// <summary>Folded words: accents, case and legal forms do not count.</summary>
    Words,
    Siren,

    /// <summary>Which one it is: what rows picked by hand are told by.</summary>
    Key,
    Number,
    Money,
    Date,
    Moment,
    Choice,
    Flag,
    List,

    /// <summary>What it belongs to, of several named by their ids: segments, destinations.</summary>
    Belongs,
}

/// <summary>The comparisons each type of field offers.</summary>
public static class FieldTypes
{
    private static readonly Operator[] Numbers =
        [Operator.Is, Operator.IsNot, Operator.AtLeast, Operator.AtMost, Operator.Above, Operator.Below, Operator.Between, Operator.Empty, Operator.Filled];

    private static readonly Operator[] Texts =
        [Operator.Is, Operator.IsNot, Operator.Contains, Operator.StartsWith, Operator.OneOf, Operator.NoneOf, Operator.Empty, Operator.Filled];

    private static readonly Operator[] Dates =
    [
        Operator.InLastDays, Operator.NotInLastDays, Operator.MoreThanDaysAgo, Operator.InNextDays, Operator.AnniversaryThisMonth, Operator.Before,
        Operator.After, Operator.Between, Operator.Empty, Operator.Filled,
    ];

    private static readonly Operator[] Moments = [.. Dates.Where(how => how is not Operator.AnniversaryThisMonth)];

    extension(FieldType type)
    {
        public IReadOnlyList<Operator> Operators => type switch
        {
            FieldType.Text => Texts,
            FieldType.PostalCode => [.. Texts, Operator.Within],
            FieldType.Words => [Operator.Contains],
            FieldType.Siren => [Operator.Is, Operator.IsNot, Operator.OneOf, Operator.NoneOf, Operator.Empty, Operator.Filled],
            FieldType.Key => [Operator.OneOf, Operator.NoneOf],
            FieldType.Number or FieldType.Money => Numbers,
            FieldType.Date => Dates,
            FieldType.Moment => Moments,
            FieldType.Choice or FieldType.List =>
                [Operator.Is, Operator.IsNot, Operator.OneOf, Operator.NoneOf, Operator.Empty, Operator.Filled],
            FieldType.Flag => [Operator.Is],
            FieldType.Belongs => [Operator.OneOf, Operator.NoneOf, Operator.Empty, Operator.Filled],
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
    }

    /// <summary>Whether what it is compared with is a number of days.</summary>
    public static bool CountsDays(Operator how) =>
        how is Operator.InLastDays or Operator.NotInLastDays or Operator.InNextDays or Operator.MoreThanDaysAgo;

    /// <summary>How many values a comparison takes; null: one or more.</summary>
    public static int? Arity(Operator how) => how switch
    {
        Operator.Empty or Operator.Filled or Operator.AnniversaryThisMonth => 0,
        Operator.Between or Operator.Within => 2,
        Operator.OneOf or Operator.NoneOf => null,
        _ => 1,
    };
}
