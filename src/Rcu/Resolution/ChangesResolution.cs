using Npgsql;

namespace Rcu.Resolution;

/// <summary>
/// Resolves what changed since the resolution before, and what hangs together with it. A contact whose employer is another
/// account now has changed too. The nightly full resolution finds what this one cannot see.
/// </summary>
internal sealed class ChangesResolution(NpgsqlConnection connection, LiveHub hub, ResolutionData data, DateTimeOffset now)
{
    // From here on a full resolution is quicker.
    private const int FewestForFull = 5_000;
    private const double ShareForFull = .1;

    // A transaction that was open while the one before read may have stamped its rows earlier.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private readonly TouchedRecords _touched = new(connection);

    /// <returns>What later changes are looked at against; null when so much changed that all is to be resolved.</returns>
    public async Task<LiveHub?> RunAsync(CancellationToken ct)
    {
        await _touched.BeginAsync(ct);
        var accountsSince = await ChangedAsync(ClusterKind.Account, hub.Accounts, ct);
        var contactsSince = await ChangedAsync(ClusterKind.Contact, hub.Contacts, ct);
        var changed = accountsSince.Changed.Count + accountsSince.Gone.Count + contactsSince.Changed.Count + contactsSince.Gone.Count;
        if (changed > Math.Max(FewestForFull, (hub.Accounts.Records.Count + hub.Contacts.Records.Count) * ShareForFull))
        {
            return null;
        }

        var scribe = new ResolutionScribe(connection, data, now);
        var bears = new List<(string? Siren, string? Domain)>();
        await _touched.ReadAsync(accountsSince.Changed, ct);
        List<ChangedRecord> accountChanges;
        using (var feed = await AccountMatching.OpenAsync(connection, data, TouchedRecords.Read, (siren, domain) => bears.Add((siren, domain)), ct))
        {
            accountChanges = feed.Changes(ct);
        }

        var (accounts, attached) = await ResolveAsync(ClusterKind.Account, hub.Accounts, accountChanges, accountsSince, ct);
        Bear(accountChanges, bears, accountsSince.Gone);
        var foundAccounts = scribe.Plan(
            ClusterKind.Account, accounts, await CurrentLinks.LoadAsync(connection, ClusterKind.Account, ct, TouchedRecords.Links));
        hub.Accounts.Note(accounts.Records, foundAccounts.Plan);

        var asked = attached.Concat(contactsSince.Changed).Concat(contactsSince.Gone).Concat(await _touched.NamedByAsync(ct)).ToHashSet();
        await _touched.AddAsync(ClusterKind.Account, asked, changed: false, ct);
        await _touched.ReadAsync(asked, ct);
        var employers = await new Employers(hub.Accounts.Records, hub.Keys, hub.Accounts.GoldenAt, hub.Accounts.Index)
            .FindAsync(connection, TouchedRecords.Read, ct);
        var moved = asked.Where(c => EmployerOf(c) != employers.GetValueOrDefault(c)?.AccountId).ToList();
        Remember(asked, employers);

        await _touched.ReadAsync([.. contactsSince.Changed.Concat(moved).ToHashSet()], ct);
        List<ChangedRecord> contactChanges;
        using (var feed = await ContactMatching.OpenAsync(connection, data, TouchedRecords.Read, EmployerOf, ct))
        {
            contactChanges = feed.Changes(ct);
        }

        var (contacts, _) = await ResolveAsync(ClusterKind.Contact, hub.Contacts, contactChanges, contactsSince, ct);
        var foundContacts = scribe.Plan(
            ClusterKind.Contact, contacts, await CurrentLinks.LoadAsync(connection, ClusterKind.Contact, ct, TouchedRecords.Links));
        hub.Contacts.Note(contacts.Records, foundContacts.Plan);

        // The links of the contacts that were asked about are wanted or not, whatever was found before.
        var links = foundAccounts with { Current = await CurrentLinks.LoadAsync(connection, ClusterKind.Account, ct, TouchedRecords.Links) };
        var stamp = await scribe.WriteAsync(links, foundContacts, Known(asked), employers, ct);
        return hub with { Stamp = stamp, At = now, Data = data };
    }

