using System.Data;
using Npgsql;

namespace Rcu.Resolution;

/// <summary>All that may be found, as of one resolution.</summary>
/// <param name="Stamp">The unification it answers for.</param>
/// <param name="Full">The full resolution whose weights and counts it uses.</param>
/// <param name="At">The resolution whose links it knows.</param>
internal sealed record LookUp(string Stamp, Guid? Full, DateTimeOffset At, KnownIndex Accounts, KnownIndex Contacts)
{
    public int Count => Accounts.Count + Contacts.Count;

    // From here on all is read again.
    private const int FewestForAll = 5_000;
    private const double ShareForAll = .1;

    // A record may have been taken away by a transaction that was open while the resolution before read.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>
    /// What may be found now: when only changes were resolved since, they are told to the indexes that are there, by the links
    /// they were given; after a full resolution, and when much changed, all is read again.
    /// </summary>
    /// <param name="known">What was built before; it is used up.</param>
    public static async Task<LookUp> OfAsync(NpgsqlDataSource database, string stamp, LookUp? known, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var data = await ResolutionData.LoadAsync(connection, ct);
        var (full, at) = await LastAsync(connection, ct);
        return known is not null && known.Full == full && await known.FollowAsync(connection, data, ct) is { } followed
            ? followed with { Stamp = stamp, At = at }
            : await BuildAsync(connection, data, stamp, full, at, ct);
    }

    private static async Task<LookUp> BuildAsync(
        NpgsqlConnection connection, ResolutionData data, string stamp, Guid? full, DateTimeOffset at, CancellationToken ct)
    {
        var accountLinks = await CurrentLinks.LoadAsync(connection, ClusterKind.Account, ct);
        var contactLinks = await CurrentLinks.LoadAsync(connection, ClusterKind.Contact, ct);
        var accounts = Index(
            await AccountMatching.OpenAsync(connection, data, "true", null, ct), data, ClusterKind.Account, data.SirenAliases, accountLinks, ct);
        var contacts = Index(
            await ContactMatching.OpenAsync(connection, data, "true", accountLinks.ClusterOf, ct), data, ClusterKind.Contact, null, contactLinks, ct);
        return new LookUp(stamp, full, at, accounts, contacts);
    }

    private static KnownIndex Index(
        RecordFeed feed, ResolutionData data, ClusterKind kind, IReadOnlyList<(string, string)>? aliases, CurrentLinks links, CancellationToken ct)
    {
        using (feed)
        {
            return KnownIndex.Of(Matching.Matcher.Index(feed, data.SettingsFor(kind, 0), aliases, ct), feed.Known, links.ClusterOf);
        }
    }

    private static async Task<(Guid? Full, DateTimeOffset At)> LastAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var read = new NpgsqlCommand(
            """
            select (select id from resolutions where scope = 'Full' and kind = 'Contact' order by at desc, id desc limit 1),
                   (select coalesce(max(at), '-infinity') from resolutions)
            """,
            connection);
        await using var row = await read.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (await row.IsDBNullAsync(0, ct) ? null : row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1));
    }

    // Null when so much changed that all is to be read again. A record that says something new has a new link.
    private async Task<LookUp?> FollowAsync(NpgsqlConnection connection, ResolutionData data, CancellationToken ct)
    {
        var touched = new TouchedRecords(connection);
        await touched.BeginAsync(ct);
        var (ofAccounts, ofContacts) =
            (await touched.LinkedSinceAsync(ClusterKind.Account, At, ct), await touched.LinkedSinceAsync(ClusterKind.Contact, At, ct));
        if (ofAccounts.Count + ofContacts.Count > Math.Max(FewestForAll, Count * ShareForAll))
        {
            return null;
        }

        // A contact's record is linked to an account as well: its employer.
        await touched.ReadAsync([.. ofAccounts.Keys.Concat(ofContacts.Keys).ToHashSet()], ct);
        List<ChangedRecord> accounts, contacts;
        using (var feed = await AccountMatching.OpenAsync(connection, data, TouchedRecords.Read, null, ct))
        {
            accounts = feed.Changes(ct);
        }

        var employers = await touched.AccountsOfReadAsync(ct);
        using (var feed = await ContactMatching.OpenAsync(
            connection, data, TouchedRecords.Read, contact => employers.TryGetValue(contact, out var account) ? account : null, ct))
        {
            contacts = feed.Changes(ct);
        }

        var gone = await touched.GoneSinceAsync(At - Overlap, ct);
        return this with
        {
            Accounts = Accounts.Follow(accounts, gone, ofAccounts),
            Contacts = Contacts.Follow(contacts, gone, ofContacts),
        };
    }
}
