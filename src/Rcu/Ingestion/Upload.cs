using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Ingestion;

/// <summary>A file as it was received, stored under a random name.</summary>
public sealed class Upload
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid RunId { get; init; }

    public required Guid SourceId { get; init; }

    public Guid? FeedId { get; init; }

    public required string OriginalName { get; init; }

    public required string StoredName { get; init; }

    public required long Bytes { get; init; }

    public required byte[] Sha256 { get; init; }

    public required string UploadedBy { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>How many records a person agreed to see withdrawn because the file does not hold them; null when nobody was asked.</summary>
    public long? AgreedAbsent { get; init; }

    /// <summary>The import that a person answered by agreeing: its file is read again, as it was prepared. Null for a file that was handed over.</summary>
    public Guid? AgreesTo { get; init; }
}

internal sealed class UploadTable : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> upload) => upload.ToTable("uploads");
}
