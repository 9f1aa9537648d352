using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rcu.Cleaning;
using Rcu.Data;
using Rcu.Web.Commands;

namespace Rcu.Benchmarks.Pages;

/// <summary>A copy of the base of pages that went through every stage once, as a hub at work has: kept from one run to the next.</summary>
internal static class WorkedBase
{
    public static async Task<BenchHub> OpenAsync(BenchData data, PageBase plan, CancellationToken ct)
    {
        var (copied, name) = ($"rcu_pages_{plan.Accounts / 1_000}k", $"rcu_merge_{plan.Accounts / 1_000}k");
        var isKept = await KeptBase.IsLoadedAsync(data.Administrator, name, ct);
        if (!isKept)
        {
            await using (await KeptBase.OpenAsync(data, plan, ct))
            {
                // Made or brought up to date, then left: a database that is in use is not copied.
            }

            NpgsqlConnection.ClearAllPools();
            await HubDatabase.DropAsync(data.Administrator, name, ct);
            await using var server = NpgsqlDataSource.Create(data.Administrator + ";Command Timeout=0");
            foreach (var sql in new[]
            {
                $"create database {name} template {copied} owner {HubDatabase.OwnerRole} strategy file_copy",
                $"revoke all on database {name} from public", $"grant connect, temporary on database {name} to {HubDatabase.AppRole}",
            })
            {
#pragma warning disable CA2100 // names of this class
                await using var command = server.CreateCommand(sql);
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync(ct);
            }
        }

        var hub = await BenchHub.KeepAsync(data.Administrator, name, Path.Combine(data.Folder, "uploads"), ct);
        if (!isKept)
        {
            await WorkAsync(hub, ct);
            await KeptBase.MarkAsync(data.Administrator, name, ct);
        }

        return hub;
    }

    // Its records are written clean by the generator: every later stage is run over all of them.
    private static async Task WorkAsync(BenchHub hub, CancellationToken ct)
    {
        await using (var owner = await hub.OpenAsOwnerAsync(ct))
        {
            await using var clean = new NpgsqlCommand("update records set rules_version = $1 where rules_version <> $1", owner)
            { Parameters = { new() { Value = RecordCleaner.RulesVersion } } };
            await clean.ExecuteNonQueryAsync(ct);
            await using var vacuum = new NpgsqlCommand("vacuum analyze records", owner);
            await vacuum.ExecuteNonQueryAsync(ct);
        }

        await using var scope = hub.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Pipeline>().RunAsync(new StageBars(), ct);
    }
}
