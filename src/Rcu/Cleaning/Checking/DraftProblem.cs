using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Cleaning.Checking;

/// <summary>One thing that is wrong in a file, however many rows it is met on.</summary>
public sealed class DraftProblem
{
    public required Guid DraftId { get; init; }

    /// <summary>The canonical field, or the column when the row itself cannot be read.</summary>
    public required string Field { get; init; }

    public required string Code { get; init; }

    /// <summary><c>Warning</c>: the row goes in, repaired; <c>Error</c>: without the value; <c>Rejected</c>: not at all.</summary>
    public required string Severity { get; init; }

    public required long Rows { get; init; }

    public required IReadOnlyList<ProblemExample> Examples { get; init; }
}

/// <summary>Where a problem is met, and the French sentence that says what is wrong.</summary>
public sealed record ProblemExample(long Line, string? Value, string Message);

internal sealed class DraftProblemTable : IEntityTypeConfiguration<DraftProblem>
{
    public void Configure(EntityTypeBuilder<DraftProblem> problem)
    {
        problem.ToTable("draft_problems");
        problem.HasKey(p => new { p.DraftId, p.Field, p.Code });
        problem.Property(p => p.Examples).IsJson();
    }
}
