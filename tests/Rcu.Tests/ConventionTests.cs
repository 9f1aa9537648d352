using System.Reflection;
using System.Text.RegularExpressions;

namespace Rcu.Tests;

/// <summary>What the folder tree promises, checked on the source itself.</summary>
public partial class ConventionTests
{
    // What every stage may use.
    private static readonly string[] Ground = ["Identifiers", "Reference", "Customers"];

    // In the order of the pipeline.
    private static readonly string[] Stages =
        ["Ingestion", "Cleaning", "Resolution", "Unification", "Insight", "Exploration", "Segmentation", "Activation"];

    private static readonly string[] Beside = ["Privacy", "Security", "Jobs", "Data", "Demo"];

    [Fact]
    public void A_stage_only_looks_upstream() =>
        Assert.Empty(
            from file in HubFiles()
            where Ground.Concat(Stages).Contains(Folder(file))
            from used in UsedFolders(file)
            where Array.IndexOf(Stages, used) > Array.IndexOf(Stages, Folder(file)) // -1 for the ground, which uses no stage
            select $"{file} uses {used}");

    [Fact]
    public void Nothing_of_the_hub_needs_the_demonstration() =>
        Assert.Empty(
            from file in HubFiles()
            where Folder(file) != "Demo" && UsedFolders(file).Contains("Demo")
            select file);

    [Fact]
    public void Every_folder_of_the_hub_has_its_place() =>
        Assert.Empty(
            from file in HubFiles()
            where file.Split('/').Length > 3 && !Ground.Concat(Stages).Concat(Beside).Contains(Folder(file))
            select file);

    [Fact]
    public void A_namespace_is_the_folder_it_stands_in() =>
        Assert.Empty(
            from file in CodeFiles()
            let declared = DeclaredNamespace().Match(SourceTree.Text(file))
            where declared.Success
            let expected = string.Join('.', file.Split('/')[1..^1])
            where declared.Groups[1].Value != expected
            select $"{file} is in {declared.Groups[1].Value}");

    [Fact]
    public void A_file_fits_in_a_head() =>
        Assert.Empty(
            from file in CodeFiles().Concat(SourceTree.Files("src", ".cshtml"))
            let lines = SourceTree.Text(file).Count(c => c == '\n')
            where lines > 250
            select $"{file}: {lines} lines");

    [Fact]
    public void The_hub_knows_nothing_of_the_web() =>
        Assert.DoesNotContain(References(typeof(Error).Assembly), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void The_engine_knows_nothing_but_the_runtime() =>
        Assert.All(References(Assembly.Load("Rcu.Matching")), name => Assert.StartsWith("System", name, StringComparison.Ordinal));

    [Fact]
    public void A_type_is_named_after_the_business_and_not_after_a_pattern() =>
        Assert.Empty(
            from file in CodeFiles()
            from Match type in PatternName().Matches(SourceTree.Text(file))
            select $"{file}: {type.Groups[1].Value}");

    [Fact]
    public void An_interface_is_no_twin_of_its_only_class()
    {
        var types = CodeFiles().SelectMany(file => DeclaredType().Matches(SourceTree.Text(file)))
            .Select(type => type.Groups[1].Value).ToHashSet();

        Assert.DoesNotContain(types, name => Twin().IsMatch(name) && types.Contains(name[1..]));
    }

    [Fact]
    public void Nothing_is_left_for_later() =>
        Assert.Empty(
            from file in CodeFiles().Concat(SourceTree.Files("src", ".cshtml")).Concat(SourceTree.Files("src", ".sql"))
            where LeftForLater().IsMatch(SourceTree.Text(file))
            select file);

    private static IEnumerable<string> HubFiles() => SourceTree.Files("src/Rcu", ".cs");

    private static IEnumerable<string> CodeFiles() => SourceTree.Files("src", ".cs").Concat(SourceTree.Files("tests", ".cs"));

    // src/Rcu/Cleaning/Rules/X.cs belongs to Cleaning.
    private static string Folder(string file) => file.Split('/')[2];

    private static IEnumerable<string> UsedFolders(string file) =>
        UsedNamespace().Matches(SourceTree.Text(file)).Select(used => used.Groups[1].Value).Distinct();

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    // By a "using", or written out in full.
    [GeneratedRegex(@"^(?!namespace\b).*?\bRcu\.([A-Z]\w+)\b", RegexOptions.Multiline)]
    private static partial Regex UsedNamespace();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex DeclaredNamespace();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum) (\w+(?:Service|Manager|Dto|Impl|(?<!Tag)Helper|Helpers|Util|Utils|Utilities|Processor))\b")]
    private static partial Regex PatternName();

    [GeneratedRegex(@"\b(?:class|record|struct|interface) (\w+)")]
    private static partial Regex DeclaredType();

    [GeneratedRegex("^I[A-Z]")]
    private static partial Regex Twin();

    [GeneratedRegex(@"\b(?:T" + @"ODO|F" + @"IXME|H" + @"ACK)\b|^\s*#reg" + "ion", RegexOptions.Multiline)]
    private static partial Regex LeftForLater();
}
