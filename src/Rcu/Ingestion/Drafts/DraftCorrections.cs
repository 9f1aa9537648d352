using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Ingestion.Reading;

namespace Rcu.Ingestion.Drafts;

/// <summary>What people put right in a file while its import was prepared, by the place of each row in it.</summary>
public sealed class DraftCorrections
{
    private readonly Dictionary<long, Dictionary<string, RowCorrection>> _byPlace;

    private DraftCorrections(Dictionary<long, Dictionary<string, RowCorrection>> byPlace) => _byPlace = byPlace;

    /// <summary>How many cells.</summary>
    public int Count => _byPlace.Values.Sum(row => row.Count);

    public static async Task<DraftCorrections> OfDraftAsync(RcuDb db, Guid draft, CancellationToken ct) => Of(await db.Database.SqlQuery<Kept>(
        $"select place, column_name as \"ColumnName\", was, value, corrected_by as \"CorrectedBy\", corrected_at as \"CorrectedAt\" from draft_corrections where draft_id = {draft}").ToListAsync(ct));

    /// <summary>Those of the draft that an import was started from.</summary>
    public static async Task<DraftCorrections> OfRunAsync(RcuDb db, Guid run, CancellationToken ct) => Of(await db.Database.SqlQuery<Kept>(
        $"""
        select c.place, c.column_name as "ColumnName", c.was, c.value, c.corrected_by as "CorrectedBy", c.corrected_at as "CorrectedAt"
        from draft_corrections c join import_drafts d on d.id = c.draft_id where d.run_id = {run}
        """).ToListAsync(ct));

    /// <summary>The corrections of one row.</summary>
    public IReadOnlyDictionary<string, RowCorrection> At(long place) =>
        _byPlace.GetValueOrDefault(place) ?? new Dictionary<string, RowCorrection>();

    /// <summary>The row with what was put right in it. One that was set aside goes in once a person has corrected it.</summary>
    /// <param name="place">Which row of the file it is, from 1, good and bad ones counted.</param>
    public ReadRow On(long place, ReadRow row) => !_byPlace.TryGetValue(place, out var corrections) ? row : row switch
    {
        ReadRow.Kept kept => kept with { Fields = kept.Fields.With(corrections) },
        ReadRow.Rejected { Fields: { } cells } when cells.With(corrections) is { Corrections: not null } corrected => new ReadRow.Kept(row.Line, corrected, []),
        _ => row,
    };

    private static DraftCorrections Of(List<Kept> kept) => new(kept.GroupBy(c => c.Place).ToDictionary(
        row => row.Key,
        row => row.ToDictionary(c => c.ColumnName, c => new RowCorrection(c.Value, c.Was, c.CorrectedBy, c.CorrectedAt), StringComparer.OrdinalIgnoreCase)));

    internal sealed record Kept(long Place, string ColumnName, string Was, string Value, string CorrectedBy, DateTimeOffset CorrectedAt);
}
