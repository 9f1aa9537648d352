using Npgsql;
using Rcu.Matching;

namespace Rcu.Resolution;

/// <summary>Resolves every clean record of the hub.</summary>
internal sealed class FullResolution(NpgsqlConnection connection, ResolutionData data, DateTimeOffset now)
{
    /// <returns>What later changes are looked at against.</returns>
    public async Task<LiveHub> RunAsync(IStageProgress progress, long total, CancellationToken ct)
    {
        var accountLinks = await CurrentLinks.LoadAsync(connection, ClusterKind.Account, ct);
        var contactLinks = await CurrentLinks.LoadAsync(connection, ClusterKind.Contact, ct);
        var keys = new EmployerKeys();
        var forAccounts = data.SettingsFor(ClusterKind.Account, await CountAsync("Account", ct));
        var forContacts = data.SettingsFor(ClusterKind.Contact, await CountAsync("Contact", ct));
        var scribe = new ResolutionScribe(connection, data, now);

        var (accounts, accountResult) = await MatchAsync(
            await AccountMatching.OpenAsync(connection, data, "true", keys.Add, ct),
            forAccounts, data.AccountDecisions, data.SirenAliases, ct);
        var foundAccounts = scribe.Plan(ClusterKind.Account, Resolved.Of(accounts, accountResult), accountLinks);
        await progress.ReportAsync(accounts.Count, total, ct);

        var employers = await new Employers(accounts, keys, foundAccounts.Plan.IdAt, accountResult.Index).FindAsync(connection, "true", ct);
        var (contacts, contactResult) = await MatchAsync(
            await ContactMatching.OpenAsync(connection, data, "true", contact => employers.GetValueOrDefault(contact)?.AccountId, ct),
            forContacts, data.ContactDecisions, null, ct);
        var foundContacts = scribe.Plan(ClusterKind.Contact, Resolved.Of(contacts, contactResult), contactLinks);
        await progress.ReportAsync(accounts.Count + contacts.Count, total, ct);

        var stamp = await scribe.WriteAsync(foundAccounts, foundContacts, contacts, employers, ct);
        return new LiveHub(
            stamp,
            now,
            new LiveRecords(accounts, accountResult, foundAccounts.Plan),
            new LiveRecords(contacts, contactResult, foundContacts.Plan),
            keys,
            employers.ToDictionary(e => e.Key, e => e.Value.AccountId),
            data);
    }

    private static async Task<(KnownRecords Records, MatchResult Result)> MatchAsync(
        RecordFeed feed, MatchSettings settings, IReadOnlyList<Decision> decisions, IReadOnlyList<(string, string)>? aliases, CancellationToken ct)
    {
        using (feed)
        {
            return (feed.Known, await Task.Run(() => Matcher.Run(feed, settings, decisions, aliases, null, ct), ct));
        }
    }

    private async Task<long> CountAsync(string kind, CancellationToken ct)
    {
#pragma warning disable CA2100 // constant text of this class
        await using var count = new NpgsqlCommand($"select count(*) from records r where {RecordFeed.Which(kind)}", connection);
#pragma warning restore CA2100
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }
}
