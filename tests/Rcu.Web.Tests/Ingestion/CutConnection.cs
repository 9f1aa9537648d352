using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Rcu.Web.Tests.Ingestion;

/// <summary>
/// Kills the connection of a job as kill -9 would: its transaction goes with it. Either when its second batch of rows
/// is about to be saved, its rows being written, or when its evidence is written and not yet committed.
/// </summary>
internal sealed class CutConnection(string at) : DbTransactionInterceptor
{
    private int _commits;

    public bool Done { get; private set; }

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (++_commits == 2)
        {
            Done = true;
            await transaction.Connection!.CloseAsync();
            throw new IOException($"The process died at its {at}.");
        }

        return result;
    }
}
