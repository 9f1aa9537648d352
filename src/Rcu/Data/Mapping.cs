using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Data;

/// <summary>How an object that is only carried is stored: one <c>jsonb</c> column. What we filter on has columns of its own.</summary>
internal static class Mapping
{
    // jsonb orders keys by itself: the one that names the kind of an object may come last.
    private static readonly JsonSerializerOptions Stored = new(JsonSerializerOptions.Web) { AllowOutOfOrderMetadataProperties = true };

    public static void IsJson<T>(this PropertyBuilder<T> property) => property
        .HasColumnType("jsonb")
        .HasConversion(
            value => Text(value),
            json => JsonSerializer.Deserialize<T>(json, Stored)!,
            new ValueComparer<T>(
                (left, right) => Text(left) == Text(right),
                value => Text(value).GetHashCode(StringComparison.Ordinal),
                value => value));

    /// <summary>Reads what such a column holds, for a statement of our own.</summary>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Stored)!;

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}