    private Guid? EmployerOf(Guid contact) => hub.Employers.TryGetValue(contact, out var account) ? account : null;

    private void Remember(HashSet<Guid> asked, Dictionary<Guid, Attachment> employers)
    {
        foreach (var contact in asked)
        {
            if (employers.TryGetValue(contact, out var found))
            {
                hub.Employers[contact] = found.AccountId;
            }
            else
            {
                hub.Employers.Remove(contact);
            }
        }
    }

    private void Bear(List<ChangedRecord> changes, List<(string? Siren, string? Domain)> bears, List<Guid> gone)
    {
        foreach (var (change, said) in changes.Zip(bears))
        {
            hub.Keys.Change(hub.Accounts.Records.PlaceOf(change.Id), said.Siren, said.Domain);
        }

        foreach (var record in gone)
        {
            hub.Keys.Change(hub.Accounts.Records.PlaceOf(record), null, null);
        }
    }

    // The contacts that were asked about, as the writer of links reads them.
    private KnownRecords Known(HashSet<Guid> asked)
    {
        var known = new KnownRecords();
        foreach (var place in asked.Select(hub.Contacts.Records.PlaceOf).Where(place => place >= 0).Order())
        {
            known.Copy(hub.Contacts.Records, place);
        }

        return known;
    }

    private async Task<(List<Guid> Changed, List<Guid> Gone)> ChangedAsync(ClusterKind kind, LiveRecords live, CancellationToken ct)
    {
        var since = await _touched.SinceAsync(kind, hub.At - Overlap, ct);
        return (
            [.. since.Where(r => !r.IsGone && !live.IsKnown(r.Id, r.CleanedAt)).Select(r => r.Id)],
            [.. since.Where(r => r.IsGone && live.Together(r.Id).Count > 0).Select(r => r.Id)]);
    }

    // What the engine makes of the changes, with all that is linked where they are; and the records of another kind linked there.
    private async Task<(Resolved Resolved, List<Guid> Others)> ResolveAsync(
        ClusterKind kind, LiveRecords live, List<ChangedRecord> changes, (List<Guid> Changed, List<Guid> Gone) since, CancellationToken ct)
    {
        var gone = since.Gone.Select(id => new ChangedRecord(id, Guid.Empty, "", 0, null));
        var (touched, pairs) = live.Apply([.. changes, .. gone], hub.NewDecisions(kind, data));
        var corrections = ChangedCorrections();
        var tied = (kind is ClusterKind.Account ? data.AccountDecisions : data.ContactDecisions)
            .Where(d => corrections.Contains(Guid.Parse(d.LeftKey)) || corrections.Contains(Guid.Parse(d.RightKey)))
            .SelectMany(d => new[] { Guid.Parse(d.LeftKey), Guid.Parse(d.RightKey) });
        touched.UnionWith(pairs.SelectMany(p => new[] { p.Left, p.Right }).Select(place => live.Records.Ids[place]).Concat(tied).SelectMany(live.Together));
        await _touched.AddAsync(kind, [.. changes.Select(c => c.Id), .. since.Gone, .. corrections], changed: true, ct);
        var others = new List<Guid>();
        List<Guid> peers = [.. touched.Select(place => live.Records.Ids[place])];
        do
        {
            others.AddRange(peers.Where(peer => live.Records.PlaceOf(peer) < 0));
            var groups = peers.SelectMany(live.Together).ToHashSet();
            touched.UnionWith(groups);
            await _touched.AddAsync(kind, [.. peers, .. groups.Select(place => live.Records.Ids[place])], changed: false, ct);
            peers = await _touched.PeersAsync(kind, ct);
        }
        while (peers.Count > 0);

        var corrected = data.Corrections.Select(c => c.Id).ToHashSet();
        return (live.Some(touched, pairs), [.. others.Where(other => !corrected.Contains(other))]);
    }

    // What people typed since about a golden row, or took back.
    private HashSet<Guid> ChangedCorrections() =>
        [.. data.Corrections.Except(hub.Data.Corrections).Concat(hub.Data.Corrections.Except(data.Corrections)).Select(c => c.Id)];
}
