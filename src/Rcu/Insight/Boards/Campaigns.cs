using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Insight.Boards;

/// <summary>What people do with campaigns: declare, change, remove; and what each brought.</summary>
public sealed class Campaigns(RcuDb db, NpgsqlDataSource database, Figures figures, IValidator<SaveCampaign> validator, TimeProvider clock)
{
    private const int Most = 200;

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>All of them with their results, the last begun first.</summary>
    public async Task<IReadOnlyList<CampaignResult>> ListAsync(CancellationToken ct)
    {
        List<CampaignResult> results = [];
        foreach (var campaign in await db.Set<Campaign>().AsNoTracking().OrderByDescending(c => c.StartsOn).ThenBy(c => c.Id).Take(Most).ToListAsync(ct))
        {
            results.Add(await ResultAsync(campaign, ct));
        }

        return results;
    }

    public async Task<Result<CampaignResult>> FindAsync(Guid id, CancellationToken ct) =>
        await db.Set<Campaign>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is { } campaign
            ? await ResultAsync(campaign, ct)
            : CampaignErrors.NotFound;

    /// <summary>Names that interactions bear and nobody declared, the most frequent first.</summary>
    public async Task<IReadOnlyList<UndeclaredCampaign>> UndeclaredAsync(CancellationToken ct)
    {
        List<UndeclaredCampaign> names = [];
        await using var command = database.CreateCommand(
            """
            select min(i.campaign), mode() within group (order by i.channel), min(i.at)::date, max(i.at)::date, count(*)
            from interactions i
            where i.campaign is not null and i.campaign <> '' and not exists (select from campaigns c where lower(c.name) = lower(i.campaign))
            group by lower(i.campaign) order by count(*) desc, 1 limit 12
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
        {
            names.Add(new UndeclaredCampaign(row.GetString(0), row.GetString(1), row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3), row.GetInt64(4)));
        }

        return names;
    }

    public async Task<Result<Campaign>> CreateAsync(SaveCampaign command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        var campaign = new Campaign
        {
            Name = command.Name.Trim(),
            Channel = command.Channel.Trim(),
            StartsOn = command.StartsOn,
            EndsOn = command.EndsOn,
            Cost = command.Cost,
            Goal = command.Goal?.Trim(),
            SetBy = by,
            SetAt = clock.GetUtcNow(),
        };
        db.Add(campaign);
        return await WriteAsync(campaign, "campaign.created", by, ct);
    }

    public async Task<Result<Campaign>> ChangeAsync(Guid id, SaveCampaign command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        if (await db.Set<Campaign>().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } campaign)
        {
            return CampaignErrors.NotFound;
        }

        if (command.Version is { } seen && seen != campaign.Version)
        {
            return CampaignErrors.Changed;
        }

        (campaign.Name, campaign.Channel, campaign.StartsOn, campaign.EndsOn) = (command.Name.Trim(), command.Channel.Trim(), command.StartsOn, command.EndsOn);
        (campaign.Cost, campaign.Goal, campaign.Version) = (command.Cost, command.Goal?.Trim(), campaign.Version + 1);
        (campaign.SetBy, campaign.SetAt) = (by, clock.GetUtcNow());
        return await WriteAsync(campaign, "campaign.changed", by, ct);
    }

    public async Task<Result<Campaign>> DeleteAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.Set<Campaign>().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } campaign)
        {
            return CampaignErrors.NotFound;
        }

        db.Remove(campaign);
        return await WriteAsync(campaign, "campaign.deleted", by, ct);
    }

    private async Task<CampaignResult> ResultAsync(Campaign campaign, CancellationToken ct)
    {
        var asked = new FigureAsked(campaign.StartsOn, campaign.EndsOn ?? Today, Campaign: campaign.Name);
        return new CampaignResult(
            campaign, asked, await figures.CountAsync(Figure.Find("campaign_touched")!, asked, ct),
            await figures.CountAsync(Figure.Find("campaign_opened")!, asked, ct), await figures.CountAsync(Figure.Find("campaign_won")!, asked, ct));
    }

    private async Task<Result<Campaign>> WriteAsync(Campaign campaign, string action, string by, CancellationToken ct)
    {
        db.Audit.Add(new AuditEntry
        {
            At = clock.GetUtcNow(),
            Who = by,
            Action = action,
            Subject = $"{campaign.Id}",
            Details = new Dictionary<string, string> { ["name"] = campaign.Name },
        });
        try
        {
            await db.SaveChangesAsync(ct);
            return campaign;
        }
        catch (DbUpdateConcurrencyException)
        {
            return CampaignErrors.Changed;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return CampaignErrors.NameTaken(campaign.Name);
        }
    }
}
