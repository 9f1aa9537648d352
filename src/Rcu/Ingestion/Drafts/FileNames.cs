using System.Text.RegularExpressions;

namespace Rcu.Ingestion.Drafts;

/// <summary>What the next file of a series will be called: « clients_2026-11.csv » announces « clients_*.csv ».</summary>
public static partial class FileNames
{
    public static string PatternOf(string fileName)
    {
        var extension = Path.GetExtension(fileName);
        var name = Copy().Replace(Path.GetFileNameWithoutExtension(fileName), "");
        var pattern = Changing().Replace(name, "*").TrimEnd('*', ' ', '-', '_');
        return (pattern.Length == 0 ? "*" : pattern + "*") + extension;
    }

    [GeneratedRegex(@"\s*\(\d+\)$| - copie$", RegexOptions.IgnoreCase)]
    private static partial Regex Copy();

    [GeneratedRegex(@"\d[\d\-_. hT]*\d|\d")]
    private static partial Regex Changing();
}
