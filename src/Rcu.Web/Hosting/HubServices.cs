using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Rcu.Activation;
using Rcu.Cleaning;
using Rcu.Cleaning.Checking;
using Rcu.Cleaning.Steward;
using Rcu.Data;
using Rcu.Exploration;
using Rcu.Exploration.Desk;
using Rcu.Ingestion;
using Rcu.Ingestion.Drafts;
using Rcu.Ingestion.Mapping;
using Rcu.Insight;
using Rcu.Insight.Boards;
using Rcu.Insight.Computed;
using Rcu.Insight.Worth;
using Rcu.Jobs;
using Rcu.Reference.Register;
using Rcu.Resolution;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Unification.Beliefs;
using Rcu.Unification.Fixes;
using Rcu.Unification.Joins;
using Rcu.Unification.Locks;
using Rcu.Unification.People;
using Rcu.Unification.Postal;
using Rcu.Web.Pages.Segments;

namespace Rcu.Web.Hosting;

/// <summary>The hub without its doors: what a page, an endpoint, a command and a job all use. One line each.</summary>
internal static class HubServices
{
    private const int Prepared = 40;

    /// <param name="clock">The time the hub lives in: the demo's may be another day.</param>
    public static IServiceCollection AddHub(this IServiceCollection services, HubConnections database, TimeProvider clock)
    {
        services.AddSingleton(clock);
        services.TryAddSingleton(_ => HubConnections.Configuration([]));
        // A stage's statement takes the time its rows need; what a person waits for has a bound. What is asked again and again
        // is planned once per connection.
        services.AddSingleton(_ => NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database.App) { CommandTimeout = 0, MaxAutoPrepare = Prepared }));
        // A few of many are often enough, whichever they are: they are sorted afterwards.
        services.AddDbContext<RcuDb>((hub, db) => db
            .UseNpgsql(postgres => postgres.CommandTimeout(30))
            .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning)));
        services.AddValidators();
        services.AddScoped<HubSettings>();
        services.AddSources();
        services.AddOutputs();
        services.AddScoped(_ => AccountScope.Hub);

        // What people ask for
        services.TryAddSingleton(new UploadSettings(Path.Combine(LocalFolder.Home, "uploads")));
        services.AddSingleton<UploadStore>();
        services.AddScoped<Imports>();
        services.AddScoped<ImportHistory>();
        services.AddScoped<ImportDrafts>();
        services.AddScoped<DraftStart>();
        services.AddScoped<DraftChecks>();
        services.AddScoped<DraftRows>();
        services.AddScoped<DraftReplacements>();
        services.AddScoped<CustomFields>();
        services.AddScoped<OwnLabels>();
        services.AddScoped<FormerRows>();
        services.AddScoped<AbsenceAgreement>();
        services.AddScoped<DraftMatches>();
        services.AddScoped<ImportReach>();
        services.AddScoped<JoinReach>();
        services.AddScoped<CollectionPlan>();
        services.AddScoped<FileRetention>();
        services.AddScoped<RejectsFile>();
        services.AddScoped<UndoPreview>();
        services.AddScoped<RunIssues>();
        services.AddScoped<StewardRules>();
        services.AddScoped<RulePreviews>();
        services.AddScoped<RowCleaning>(hub => ct => EarlyCleaning.LoadAsync(hub.GetRequiredService<RcuDb>(), hub.GetRequiredService<TimeProvider>(), ct));
        services.AddScoped<RowGate>(hub => ct => RuleSet.JudgeAsync(hub.GetRequiredService<RcuDb>(), hub.GetRequiredService<TimeProvider>(), ct));
        services.AddScoped<MatchQueue>();
        services.AddScoped<MatchGroups>();
        services.AddScoped<MatchComparison>();
        services.AddScoped<MatchHistory>();
        services.AddScoped<ClusterStories>();
        services.AddScoped<MatchReview>();
        services.AddScoped<Separations>();
        services.AddScoped<MatchLocks>();
        services.AddScoped<MatchOpinions>();
        services.AddScoped<DirectMerges>();
        services.AddScoped<DecisionUndo>();
        services.AddScoped<BulkJudgements>();
        services.AddScoped<SplitReview>();
        services.AddScoped<SuspectReview>();
        services.AddSingleton<CutTrials>();
        services.AddScoped<CutReview>();
        services.AddScoped<BeliefReview>();
        services.AddScoped<BeliefTrials>();
        services.AddScoped<MatchQuality>();
        services.AddScoped<MatchAdvice>();
        services.AddScoped<Edits>();
        services.AddScoped<ValueLocks>();
        services.AddScoped<AccountTies>();
        services.AddScoped<Roles>();
        services.AddScoped<Stances>();
        services.AddScoped<Relations>();
        services.AddScoped<IFollowsJudgement, AccountTies>();
        services.AddScoped<JudgedValues>();
        services.AddScoped<IFollowsJudgement, JudgedValues>();
        services.AddScoped<JoinForecasts>();
        services.AddScoped<PairJudgements>();
        services.AddScoped<FixSearch>();
        services.AddScoped<FixReview>();
        services.AddScoped<PostalReturns>();
        services.AddScoped<Notes>();
        services.AddScoped<Tasks>();
        services.AddScoped<CalendarLinks>();
        services.AddScoped<Following>();
        services.AddScoped<AccountBatches>();
        services.AddScoped<ContactBatches>();
        services.AddScoped<SeenNotables>();
        services.AddScoped<AccountCards>();
        services.AddScoped<WhiteSpace>();
        services.AddScoped<ComputedAttributes>();
        services.AddScoped<LeadModels>();
        services.AddScoped<Figures>();
        services.AddScoped<MarketCoverage>();
        services.AddScoped<Journeys>();
        services.AddScoped<Campaigns>();
        services.AddScoped<Worths>();
        services.AddScoped<ListViews>();
        services.AddScoped<ListExtras>();
        services.AddScoped<Acceptances>();
        services.AddScoped<RegisterLookUp>();
        services.AddScoped<RegisterSearch>();
        services.AddScoped<RegisterQueue>();
        services.AddScoped<RegisterProposals>();
        services.AddScoped<RegisterEffects>();
        services.AddScoped<RegisterReview>();
        services.AddScoped<PipelineRuns>();

        // The stages that follow an import
        services.AddScoped<Pipeline>();
        services.AddScoped<IStage, CleanStage>();
        services.AddSingleton<LiveState>();
        services.AddScoped<IStage, ResolveStage>();
        services.AddScoped<IStage, UnifyStage>();
        services.AddScoped<IStage, InsightStage>();

        // Background work, by name
        services.AddKeyedScoped<IJob, IngestJob>(nameof(IngestJob));
        services.AddKeyedScoped<IJob, DraftCheckJob>(nameof(DraftCheckJob));
        services.AddKeyedScoped<IJob, DraftMatchJob>(nameof(DraftMatchJob));
        services.AddKeyedScoped<IJob, PipelineJob>(nameof(PipelineJob));

        // What people look at
        services.AddScoped<AccountList>();
        services.AddScoped<SideReads>();
        services.AddScoped<AccountSheets>();
        services.AddScoped<AccountSales>();
        services.AddScoped<AccountGroup>();
        services.AddScoped<ContactList>();
        services.AddScoped<ContactSheets>();
        services.AddScoped<ContactNetwork>();
        services.AddScoped<Introductions>();
        services.AddScoped<OrganisationChart>();
        services.AddScoped<Timeline>();
        services.AddScoped<Lineage>();
        services.AddScoped<Past>();
        services.AddScoped<Search>();
        services.AddScoped<SourceKeys>();
        services.AddScoped<ProfileJourney>();

        // Beside the pipeline
        services.AddScoped<ApiKeys>();
        services.AddScoped<Audit>();
        services.AddScoped<RunHistory>();
        services.AddScoped<SourcePriorities>();
        services.AddScoped<HomeBoards>();
        services.AddScoped<IssueList>();
        services.AddScoped<QualityBoards>();
        services.AddScoped<Contributors>();
        services.AddScoped<InvoicingReport>();
        return services;
    }
}
