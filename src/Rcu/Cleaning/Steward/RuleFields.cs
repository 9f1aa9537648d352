using Rcu.Customers;
using Rcu.Ingestion.Mapping;

namespace Rcu.Cleaning.Steward;

/// <summary>The fields a rule may speak of: what sources may say of a kind of record, and what Cleaning finds out by itself.</summary>
public static class RuleFields
{
    private static readonly Dictionary<RecordKind, IReadOnlyList<string>> Fields = FieldCatalogue.Kinds.ToDictionary(
        kind => kind,
        IReadOnlyList<string> (kind) =>
        [
            .. FieldCatalogue.For(kind).Where(field => !field.IsKey && field.Name != "postal_city").Select(field => field.Name)
                .Concat(Found(kind)).Distinct(),
        ]);

    public static IReadOnlyList<string> For(RecordKind kind) => Fields.GetValueOrDefault(kind) ?? [];

    private static string[] Found(RecordKind kind) => kind switch
    {
        RecordKind.Account => ["usual_name", "nic", "legal_category", "naf2025", "headcount_band", "commune_code", "cedex", "domain", "email_kind"],
        RecordKind.Contact => ["commune_code", "cedex", "email_kind", "job_department", "job_level"],
        RecordKind.Document => ["number"],
        RecordKind.Opportunity => ["stage_label"],
        _ => [],
    };
}
