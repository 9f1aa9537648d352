namespace Rcu.Data;

/// <summary>How a server of ours is set: reached from this machine alone, and tuned for the hub's bulk work.</summary>
internal static class PostgresSettings
{
    /// <param name="version">The server's major version.</param>
    public static IEnumerable<string> For(int version)
    {
        var gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        yield return "listen_addresses=127.0.0.1";
        yield return "unix_socket_directories=";
        yield return "max_connections=200";
        yield return $"shared_buffers={(gigabytes >= 4 ? "512MB" : "128MB")}";
        yield return $"work_mem={(gigabytes >= 4 ? "32MB" : "8MB")}";
        yield return $"maintenance_work_mem={(gigabytes >= 4 ? "256MB" : "64MB")}";
        yield return "max_wal_size=4GB";
        yield return "wal_level=minimal"; // no replica follows a server of ours: what is loaded into new tables and indexes is written once
        yield return "max_wal_senders=0";
        yield return "jit=off";
        yield return "random_page_cost=1.1"; // disks no longer turn
        yield return $"effective_cache_size={Math.Max(1, gigabytes / 2)}GB";
        if (version >= 14)
        {
            // A page that is left stops its query.
            yield return "client_connection_check_interval=1s";
        }
    }
}
