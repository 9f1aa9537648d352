namespace Rcu.Ingestion.Connectors.Postgres;

/// <summary>
/// The columns that Fivetran, Stitch and Airbyte add to the tables they land: they tell of the copy, not of the customer, and some
/// say that the row is gone.
/// </summary>
internal static class CopyToolColumns
{
    private static readonly string[] Prefixes = ["_fivetran_", "_sdc_", "_airbyte_", "_ab_"];

    public static bool Is(string column) => Array.Exists(Prefixes, prefix => column.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether this column says that the row was deleted where it comes from.</summary>
    public static bool SaysDeleted(string column, string? value) => column.ToLowerInvariant() switch
    {
        "_fivetran_deleted" => value is "true",
        "_sdc_deleted_at" or "_ab_cdc_deleted_at" => !string.IsNullOrEmpty(value),
        _ => false,
    };
}
