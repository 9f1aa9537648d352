using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Customers;

/// <summary>
/// A field that the company adds of its own to its accounts or contacts. Sources feed it like any other; the value kept is
/// among the origins of the golden row, under its name.
/// </summary>
public sealed class CustomField
{
    /// <summary>How the names of such fields begin, by what they hold: the cleaning rules know them by it.</summary>
    public const string Prefix = "own_";

    /// <summary>How the name goes on when only stewards may see it.</summary>
    public const string ReservedPrefix = Prefix + "reserved_";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>As records keep it: <c>own_date_fin_de_bail</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Label { get; set; }

    public required RecordKind Kind { get; init; }

    public required CustomValue Holds { get; init; }

    /// <summary>Only stewards and administrators see its values.</summary>
    public required bool Reserved { get; init; }

    /// <summary>What it is collected for (GDPR, article 5).</summary>
    public required string Purpose { get; set; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the values of a field of this name are; null when it is none of these fields.</summary>
    public static CustomValue? HeldBy(string name) => !name.StartsWith(Prefix, StringComparison.Ordinal) ? null
        : name[(IsReserved(name) ? ReservedPrefix : Prefix).Length..].Split('_', 2)[0] switch
        {
            "number" => CustomValue.Number,
            "date" => CustomValue.Date,
            "yesno" => CustomValue.YesNo,
            _ => CustomValue.Text,
        };

    public static bool IsReserved(string name) => name.StartsWith(ReservedPrefix, StringComparison.Ordinal);
}

public enum CustomValue
{
    Text,
    Number,
    Date,
    YesNo,
}

internal sealed class CustomFieldTable : IEntityTypeConfiguration<CustomField>
{
    public void Configure(EntityTypeBuilder<CustomField> field) => field.ToTable("custom_fields");
}
