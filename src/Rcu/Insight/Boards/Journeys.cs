using Npgsql;

namespace Rcu.Insight.Boards;

/// <summary>The paths of accounts from discovery to loyalty: by which channel each stage is reached, how many go on, and how fast.</summary>
public sealed class Journeys(NpgsqlDataSource database, Figures figures)
{
    /// <summary>The stages in their order.</summary>
    public static readonly IReadOnlyList<string> Stages = ["discover", "interest", "talk", "offer", "purchase", "loyalty"];

    /// <summary>Every fact of a path: <c>id, account_id, stage, channel, at</c>, in the period <c>$1</c> to <c>$2</c>.</summary>
    internal const string Steps =
        """
        (select id, account_id, case
            when kind in ('page_viewed', 'email_opened', 'trade_show', 'identified') then 'discover'
            when kind in ('email_clicked', 'form_sent', 'survey') then 'interest' else 'talk' end as stage, channel, at::date as at
          from interactions
          where kind in ('page_viewed', 'email_opened', 'trade_show', 'identified', 'email_clicked', 'form_sent', 'survey', 'call', 'meeting', 'visit', 'need')
            and account_id <> '00000000-0000-7000-8000-000000000000' and at >= $1::date and at < $2::date + 1
          union all
          select id, account_id, 'offer', 'sales', date from documents
          where type = 'Quote' and account_id <> '00000000-0000-7000-8000-000000000000' and date between $1 and $2
          union all
          select id, account_id, case when place = 1 then 'purchase' else 'loyalty' end, 'sales', date
          from (select id, account_id, date, dense_rank() over (partition by account_id order by date) as place from documents
            where type = 'Invoice' and account_id <> '00000000-0000-7000-8000-000000000000' and date <= $2) bought
          where date >= $1) steps
        """;

    public async Task<JourneyMatrix> ReadAsync(FigureAsked asked, CancellationToken ct)
    {
        var figure = Figure.Find("journey")!;
        var cells = (await figures.LabelsAsync(figure, asked with { Label = "" }, ct, most: 200))
            .Select(l => new JourneyCell(l.Label.Split('-')[0], l.Label.Split('-', 2)[^1], l.Count)).ToList();
        return new JourneyMatrix(cells, await PassesAsync(asked, ct));
    }

    // An account goes on when it first reaches the next stage no sooner than it reached this one.
    private async Task<IReadOnlyList<JourneyPass>> PassesAsync(FigureAsked asked, CancellationToken ct)
    {
        List<JourneyPass> passes = [];
        await using var command = database.CreateCommand(
            $"""
            with firsts as materialized (select account_id, stage, min(at) as at from {Steps} group by account_id, stage),
            pairs as (select * from unnest($3::text[], $4::text[]) with ordinality p (here, there, place))
            select p.here, count(f.account_id), count(n.at), percentile_cont(0.5) within group (order by n.at - f.at)
            from pairs p
            left join firsts f on f.stage = p.here
            left join firsts n on n.account_id = f.account_id and n.stage = p.there and n.at >= f.at
            group by p.here, p.place order by p.place
            """);
        command.CommandTimeout = 60;
        foreach (var value in new object[] { asked.From, asked.To, Stages.SkipLast(1).ToArray(), Stages.Skip(1).ToArray() })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            passes.Add(new JourneyPass(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetDouble(3)));
        }

        return passes;
    }
}

/// <summary>How many accounts reached each stage by each channel, and how many went on.</summary>
public sealed record JourneyMatrix(IReadOnlyList<JourneyCell> Cells, IReadOnlyList<JourneyPass> Passes)
{
    /// <summary>The channels, the most used first.</summary>
    public IReadOnlyList<string> Channels => [.. Cells.GroupBy(c => c.Channel).OrderByDescending(g => g.Sum(c => c.Accounts)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];

    public long At(string stage, string channel) => Cells.Where(c => c.Stage == stage && c.Channel == channel).Sum(c => c.Accounts);
}

public sealed record JourneyCell(string Stage, string Channel, long Accounts);

/// <summary>The accounts that reached a stage, those that went on to the next, and the median number of days it took them.</summary>
public sealed record JourneyPass(string Stage, long Reached, long WentOn, double? Days)
{
    public double Rate => Reached == 0 ? 0 : (double)WentOn / Reached;
}
