using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Resolution;
using Rcu.Unification.Locks;

namespace Rcu.Unification.Joins;

/// <summary>Computes what two golden rows would be as one, by the very functions that will: nothing is written.</summary>
public sealed class JoinForecasts(NpgsqlDataSource database, RcuDb db, TimeProvider clock)
{
    /// <summary>Null when no record speaks of either.</summary>
    public async Task<JoinForecast?> OfAsync(ClusterKind kind, Guid one, Guid other, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Guid[] ids = one == other ? [one] : [one, other];
        await using var connection = await database.OpenConnectionAsync(ct);
        var reader = new ClusterReader(connection);
        var found = await reader.RecordsAsync(kind, ids, ct);
        var records = ids.SelectMany(id => found[id]).OrderBy(r => r.Id).ToList();
        if (records.Count == 0)
        {
            return null;
        }

        var byId = await new LockReader(db).OfAsync(kind, ids, found, now, ct);
        var locks = ids.SelectMany(id => byId[id]).ToList();
        var (survivor, retired) = one.CompareTo(other) <= 0 ? (one, other) : (other, one);
        var policy = (await Beliefs.BeliefReview.InForceAsync(db, ct)).PolicyFor(kind);
        return kind is ClusterKind.Account
            ? OfAccount(survivor, retired, records, locks, now, policy)
            : await OfContactAsync(reader, (one, other), (survivor, retired), records, locks, now, policy, ct);
    }

    private static JoinForecast? OfAccount(Guid survivor, Guid retired, List<ClusterRecord> records, List<ValueLock> locks, DateTimeOffset now, SurvivorshipPolicy policy)
    {
        if (AccountUnifier.Unify(survivor, records, locks, now, policy) is not { } account)
        {
            return null;
        }

        var places = EstablishmentUnifier.Unify(account, records, policy)
            .Select(e => e.Siret ?? string.Join(' ', new[] { e.Address.PostalCode, e.Address.City }.OfType<string>())).Where(e => e.Length > 0).Distinct().ToList();
        return new JoinForecast(survivor, retired, account.Name, Values(account.Origins))
        {
            Together = new Dictionary<string, IReadOnlyList<string>> { ["establishments"] = places, ["sources"] = account.Sources },
        };
    }

    private async Task<JoinForecast?> OfContactAsync(
        ClusterReader reader, (Guid One, Guid Other) sides, (Guid Survivor, Guid Retired) ids, List<ClusterRecord> records, List<ValueLock> locks, DateTimeOffset now,
        SurvivorshipPolicy policy, CancellationToken ct)
    {
        var recordIds = records.ConvertAll(r => r.Id);
        var events = await reader.MailEventsAsync(recordIds, ct);
        var withdrawn = await reader.WithdrawnRefusalsAsync([.. records.Select(r => r["email"]).OfType<string>().Distinct()], ct);
        var employers = await reader.EmployersAsync(recordIds, ct);
        if (ContactUnifier.Unify(ids.Survivor, records, employers, [.. records.SelectMany(r => events[r.Id])], withdrawn, locks, People.SaidOfPerson.Nothing, now, policy) is not { Contact: { } contact })
        {
            return null;
        }

        var today = await db.Contacts.AsNoTracking().Where(c => c.Id == sides.One || c.Id == sides.Other)
            .Select(c => new { c.Id, c.EmailReach, c.PhoneReach }).ToDictionaryAsync(c => c.Id, ct);
        var (one, other) = (today.GetValueOrDefault(sides.One), today.GetValueOrDefault(sides.Other));
        return new JoinForecast(ids.Survivor, ids.Retired, contact.Name, Values(contact.Origins))
        {
            Together = new Dictionary<string, IReadOnlyList<string>> { ["emails"] = contact.Emails, ["phones"] = contact.Phones, ["sources"] = contact.Sources },
            Reach =
            [
                new ForecastReach("email", one?.EmailReach, other?.EmailReach, contact.EmailReach, contact.EmailReachReason ?? ""),
                new ForecastReach("phone", one?.PhoneReach, other?.PhoneReach, contact.PhoneReach, contact.PhoneReachReason ?? ""),
            ],
        };
    }

    private static Dictionary<string, ForecastValue> Values(IReadOnlyDictionary<string, Origin> origins) => origins
        .Where(o => !CustomField.IsReserved(o.Key) && o.Value.Value is not null)
        .ToDictionary(o => o.Key, o => new ForecastValue(
            o.Value.Value!, o.Value.Rule, o.Value.Source,
            o.Value.Lost.Select(l => SearchText.Fold(l.Value)).Where(v => v != SearchText.Fold(o.Value.Value)).Distinct().Count()));
}
