using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Customers.Postal;
using Rcu.Data;
using Rcu.Ingestion;
using Rcu.Jobs;
using Rcu.Security;

namespace Rcu.Unification.Postal;

/// <summary>
/// Notes the letters that came back, from the file of the mailing house, and says of an account whether it may be written to by
/// post. A return holds for the address the letter went to: another address, whoever gives it, lifts it by itself.
/// </summary>
public sealed class PostalReturns(RcuDb db, UploadStore store, PipelineRuns pipeline, TimeProvider clock)
{
    private const int Shown = 50;

    public async Task<IReadOnlyList<PostalReturnBatch>> ListAsync(CancellationToken ct) =>
        await db.Set<PostalReturnBatch>().AsNoTracking().OrderByDescending(b => b.NotedAt).Take(Shown).ToListAsync(ct);

    /// <summary>Reads a file and flags the accounts whose letters came back.</summary>
    public async Task<Result<PostalReturnBatch>> ReceiveAsync(string fileName, Stream content, string by, CancellationToken ct)
    {
        var stored = await store.KeepAsync(content, ct);
        if (!stored.Succeeded)
        {
            return stored.Error;
        }

        try
        {
            var read = await ReturnFile.ReadAsync(store.PathOf(stored.Value.Name), fileName, ct);
            return read.Succeeded ? await NoteAsync(fileName, read.Value, by, ct) : read.Error;
        }
        finally
        {
            store.Forget(stored.Value.Name);
        }
    }

    /// <summary>Takes a whole file back: what it flagged may be written to again.</summary>
    public async Task<Result<PostalReturnBatch>> UndoAsync(Guid id, string by, CancellationToken ct)
    {
        if (await db.Set<PostalReturnBatch>().SingleOrDefaultAsync(b => b.Id == id && b.UndoneAt == null, ct) is not { } batch)
        {
            return UnificationErrors.NoReturnBatch;
        }

        batch.Undo(by, clock.GetUtcNow());
        Note("postal_returns.undone", batch, by);
        await db.SaveChangesAsync(ct);
        await FlagAsync(by, ct);
        return batch;
    }

    /// <summary>Whether letters may be sent to an account, and the sentence that says why.</summary>
    public async Task<PostalReach> ReachAsync(Account account, CancellationToken ct)
    {
        var address = PostalLines.Of(account);
        var key = KeyOf(address);
        var returned = key.Length == 0 ? null : await db.Set<PostalReturn>().AsNoTracking()
            .Where(r => (r.AccountId == account.Id || db.Redirects.Any(d => d.RetiredId == r.AccountId && d.SurvivorId == account.Id)) && r.Address == key)
            .Where(r => db.Set<PostalReturnBatch>().Any(b => b.Id == r.BatchId && b.UndoneAt == null))
            .OrderByDescending(r => r.ReturnedOn)
            .FirstOrDefaultAsync(ct);
        return returned is not null ? new PostalReach(Reach.Invalid, $"NPAI{(returned.ReturnedOn is { } on ? $" du {on:dd/MM/yyyy}" : "")} : {returned.Reason}", returned)
            : account.Diffusion is "P" ? new PostalReach(Reach.Opposed, "Diffusion partielle dans Sirene : ne pas prospecter.", null)
            : !address.CanBeDelivered ? new PostalReach(Reach.NoAddress, address.Issues.FirstOrDefault(i => i.Stops)?.Message ?? "Aucune adresse connue.", null)
            : new PostalReach(Reach.Allowed, "Adresse complète, aucun retour connu.", null);
    }

    private async Task<Result<PostalReturnBatch>> NoteAsync(string fileName, IReadOnlyList<ReturnRow> rows, string by, CancellationToken ct)
    {
        var found = await new ReturnedAccounts(db).FindAsync(rows, ct);
        var (returns, unmatched, kept) = (new Dictionary<Guid, (ReturnRow Row, string Reason)>(), new List<UnmatchedReturn>(), 0);
        foreach (var row in rows)
        {
            var (reason, isAddress) = ReturnReasons.Of(row.Code);
            if (!isAddress)
            {
                kept++;
            }
            else if (found.GetValueOrDefault(row.Line) is { Account: { } account })
            {
                returns[account] = (row, reason);
            }
            else
            {
                unmatched.Add(new UnmatchedReturn(row.Line, row.Text, found.GetValueOrDefault(row.Line)?.Why ?? "La ligne n'a pas pu être lue."));
            }
        }

        var ids = returns.Keys.ToList();
        var accounts = await db.Accounts.AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(ct);
        var batch = new PostalReturnBatch
        {
            FileName = fileName,
            Rows = rows.Count,
            Flagged = accounts.Count,
            Kept = kept,
            Unmatched = [.. unmatched.Take(Shown)],
            UnmatchedCount = unmatched.Count,
            NotedBy = by,
            NotedAt = clock.GetUtcNow(),
        };
        db.Add(batch);
        db.AddRange(accounts.Select(account => new PostalReturn
        {
            BatchId = batch.Id,
            AccountId = account.Id,
            Address = KeyOf(PostalLines.Of(account)),
            Code = returns[account.Id].Row.Code ?? "NPAI",
            Reason = returns[account.Id].Reason,
            ReturnedOn = returns[account.Id].Row.On,
        }));
        Note("postal_returns.noted", batch, by);
        await db.SaveChangesAsync(ct);
        await FlagAsync(by, ct);
        return batch;
    }

    // Segments that ask for a sure address, and the tools they go to, follow.
    private async Task FlagAsync(string by, CancellationToken ct)
    {
        await new PostalFlags(db).RefreshAsync(ct);
        await pipeline.RequestAsync(by, ct);
    }

    private void Note(string action, PostalReturnBatch batch, string by) => db.Audit.Add(new AuditEntry
    {
        At = clock.GetUtcNow(),
        Who = by,
        Action = action,
        Subject = batch.FileName,
        Details = new Dictionary<string, string> { ["flagged"] = FormattableString.Invariant($"{batch.Flagged}") },
    });

    // The same address written otherwise is the same: its lines say so.
    internal static string KeyOf(PostalAddress address) =>
        string.Join('|', new[] { address.Building, address.Street, address.Place, address.Town, address.Country }.OfType<string>());
}

/// <summary>Whether letters may be sent, and why.</summary>
/// <param name="Return">The letter that came back, when one did.</param>
public sealed record PostalReach(Reach Reach, string Why, PostalReturn? Return);
