using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rcu.Customers;
using Rcu.Ingestion.Reading.Json;

namespace Rcu.Ingestion.Connectors.Salesforce;

/// <summary>
/// The accounts that contacts are tied to beside their own (« Contacts to Multiple Accounts »): asked with the contacts, and followed by
/// themselves, for a contact does not change when one of its relations does.
/// </summary>
internal static class SalesforceRelations
{
    /// <summary>What the test of a connection says when they cannot be read.</summary>
    public const string NotRead =
        "Les relations entre contacts et comptes (AccountContactRelation) ne sont pas lisibles : seul le compte principal de chaque contact est lu. "
        + "Activez « Contacts vers plusieurs comptes » et donnez le droit de lecture, si vous les utilisez.";

    private const int AtOnce = 200;
    private const string Children = "AccountContactRelations";

    private static readonly string[] Asked = ["AccountId", "Roles", "IsActive", "StartDate", "EndDate"];

    public static readonly SalesforceObject Object = new("AccountContactRelation", RecordKind.Contact, "");

    public static SalesforceObject Contact => SalesforceObject.All.First(each => each.Name == "Contact");

    public static bool AreRead(IEnumerable<string>? columns) => columns?.Contains($"{Object.Name}.AccountId") == true;

    /// <summary>What a query asks of them: with a contact, all it is tied to; by themselves, whose they are.</summary>
    public static IEnumerable<string> Wanted(SalesforceObject current, IReadOnlySet<string> there) =>
        current == Object ? ["ContactId"]
        : current.Name == "Contact" && AreRead(there)
            ? [$"(SELECT {string.Join(", ", Asked.Where(field => there.Contains($"{Object.Name}.{field}")))} FROM {Children})"]
            : [];

    /// <summary>Whose relations changed, some at a time.</summary>
    public static IEnumerable<string[]> ContactsOf(IEnumerable<JsonElement> relations) =>
        relations.Select(relation => JsonPath.Text(relation, "ContactId")).OfType<string>().Where(id => id.All(char.IsAsciiLetterOrDigit)).Distinct().Chunk(AtOnce);

    /// <summary>Says the relations of a contact as the hub says them; its own account counts only when a part is told there.</summary>
    public static void Tell(JsonObject contact)
    {
        if (contact.Remove(Children, out var said) && said?["records"] is JsonArray relations
            && SaidPost.Write(relations.OfType<JsonObject>().Select(Post).OfType<SaidPost>().Where(post => post.Key != Text(contact, "AccountId") || post.Labels.Count > 0 || post.Over)) is { } posts)
        {
            contact[SaidPost.Field] = posts;
        }
    }

    private static SaidPost? Post(JsonObject relation) => Text(relation, "AccountId") is not { } account ? null : new SaidPost(
        account,
        [.. (Text(relation, "Roles") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal)],
        Day(relation, "StartDate"), Day(relation, "EndDate"), "false".Equals(Text(relation, "IsActive"), StringComparison.OrdinalIgnoreCase));

    private static string? Text(JsonObject from, string field) => from[field] is { } value && value.GetValueKind() is not JsonValueKind.Null ? value.ToString() : null;

    private static DateOnly? Day(JsonObject from, string field) =>
        DateOnly.TryParse(Text(from, field), CultureInfo.InvariantCulture, out var day) ? day : null;
}
