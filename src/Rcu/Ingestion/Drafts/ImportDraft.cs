using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Customers;
using Rcu.Data;

namespace Rcu.Ingestion.Drafts;

/// <summary>
/// An import being prepared: the file is kept, how it is read and what its columns feed are being settled, and nothing of it
/// counts yet. It can be left at any step and taken up again, by whoever opens it.
/// </summary>
public sealed class ImportDraft
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string OriginalName { get; init; }

    public required string StoredName { get; init; }

    public required long Bytes { get; init; }

    public required byte[] Sha256 { get; init; }

    /// <summary>The source it comes from: one that is known, or the short name of one to be made.</summary>
    public string? SourceName { get; set; }

    public string? SourceLabel { get; set; }

    /// <summary>What the mapping is called once saved.</summary>
    public string? MappingName { get; set; }

    public RecordKind? Kind { get; set; }

    /// <summary>What a person declared of the file, in the place of what was recognised.</summary>
    public FeedOptions Options { get; set; } = new();

    public IReadOnlyList<FeedColumn> Columns { get; set; } = [];

    public List<string> KeyColumns { get; set; } = [];

    public string? Purpose { get; set; }

    public string? LegalBasis { get; set; }

    public int? ExpectedDays { get; set; }

    /// <summary>The file is the whole state of its source: records it does not hold are withdrawn.</summary>
    public bool IsWhole { get; set; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>The run that reads the whole file to tell what is wrong in it.</summary>
    public Guid? CheckRun { get; set; }

    /// <summary>Null while no check holds for the mapping as it is now.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    public DraftTally? Tally { get; set; }

    /// <summary>The run that compares its new rows with what the hub knows, once somebody looked.</summary>
    public Guid? MatchRun { get; set; }

    /// <summary>What it has found so far.</summary>
    public FoundMatches? Matches { get; set; }

    /// <summary>The import, once it was started.</summary>
    public Guid? RunId { get; set; }

    /// <summary>The mapping as it would be saved.</summary>
    /// <param name="filePattern">The name the files of the mapping are known by; null: made from this one's.</param>
    public Feed ToFeed(Guid sourceId, int version, DateTimeOffset at, string by, string? filePattern = null) => new()
    {
        SourceId = sourceId,
        Name = MappingName ?? "",
        Version = version,
        Kind = Kind ?? RecordKind.Account,
        FilePattern = filePattern ?? FileNames.PatternOf(OriginalName),
        Format = Options.ToJson(),
        KeyColumns = KeyColumns,
        Columns = Columns,
        Purpose = Purpose,
        LegalBasis = LegalBasis,
        ExpectedDays = ExpectedDays,
        IsWhole = IsWhole,
        CreatedAt = at,
        CreatedBy = by,
    };
}

internal sealed class ImportDraftTable : IEntityTypeConfiguration<ImportDraft>
{
    public void Configure(EntityTypeBuilder<ImportDraft> draft)
    {
        draft.ToTable("import_drafts");
        draft.Property(d => d.Options).IsJson();
        draft.Property(d => d.Columns).IsJson();
        draft.Property(d => d.Tally).IsJson();
        draft.Property(d => d.Matches).IsJson();
    }
}
