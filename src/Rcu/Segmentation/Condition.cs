using System.Text.Json.Serialization;

namespace Rcu.Segmentation;

/// <summary>The rule of a segment: a tree, kept as jsonb and edited as such by the page and the API.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(All), "all")]
[JsonDerivedType(typeof(Any), "any")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Compare), "compare")]
[JsonDerivedType(typeof(Related), "related")]
public abstract record Condition
{
    /// <summary>Every one of them holds (ET). An empty list holds.</summary>
    public sealed record All(IReadOnlyList<Condition> Of) : Condition;

    /// <summary>At least one of them holds (OU).</summary>
    public sealed record Any(IReadOnlyList<Condition> Of) : Condition;

    /// <summary>Not one of them holds (SAUF).</summary>
    public sealed record None(IReadOnlyList<Condition> Of) : Condition;

    /// <summary>One field against values; several values for « est l'une de » and « entre ».</summary>
    /// <param name="Edition">Of an activity code: the list it is read in, whatever list is in force the day the rule runs.</param>
    public sealed record Compare(
        string Field, Operator Operator, IReadOnlyList<string> Values,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] NafEdition? Edition = null) : Condition
    {
        /// <summary>The field that is read: an activity code stands in one field for each edition.</summary>
        [JsonIgnore]
        public string Read => Edition is NafEdition.Naf2025 && Field is ("naf" or "account.naf") ? $"{Field}2025" : Field;
    }

    /// <summary>« au moins un / tous / aucun contact tel que … ».</summary>
    public sealed record Related(string Relation, Quantifier Quantifier, Condition Such, int AtLeast = 1) : Condition;
}

/// <summary>How a field is compared. Which ones a field offers depends on its type.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Operator>))]
public enum Operator
{
    Is,
    IsNot,
    Contains,
    StartsWith,
    OneOf,
    NoneOf,
    Empty,
    Filled,
    AtLeast,
    AtMost,
    Above,
    Below,
    Between,
    Before,
    After,
    InLastDays,
    NotInLastDays,
}

/// <summary>The lists of activity codes: the one in force until the end of 2026, and the one that follows it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NafEdition>))]
public enum NafEdition
{
    Revision2,
    Naf2025,
}

/// <summary>How many related rows must fit.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Quantifier>))]
public enum Quantifier
{
    AtLeast,
    Every,
    No,
}
