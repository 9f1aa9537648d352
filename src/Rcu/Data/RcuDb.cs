using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Rcu.Activation;
using Rcu.Activation.Returns;
using Rcu.Cleaning;
using Rcu.Customers;
using Rcu.Identifiers;
using Rcu.Ingestion;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Sirene;
using Rcu.Jobs;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Segmentation;

namespace Rcu.Data;

/// <summary>The hub's tables. Each entity says how it is stored beside its class.</summary>
public sealed class RcuDb(DbContextOptions<RcuDb> options) : DbContext(options)
{
    public DbSet<Source> Sources => Set<Source>();

    public DbSet<Feed> Feeds => Set<Feed>();

    public DbSet<Run> Runs => Set<Run>();

    public DbSet<Upload> Uploads => Set<Upload>();

    public DbSet<Reject> Rejects => Set<Reject>();

    public DbSet<SourceConnection> SourceConnections => Set<SourceConnection>();

    public DbSet<SourceAlert> SourceAlerts => Set<SourceAlert>();

    public DbSet<SireneFollow> SireneFollows => Set<SireneFollow>();

    public DbSet<SourceRecord> SourceRecords => Set<SourceRecord>();

    public DbSet<Record> Records => Set<Record>();

    public DbSet<RecordIssue> Issues => Set<RecordIssue>();

    public DbSet<Link> Links => Set<Link>();

    public DbSet<Match> Matches => Set<Match>();

    public DbSet<StewardDecision> Decisions => Set<StewardDecision>();

    public DbSet<Redirect> Redirects => Set<Redirect>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<AccountMetrics> AccountMetrics => Set<AccountMetrics>();

    public DbSet<AccountScore> AccountScores => Set<AccountScore>();

    public DbSet<ContactScore> ContactScores => Set<ContactScore>();

    public DbSet<SourceScore> SourceScores => Set<SourceScore>();

    public DbSet<InvoicingReadiness> InvoicingReadiness => Set<InvoicingReadiness>();

    public DbSet<Contribution> Contributions => Set<Contribution>();

    public DbSet<Establishment> Establishments => Set<Establishment>();

    public DbSet<CapitalLink> CapitalLinks => Set<CapitalLink>();

    public DbSet<FinancialYear> FinancialYears => Set<FinancialYear>();

    public DbSet<Technographic> Technographics => Set<Technographic>();

    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<Role> Roles => Set<Role>();

    public DbSet<Relation> Relations => Set<Relation>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<Interaction> Interactions => Set<Interaction>();

    public DbSet<Document> Documents => Set<Document>();

    public DbSet<DocumentLine> DocumentLines => Set<DocumentLine>();

    public DbSet<Opportunity> Opportunities => Set<Opportunity>();

    public DbSet<Consent> Consents => Set<Consent>();

    public DbSet<Segment> Segments => Set<Segment>();

    public DbSet<SegmentMember> SegmentMembers => Set<SegmentMember>();

    public DbSet<Destination> Destinations => Set<Destination>();

    public DbSet<DestinationProfile> DestinationProfiles => Set<DestinationProfile>();

    public DbSet<ToolReturn> ToolReturns => Set<ToolReturn>();

    public DbSet<OutboxChange> Outbox => Set<OutboxChange>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Siren>().HaveConversion<SirenText>();
        conventions.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasPostgresExtension("pg_trgm");
        model.ApplyConfigurationsFromAssembly(typeof(RcuDb).Assembly);
        SnakeCase.Apply(model);
    }

    private sealed class SirenText() : ValueConverter<Siren, string>(s => s.Value, text => Siren.Parse(text, null));
}
