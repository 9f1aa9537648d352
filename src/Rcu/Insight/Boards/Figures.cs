using System.Runtime.CompilerServices;
using Npgsql;

namespace Rcu.Insight.Boards;

/// <summary>Counts the figures of the boards, and lists the rows that make each.</summary>
public sealed class Figures(NpgsqlDataSource database)
{
    /// <summary>How many rows a page of a list shows; its export has them all.</summary>
    public const int Shown = 200;

    private const int MostLabels = 20;

    public async Task<IReadOnlyList<BoardAnswer>> ReadAsync(Board board, FigureAsked asked, CancellationToken ct)
    {
        List<BoardAnswer> answers = [];
        foreach (var part in board.Parts)
        {
            var figure = Figure.Find(part.Figure)!;
            answers.Add(new BoardAnswer(
                part,
                part.ByLabel ? new FigureTotal(0, null) : await CountAsync(figure, asked, ct),
                part.Over is null ? null : await CountAsync(Figure.Find(part.Over)!, asked, ct),
                part.ByLabel ? await LabelsAsync(figure, asked, ct) : []));
        }

        return answers;
    }

    public async Task<FigureTotal> CountAsync(Figure figure, FigureAsked asked, CancellationToken ct)
    {
        await using var command = Command($"select count(*), sum(r.amount) from ({Rows(figure)}) r", asked);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new FigureTotal(row.GetInt64(0), figure.HasAmount && !row.IsDBNull(1) ? row.GetDecimal(1) : null);
    }

    public async Task<IReadOnlyList<FigureLabel>> LabelsAsync(Figure figure, FigureAsked asked, CancellationToken ct, int most = MostLabels)
    {
        List<FigureLabel> labels = [];
        await using var command = Command(
            $"""
            select label, count, amount from (
              select r.label, count(*), sum(r.amount) as amount, case when r.label ~ '^\d\d\d\d-\d\d$' then r.label end as month
              from ({Rows(figure)}) r group by r.label
              order by month desc nulls last, 2 desc, 1 limit {most}) top
            order by month, 2 desc, 1
            """, asked);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            labels.Add(new FigureLabel(row.IsDBNull(0) ? "" : row.GetString(0), row.GetInt64(1), figure.HasAmount && !row.IsDBNull(2) ? row.GetDecimal(2) : null));
        }

        return labels;
    }

    /// <summary>The rows of a figure, the greatest amounts first.</summary>
    /// <param name="limit">Null for all of them.</param>
    public async IAsyncEnumerable<FigureRow> RowsAsync(Figure figure, FigureAsked asked, int? limit, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = Command(
            $"""
            select r.id, r.account_id, a.name, r.label, r.at, r.amount from ({Rows(figure)}) r left join accounts a on a.id = r.account_id
            order by r.amount desc nulls last, r.at desc nulls last, r.id, r.label{(limit is { } most ? $" limit {most}" : "")}
            """,
            asked);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            yield return new FigureRow(
                row.GetGuid(0), row.GetGuid(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
                row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4), row.IsDBNull(5) ? null : row.GetDecimal(5));
        }
    }

    private static string Rows(Figure figure) => $"select * from ({figure.Sql}) rows where $4::text = '' or label = $4";

    private NpgsqlCommand Command(string sql, FigureAsked asked)
    {
#pragma warning disable CA2100 // the figures are our own text
        var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        command.CommandTimeout = 60;
        foreach (var value in new object[] { asked.From, asked.To, asked.Campaign, asked.Label })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
