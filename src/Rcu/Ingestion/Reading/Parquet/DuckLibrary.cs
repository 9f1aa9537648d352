using System.Reflection;
using System.Runtime.InteropServices;
using Rcu.Data;

namespace Rcu.Ingestion.Reading.Parquet;

/// <summary>DuckDB's own library, which reads Parquet files: where this machine keeps it, and how to fetch it.</summary>
internal static class DuckLibrary
{
    private const string Version = "1.5.6-r.1";

    private static readonly string Package =
        $"@duckdb/node-bindings-linux-{(RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "arm64" : "x64")}";

    /// <summary>The command that installs it, for whoever reads a refusal.</summary>
    public static string Command => $"npm install --prefix {Path.Combine(LocalFolder.Home, "npm")} {Package}@{Version}";

    public static bool IsPresent => Find() is not null;

    internal static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? search) =>
        name == DuckNative.Library && Find() is { } path ? NativeLibrary.Load(path) : IntPtr.Zero;

    private static string? Find()
    {
        string[] candidates =
        [
            Environment.GetEnvironmentVariable("RCU_DUCKDB") ?? "",
            Installed(Path.Combine(LocalFolder.Home, "npm")),
            Installed("/var/lib/rcu/npm"),
        ];
        return candidates.FirstOrDefault(File.Exists);
    }

    private static string Installed(string prefix) => Path.Combine(prefix, "node_modules", Package, "libduckdb.so");
}
