using System.Text.Json.Serialization;

namespace Rcu.Segmentation;

/// <summary>The rule of a segment: a tree, kept as jsonb and edited as such by the page and the API.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(All), "all")]
[JsonDerivedType(typeof(Any), "any")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Compare), "compare")]
[JsonDerivedType(typeof(Related), "related")]
[JsonDerivedType(typeof(Computed), "computed")]
public abstract record Condition
{
    /// <summary>The conditions it is made of.</summary>
    [JsonIgnore]
    public virtual IReadOnlyList<Condition> Inner => [];

    /// <summary>Every one of them holds (ET). An empty list holds.</summary>
    public sealed record All(IReadOnlyList<Condition> Of) : Condition
    {
        [JsonIgnore]
        public override IReadOnlyList<Condition> Inner => Of;
    }

    /// <summary>At least one of them holds (OU).</summary>
    public sealed record Any(IReadOnlyList<Condition> Of) : Condition
    {
        [JsonIgnore]
        public override IReadOnlyList<Condition> Inner => Of;
    }

    /// <summary>Not one of them holds (SAUF).</summary>
    public sealed record None(IReadOnlyList<Condition> Of) : Condition
    {
        [JsonIgnore]
        public override IReadOnlyList<Condition> Inner => Of;
    }

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
    public sealed record Related(string Relation, Quantifier Quantifier, Condition Such, int AtLeast = 1) : Condition
    {
        [JsonIgnore]
        public override IReadOnlyList<Condition> Inner => [Such];
    }

    /// <summary>« la somme du montant HT des factures telles que … est au moins … ».</summary>
    /// <param name="Field">What is added up or compared; null to count.</param>
    /// <param name="Such">Which rows: a period, a type…</param>
    public sealed record Computed(
        string Relation, Measure Measure, string? Field, Condition Such, Operator Operator, IReadOnlyList<string> Values) : Condition
    {
        [JsonIgnore]
        public override IReadOnlyList<Condition> Inner => [Such];
    }

    /// <summary>The same tree, with each of its conditions changed from the leaves up.</summary>
    public Condition Map(Func<Condition, Condition> change) => change(this switch
    {
        All all => new All([.. all.Of.Select(of => of.Map(change))]),
        Any any => new Any([.. any.Of.Select(of => of.Map(change))]),
        None none => new None([.. none.Of.Select(of => of.Map(change))]),
        Related related => related with { Such = related.Such.Map(change) },
        Computed computed => computed with { Such = computed.Such.Map(change) },
        _ => this,
    });

    /// <summary>Itself, and every condition below it.</summary>
    public IEnumerable<Condition> Nodes() => Inner.SelectMany(inner => inner.Nodes()).Prepend(this);
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
    InNextDays,
    MoreThanDaysAgo,
    AnniversaryThisMonth,

    /// <summary>At most so many kilometres, 1 to 500, from a postal code: <c>["20", "75008"]</c>.</summary>
    Within,
}

/// <summary>What is made of several rows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Measure>))]
public enum Measure
{
    /// <summary>How many there are: takes no field.</summary>
    Count,

    /// <summary>How many different values of a text.</summary>
    Distinct,

    /// <summary>Of a number or an amount; of no row, zero.</summary>
    Sum,
    Average,

    /// <summary>The greatest number, or the latest date.</summary>
    Highest,

    /// <summary>The smallest number, or the earliest date.</summary>
    Lowest,
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
