using Rcu.Ingestion.Reading;

namespace Rcu.Cleaning.Checking;

/// <summary>One row of a file that waits, as a person puts it right: what the file says, what was corrected, what is still wrong.</summary>
/// <param name="Place">Which row of the file, from 1.</param>
/// <param name="Cells">Null when its cells cannot be told apart: it is put right in the file itself.</param>
/// <param name="Problems">What was wrong when the file was checked.</param>
/// <param name="Issues">What is still wrong with the corrections.</param>
public sealed record DraftRow(long Place, long Line, RowFields? Cells, IReadOnlyList<RowProblem> Problems, IReadOnlyList<RowProblem> Issues);
