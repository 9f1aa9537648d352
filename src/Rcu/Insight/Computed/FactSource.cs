namespace Rcu.Insight.Computed;

/// <summary>Facts that attributes are computed of. A new one is one entry in <see cref="All"/>, and its texts.</summary>
/// <param name="From">Where they are read, as <c>f</c>.</param>
/// <param name="At">When they happened.</param>
/// <param name="Contact">Whether a fact may name the contact it is of.</param>
public sealed record FactSource(string Name, string From, string At, bool Contact, IReadOnlyList<FactField> Fields)
{
    public static readonly IReadOnlyList<FactSource> All =
    [
        new("invoices", "documents f", "f.date", true,
        [
            new("net", "f.net", FactType.Number), new("gross", "f.gross", FactType.Number), new("date", "f.date", FactType.Date),
            new("number", "f.number", FactType.Text), new("paid", "case when f.paid then 'oui' else 'non' end", FactType.Text),
        ])
        { Always = "f.type = 'Invoice'" },
        new("billing", "documents f", "f.date", true,
        [
            new("net", "case when f.type = 'CreditNote' then -f.net else f.net end", FactType.Number), new("date", "f.date", FactType.Date),
        ])
        { Always = "f.type in ('Invoice', 'CreditNote')" },
        new("documents", "documents f", "f.date", true,
        [
            new("type", "f.type", FactType.Text), new("net", "f.net", FactType.Number), new("date", "f.date", FactType.Date),
        ]),
        new("purchases", "bought_products f", "f.date", true,
        [
            new("range", "f.range", FactType.Text), new("code", "f.code", FactType.Text), new("label", "f.label", FactType.Text),
            new("quantity", "f.quantity", FactType.Number), new("net", "f.net", FactType.Number), new("date", "f.date", FactType.Date),
        ])
        { Always = "f.type = 'Invoice'", Record = "f.document_id" },
        new("opportunities", "opportunities f", "f.close_on", true,
        [
            new("stage", "f.stage", FactType.Text), new("amount", "f.amount", FactType.Number), new("date", "f.close_on", FactType.Date),
        ]),
        new("interactions", "interactions f", "(f.at at time zone 'UTC')::date", true,
        [
            new("kind", "f.kind", FactType.Text), new("channel", "f.channel", FactType.Text), new("direction", "f.direction", FactType.Text),
            new("campaign", "f.campaign", FactType.Text), new("subject", "f.subject", FactType.Text),
            new("date", "(f.at at time zone 'UTC')::date", FactType.Date),
            new("score", "case when f.details ->> 'score' ~ '^-?[0-9]{1,9}([.][0-9]{1,4})?$' then (f.details ->> 'score')::numeric end", FactType.Number),
        ]),
    ];

    /// <summary>What makes them facts of this kind; null when all rows are.</summary>
    public string? Always { get; init; }

    /// <summary>The id of the record that a fact was read from.</summary>
    public string Record { get; init; } = "f.id";

    public static FactSource? Find(string name) => All.FirstOrDefault(source => source.Name == name);

    public FactField? Field(string? name) => Fields.FirstOrDefault(field => field.Name == name);
}

/// <summary>What a fact says.</summary>
/// <param name="Sql">How it is read of a row <c>f</c>.</param>
public sealed record FactField(string Name, string Sql, FactType Type)
{
    public IReadOnlyList<FactTest> Tests => Type is FactType.Text
        ? [FactTest.Is, FactTest.IsNot, FactTest.OneOf, FactTest.Contains]
        : [FactTest.Is, FactTest.AtLeast, FactTest.AtMost];
}

public enum FactType
{
    Number,
    Date,
    Text,
}
