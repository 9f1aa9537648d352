using System.Linq.Expressions;
using System.Text.Json;
using Rcu.Customers;

namespace Rcu.Segmentation;

/// <summary>
/// Something a segment can filter on, of an account, of a contact, or of what is related to them. A new one is one line in
/// <see cref="All"/>, and its label in the texts. A contact also has every field of its account, under <c>account.</c>.
/// </summary>
/// <param name="Group">Where the library of the builder shows it.</param>
/// <param name="Value">How it is read, in SQL as in memory.</param>
public sealed record SegmentField(string Name, string Group, FieldType Type, LambdaExpression Value)
{
    public static readonly IReadOnlyList<SegmentField> All =
    [
        Of<Account>("name", "identity", FieldType.Text, a => a.Name),
        Of<Account>("any_name", "identity", FieldType.Words, a => a.Search),
        Of<Account>("id", "identity", FieldType.Key, a => (Guid?)a.Id),
        Of<Account>("siren", "identity", FieldType.Siren, a => a.Siren),
        Of<Account>("siren_known", "identity", FieldType.Flag, a => a.Siren != null),
        Of<Account>("type", "identity", FieldType.Choice, a => a.Type),
        Of<Account>("legal_form", "identity", FieldType.Text, a => a.LegalForm),
        Of<Account>("sources", "identity", FieldType.List, a => a.Sources),
        Of<Account>("blocked", "identity", FieldType.Flag, a => a.Blocked),
        Of<Account>("city", "place", FieldType.Text, a => a.Address.City),
        Of<Account>("postal_code", "place", FieldType.PostalCode, a => a.Address.PostalCode),
        Of<Account>("department", "place", FieldType.Text, a => a.Address.Department),
        Of<Account>("region", "place", FieldType.Text, a => a.Address.Region),
        Of<Account>("country", "place", FieldType.Text, a => a.Address.Country),
        Of<Account>("postal_safe", "place", FieldType.Flag, a =>
            a.PostalFlag == null && a.Diffusion != "P" && a.Address.PostalCode != null && a.Address.City != null && (a.Address.Street != null || a.Address.Complement != null)),
        Of<Account>("postal_returned", "place", FieldType.Flag, a => a.PostalFlag != null),
        Of<Account>("naf", "activity", FieldType.Text, a => a.Naf),
        Of<Account>("naf2025", "activity", FieldType.Text, a => a.Naf2025),
        Of<Account>("headcount", "activity", FieldType.Number, a => a.Headcount),
        Of<Account>("headcount_band", "activity", FieldType.Text, a => a.HeadcountBand),
        Of<Account>("size_class", "activity", FieldType.Text, a => a.SizeClass),
        Of<Account>("founded_on", "activity", FieldType.Date, a => a.FoundedOn),
        Of<Account>("closed", "activity", FieldType.Flag, a => a.InseeState == "C" || a.ClosedOn != null),
        Of<Account>("proceeding", "activity", FieldType.Choice, a => (ProceedingKind?)a.Proceeding!.Kind),
        Of<Account>("proceeding_since", "activity", FieldType.Date, a => (DateOnly?)a.Proceeding!.Since),
        Of<Account>("customer_since", "sales", FieldType.Date, a => a.CustomerSince),
        Of<Account>("revenue_12m", "sales", FieldType.Money, a => (decimal?)a.Metrics!.Revenue12m),
        Of<Account>("revenue_previous_12m", "sales", FieldType.Money, a => (decimal?)a.Metrics!.RevenuePrevious12m),
        Of<Account>("revenue_change", "sales", FieldType.Money, a => (decimal?)(a.Metrics!.Revenue12m - a.Metrics.RevenuePrevious12m)),
        Of<Account>("average_basket", "sales", FieldType.Money, a => a.Metrics!.AverageBasket),
        Of<Account>("order_count", "sales", FieldType.Number, a => (int?)a.Metrics!.OrderCount),
        Of<Account>("last_order", "sales", FieldType.Date, a => a.Metrics!.LastOrderOn),
        Of<Account>("overdue", "sales", FieldType.Money, a => (decimal?)a.Metrics!.OverdueAmount),
        Of<Account>("outstanding", "sales", FieldType.Money, a => (decimal?)a.Metrics!.Outstanding),
        Of<Account>("open_opportunities", "sales", FieldType.Number, a => (int?)a.Metrics!.OpenOpportunities),
        Of<Account>("open_amount", "sales", FieldType.Money, a => (decimal?)a.Metrics!.OpenAmount),
        Of<Account>("last_interaction", "engagement", FieldType.Moment, a => a.Metrics!.LastInteractionAt),
        Of<Account>("last_channel", "engagement", FieldType.Text, a => a.Metrics!.LastInteractionChannel),
        Of<Account>("engagement", "engagement", FieldType.Number, a => (int?)a.Metrics!.Engagement),
        Of<Account>("lead_score", "worth", FieldType.Number, a => (int?)a.Worth!.LeadScore),
        Of<Account>("lead_state", "worth", FieldType.Choice, a => (LeadState?)a.Worth!.State),
        Of<Account>("lead_state_since", "worth", FieldType.Moment, a => (DateTimeOffset?)a.Worth!.StateSince),
        Of<Account>("rfm", "worth", FieldType.Choice, a => a.Worth!.Rfm),
        Of<Account>("recency_days", "worth", FieldType.Number, a => a.Worth!.RecencyDays),
        Of<Account>("purchase_days_24m", "worth", FieldType.Number, a => (int?)a.Worth!.Frequency),
        Of<Account>("revenue_24m", "worth", FieldType.Money, a => (decimal?)a.Worth!.Monetary),
        Of<Account>("purchase_gap", "worth", FieldType.Number, a => a.Worth!.IntervalDays),
        Of<Account>("ranges_bought", "worth", FieldType.Number, a => (int?)a.Worth!.Ranges),
        Of<Account>("value_to_date", "worth", FieldType.Money, a => (decimal?)a.Worth!.ValueToDate),
        Of<Account>("value_next", "worth", FieldType.Money, a => a.Worth!.ValueNext),
        Of<Account>("churn_risk", "worth", FieldType.Number, a => a.Worth!.Churn),
        Of<Account>("contact_count", "contacts", FieldType.Number, a => (int?)a.Metrics!.ContactCount),
        Of<Account>("reachable_by_email", "contacts", FieldType.Number, a => (int?)a.Metrics!.ReachableByEmail),
        Of<Account>("phone", "contacts", FieldType.Text, a => a.Phone),
        Of<Account>("email", "contacts", FieldType.Text, a => a.Email),
        Of<Account>("website", "contacts", FieldType.Text, a => a.Website),
        Of<Account>("quality", "quality", FieldType.Number, a => (int?)a.Score!.Total),
        Of<Account>("completeness", "quality", FieldType.Number, a => (int?)a.Score!.Completeness),
        Of<Account>("validity", "quality", FieldType.Number, a => (int?)a.Score!.Validity),
        Of<Account>("freshness", "quality", FieldType.Number, a => (int?)a.Score!.Freshness),
        Of<Account>("coherence", "quality", FieldType.Number, a => (int?)a.Score!.Coherence),
        Of<Account>("uniqueness", "quality", FieldType.Number, a => (int?)a.Score!.Uniqueness),
        Of<Account>("record_count", "quality", FieldType.Number, a => (int?)a.RecordCount),
        Of<Account>("updated", "quality", FieldType.Moment, a => (DateTimeOffset?)a.UpdatedAt),

        With<Account>("segment", "segments", FieldType.Belongs, (s, a) => s.Members.Where(m => m.MemberId == (Guid?)a.Id).Select(m => m.SegmentId)),
        With<Account>("sent_to", "segments", FieldType.Belongs, (s, a) =>
            s.Presences.Where(p => !p.IsRefused && p.ProfileId == (Guid?)a.Id).Select(p => p.DestinationId)),
        With<Account>("refused_by", "segments", FieldType.Belongs, (s, a) =>
            s.Presences.Where(p => p.IsRefused && p.ProfileId == (Guid?)a.Id).Select(p => p.DestinationId)),

        Of<Contact>("name", "identity", FieldType.Text, c => c.Name),
        Of<Contact>("any_name", "identity", FieldType.Words, c => c.Search),
        Of<Contact>("id", "identity", FieldType.Key, c => (Guid?)c.Id),
        Of<Contact>("civility", "identity", FieldType.Text, c => c.Civility),
        Of<Contact>("sources", "identity", FieldType.List, c => c.Sources),
        Of<Contact>("job_title", "job", FieldType.Text, c => c.JobTitle),
        Of<Contact>("department", "job", FieldType.Text, c => c.Department),
        Of<Contact>("level", "job", FieldType.Text, c => c.Level),
        Of<Contact>("in_post_since", "job", FieldType.Date, c => c.InPostSince),
        Of<Contact>("has_account", "job", FieldType.Flag, c => c.AccountId != null),
        Of<Contact>("email", "contacts", FieldType.Text, c => c.Email),
        Of<Contact>("phone", "contacts", FieldType.Text, c => c.Phone),
        Of<Contact>("mobile", "contacts", FieldType.Text, c => c.Mobile),
        Of<Contact>("email_reach", "contacts", FieldType.Choice, c => (Reach?)c.EmailReach),
        Of<Contact>("phone_reach", "contacts", FieldType.Choice, c => (Reach?)c.PhoneReach),
        Of<Contact>("lead_score", "engagement", FieldType.Number, c => (int?)c.Lead!.Score),
        Of<Contact>("interests", "engagement", FieldType.List, c => c.Interests),
        Of<Contact>("quality", "quality", FieldType.Number, c => (int?)c.Score!.Total),
        Of<Contact>("completeness", "quality", FieldType.Number, c => (int?)c.Score!.Completeness),
        Of<Contact>("validity", "quality", FieldType.Number, c => (int?)c.Score!.Validity),
        Of<Contact>("freshness", "quality", FieldType.Number, c => (int?)c.Score!.Freshness),
        Of<Contact>("coherence", "quality", FieldType.Number, c => (int?)c.Score!.Coherence),
        Of<Contact>("uniqueness", "quality", FieldType.Number, c => (int?)c.Score!.Uniqueness),
        Of<Contact>("updated", "quality", FieldType.Moment, c => (DateTimeOffset?)c.UpdatedAt),

        With<Contact>("segment", "segments", FieldType.Belongs, (s, c) => s.Members.Where(m => m.MemberId == (Guid?)c.Id).Select(m => m.SegmentId)),
        With<Contact>("sent_to", "segments", FieldType.Belongs, (s, c) =>
            s.Presences.Where(p => !p.IsRefused && p.ProfileId == (Guid?)c.Id).Select(p => p.DestinationId)),
        With<Contact>("refused_by", "segments", FieldType.Belongs, (s, c) =>
            s.Presences.Where(p => p.IsRefused && p.ProfileId == (Guid?)c.Id).Select(p => p.DestinationId)),

        Of<Establishment>("city", "place", FieldType.Text, e => e.Address.City),
        Of<Establishment>("postal_code", "place", FieldType.PostalCode, e => e.Address.PostalCode),
        Of<Establishment>("department", "place", FieldType.Text, e => e.Address.Department),
        Of<Establishment>("region", "place", FieldType.Text, e => e.Address.Region),
        Of<Establishment>("head_office", "identity", FieldType.Flag, e => e.IsHeadOffice),
        Of<Establishment>("closed", "identity", FieldType.Flag, e => e.ClosedOn != null),

        Of<Role>("function", "job", FieldType.Choice, r => (RoleFunction?)r.Function),
        Of<Role>("job_title", "job", FieldType.Text, r => r.JobTitle),
        Of<Role>("stance", "job", FieldType.Choice, r => r.Stance),
        Of<Role>("outsider", "job", FieldType.Flag, r => r.IsOutsider),
        Of<Role>("ended", "job", FieldType.Flag, r => r.EndedOn != null),

        Of<Document>("type", "sales", FieldType.Choice, d => (DocumentType?)d.Type),
        Of<Document>("date", "sales", FieldType.Date, d => (DateOnly?)d.Date),
        Of<Document>("due", "sales", FieldType.Date, d => d.DueOn),
        Of<Document>("net", "sales", FieldType.Money, d => (decimal?)d.Net),
        Of<Document>("paid", "sales", FieldType.Flag, d => d.Paid == true),

        Of<Opportunity>("stage", "sales", FieldType.Choice, o => (OpportunityStage?)o.Stage),
        Of<Opportunity>("amount", "sales", FieldType.Money, o => o.Amount),
        Of<Opportunity>("close_on", "sales", FieldType.Date, o => o.CloseOn),

        Of<Interaction>("kind", "engagement", FieldType.Text, i => i.Kind),
        Of<Interaction>("channel", "engagement", FieldType.Text, i => i.Channel),
        Of<Interaction>("direction", "engagement", FieldType.Choice, i => (Direction?)i.Direction),
        Of<Interaction>("at", "engagement", FieldType.Moment, i => (DateTimeOffset?)i.At),
        Of<Interaction>("campaign", "engagement", FieldType.Text, i => i.Campaign),
        Of<Interaction>("subject", "engagement", FieldType.Text, i => i.Subject),

        Of<Consent>("purpose", "contacts", FieldType.Text, c => c.Purpose),
        Of<Consent>("channel", "contacts", FieldType.Text, c => c.Channel),
        Of<Consent>("state", "contacts", FieldType.Choice, c => (ConsentState?)c.State),
        Of<Consent>("at", "contacts", FieldType.Moment, c => c.At),

        Of<BoughtProduct>("code", "sales", FieldType.Text, p => p.Code),
        Of<BoughtProduct>("label", "sales", FieldType.Text, p => p.Label),
        Of<BoughtProduct>("range", "sales", FieldType.Text, p => p.Range),
        Of<BoughtProduct>("type", "sales", FieldType.Choice, p => (DocumentType?)p.Type),
        Of<BoughtProduct>("date", "sales", FieldType.Date, p => (DateOnly?)p.Date),
        Of<BoughtProduct>("quantity", "sales", FieldType.Number, p => p.Quantity),
        Of<BoughtProduct>("net", "sales", FieldType.Money, p => p.Net),
    ];

