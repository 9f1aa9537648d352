using System.Runtime.CompilerServices;

namespace Rcu.Tests;

/// <summary>The source files of the repository, for the tests that guard how it is written.</summary>
internal static class SourceTree
{
    private static readonly string[] NotOurs = ["obj", "bin", "node_modules", "artifacts", "lib"];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(ThisFile(), "..", "..", ".."));

    /// <summary>Paths from the root of the repository, as <c>src/Rcu/Result.cs</c>.</summary>
    public static IEnumerable<string> Files(string folder, string extension) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*" + extension, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Intersect(NotOurs).Any())
            .Order(StringComparer.Ordinal);

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
