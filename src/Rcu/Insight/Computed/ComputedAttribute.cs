using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Insight.Computed;

/// <summary>
/// One version of a figure people defined without code: « somme du montant HT des factures des 365 derniers jours, par compte ». The
/// last version of a number is in force; segments know it by its name, as they know the fields a company added.
/// </summary>
public sealed class ComputedAttribute
{
    /// <summary>Short and stable: « calcul 3 ».</summary>
    public required int Number { get; init; }

    public required int Version { get; init; }

    /// <summary>As segments name it: <c>own_number_calc_3</c>. It says what it holds and of whom, so it changes when they do.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Label { get; init; }

    /// <summary>What it is computed for (GDPR, article 5).</summary>
    public required string Purpose { get; init; }

    public required Formula Formula { get; init; }

    public required ComputedState State { get; init; }

    public required string SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    /// <summary>Whose values they are: a group's are kept on each of its accounts.</summary>
    public SubjectKind Kind => KindOf(Formula.Level);

    public static string NameOf(int number, Formula formula, CustomValue holds) => FormattableString.Invariant(
        $"{CustomField.Prefix}{(holds is CustomValue.Date ? "date" : holds is CustomValue.Text ? "text" : "number")}_{formula.Level switch { ComputedLevel.Contact => "contact_", ComputedLevel.Establishment => "establishment_", _ => "" }}calc_{number}");

    private static SubjectKind KindOf(ComputedLevel level) => level switch
    {
        ComputedLevel.Contact => SubjectKind.Contact,
        ComputedLevel.Establishment => SubjectKind.Establishment,
        _ => SubjectKind.Account,
    };
}

public enum ComputedState
{
    On,
    Deleted,
}

/// <summary>How the last computation of an attribute went.</summary>
public sealed class ComputedRun
{
    public required int Number { get; init; }

    /// <summary>The version the kept values are of.</summary>
    public int Version { get; init; }

    /// <summary>How many accounts, establishments or contacts have a value.</summary>
    public int Filled { get; init; }

    public int TookMs { get; init; }

    /// <summary>Why its values are those of an earlier version.</summary>
    public string? Failure { get; init; }

    public DateTimeOffset ComputedAt { get; init; }
}

/// <summary>One value of a computed attribute, of one account, establishment or contact.</summary>
public sealed class ComputedValue
{
    public required SubjectKind Kind { get; init; }

    public required Guid SubjectId { get; init; }

    public required string Name { get; init; }

    public decimal? Number { get; init; }

    public DateOnly? Day { get; init; }

    public string? Text { get; init; }
}

internal sealed class ComputedAttributeTable : IEntityTypeConfiguration<ComputedAttribute>
{
    public void Configure(EntityTypeBuilder<ComputedAttribute> attribute)
    {
        attribute.ToTable("computed_attributes");
        attribute.HasKey(a => new { a.Number, a.Version });
        attribute.Property(a => a.Formula).IsJson();
        attribute.Ignore(a => a.Kind);
    }
}

internal sealed class ComputedRunTable : IEntityTypeConfiguration<ComputedRun>
{
    public void Configure(EntityTypeBuilder<ComputedRun> run)
    {
        run.ToTable("computed_states");
        run.HasKey(r => r.Number);
    }
}

internal sealed class ComputedValueTable : IEntityTypeConfiguration<ComputedValue>
{
    public void Configure(EntityTypeBuilder<ComputedValue> value)
    {
        value.ToTable("computed_values");
        value.HasKey(v => new { v.Kind, v.SubjectId, v.Name });
    }
}