    /// <summary>What it is a field of.</summary>
    public Type Subject => Value.Parameters[0].Type;

    /// <summary>The key of its label in the texts.</summary>
    public string LabelKey => Group == OwnField.Group ? Name : $"segment.field.{JsonNamingPolicy.SnakeCaseLower.ConvertName(Subject.Name)}.{Name}";

    public IReadOnlyList<Operator> Operators => Type.Operators;

    /// <summary>The answers there are, for a choice; empty for the others.</summary>
    public IReadOnlyList<string> Choices => Type switch
    {
        FieldType.Choice => Enum.GetNames(Nullable.GetUnderlyingType(Value.ReturnType)!),
        FieldType.Flag => ["true", "false"],
        _ => [],
    };

    /// <summary>The fields a rule on <paramref name="subject"/> may name, its account's left aside.</summary>
    public static IEnumerable<SegmentField> On(Type subject) => All.Where(field => field.Subject == subject);

    /// <summary>The field called <paramref name="name"/>, and whether it is its account's.</summary>
    public static SegmentField? Find(Type subject, string name, out bool ofAccount)
    {
        ofAccount = subject == typeof(Contact) && name.StartsWith("account.", StringComparison.Ordinal);
        var (owner, own) = ofAccount ? (typeof(Account), name["account.".Length..]) : (subject, name);
        return On(owner).FirstOrDefault(field => field.Name == own) ?? OwnField.Find(subject, own, ofAccount);
    }

    // Read beside the row itself: of what it belongs to.
    private static SegmentField With<T>(string name, string group, FieldType type, Expression<Func<SegmentSources, T, IQueryable<Guid>>> value) =>
        new(name, group, type, Expression.Lambda(value.Body, value.Parameters[1], value.Parameters[0]));

    private static SegmentField Of<T>(string name, string group, FieldType type, Expression<Func<T, object?>> value)
    {
        var body = value.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed && boxed.Type == typeof(object)
            ? boxed.Operand
            : value.Body;
        return new SegmentField(name, group, type, Expression.Lambda(body, value.Parameters));
    }
}
