using Rcu.Segmentation;

namespace Rcu.Activation;

/// <summary>What the hub can tell a tool of an account or of a contact, by the names <see cref="PushMembers"/> gives them.</summary>
public static class HubFields
{
    private static readonly string[] Accounts =
    [
        "name", "siren", "vat", "legal_form", "naf", "headcount", "headcount_band", "size_class", "type", "phone", "email", "website", "street", "postal_code",
        "city", "department", "region", "country", "revenue_12m", "engagement",
    ];

    private static readonly string[] Contacts =
    [
        "name", "civility", "given_name", "family_name", "email", "phone", "mobile", "job_title", "department", "level", "account.name", "account.siren",
        "account.postal_code", "account.city", "account.id",
    ];

    public static IReadOnlyList<string> Of(SegmentTarget target) => target is SegmentTarget.Accounts ? Accounts : Contacts;
}
