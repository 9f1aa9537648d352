using System.Text.Json;

namespace Rcu.Activation.Connectors.Csv;

/// <summary>What a file says of each profile, the same columns in every format.</summary>
internal static class ProfileColumns
{
    private const string Account = "account_";

    public static readonly IReadOnlyList<string> All =
    [
        "key", "type", "id", "name", "civility", "given_name", "family_name", "job_title", "email", "phone", "mobile", "siren", "vat",
        "legal_form", "naf", "headcount", "street", "postal_code", "city", "department", "region", "website", "revenue_12m", "engagement",
        "account_id", "account_name", "account_siren",
    ];

    /// <summary>The cells of one change, in the order of <see cref="All"/>.</summary>
    public static IEnumerable<object?> Of(Change change) => All.Select(column => column switch
    {
        "key" => change.Key,
        "type" => change.Type,
        _ => Value(change.Payload, column),
    });

    private static object? Value(JsonElement payload, string column)
    {
        if (column.StartsWith(Account, StringComparison.Ordinal))
        {
            return payload.TryGetProperty("account", out var account) && account.ValueKind is JsonValueKind.Object ? Value(account, column[Account.Length..]) : null;
        }

        return !payload.TryGetProperty(column, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDecimal(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
    }
}
