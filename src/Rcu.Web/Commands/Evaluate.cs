using System.Text.Json;
using Rcu.Demo;
using Rcu.Web.Commands.Evaluation;

namespace Rcu.Web.Commands;

/// <summary>
/// <c>evaluate --pairs pairs.csv --truth truth.csv</c>: how right a result of <c>dedupe</c> is. Without files,
/// <c>evaluate [--seed S] [--companies N]</c> makes sources whose truth is known, runs the whole pipeline on them in a
/// database thrown away, and prints what it told right. Both answer with one JSON line.
/// </summary>
internal static class Evaluate
{
    private static readonly string[] OfFiles = ["--pairs", "--clusters", "--truth", "--id"];
    private static readonly string[] OfSources = ["--seed", "--companies"];

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <param name="to">Gets the figures, on one line.</param>
    /// <param name="aside">Gets what a person reads meanwhile.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter to, TextWriter aside)
    {
        if (args.Any(arg => arg is "--help" or "-h"))
        {
            await to.WriteLineAsync(Verb.Text("evaluate.usage"));
            return 0;
        }

        // Both « --pairs FILE » and « --pairs=FILE ».
        var words = args.SelectMany(arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.Contains('=', StringComparison.Ordinal) ? arg.Split('=', 2) : [arg]).ToList();
        var names = words.Where((_, i) => i % 2 == 0).ToList();
        if (words.Count % 2 != 0 || names.Exists(name => !OfFiles.Contains(name) && !OfSources.Contains(name)))
        {
            var odd = names.FirstOrDefault(name => !OfFiles.Contains(name) && !OfSources.Contains(name));
            await aside.WriteLineAsync(odd is null ? Verb.Text("dedupe.option_without_value", names[^1])
                : Verb.Text("dedupe.unknown_option", odd, string.Join(", ", OfFiles.Concat(OfSources))));
            await aside.WriteLineAsync(Verb.Text("evaluate.usage"));
            return Verb.Misused;
        }

        return names.Exists(OfFiles.Contains)
            ? await MeasureAsync(name => names.IndexOf(name) is >= 0 and var at ? words[2 * at + 1] : null, to, aside)
            : await InventAsync(args);
    }

    private static async Task<int> MeasureAsync(Func<string, string?> option, TextWriter to, TextWriter aside)
    {
        var (pairs, clusters, truth) = (option("--pairs"), option("--clusters"), option("--truth"));
        if (truth is null || pairs is null && clusters is null)
        {
            await RefuseAsync(truth is null ? EvaluationErrors.NoTruth : EvaluationErrors.NoResult, aside);
            await aside.WriteLineAsync(Verb.Text("evaluate.usage"));
            return Verb.Misused;
        }

        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var inPairs = pairs is null ? null : (Result<Grouping>?)GroupingFile.ReadPairs(pairs, ids);
        var inClusters = clusters is null ? null : (Result<Grouping>?)GroupingFile.ReadClusters(clusters, option("--id"), ids);
        var known = GroupingFile.ReadTruth(truth, option("--id"), ids);
        if ((inPairs?.Error ?? inClusters?.Error ?? known.Error) is { } refusal)
        {
            return await RefuseAsync(refusal, aside);
        }

        var told = (inPairs ?? inClusters)!.Value.Value!;
        if (told.Named.Count > 0 && known.Value!.Named.Count > 0 && !told.Named.Overlaps(known.Value.Named))
        {
            return await RefuseAsync(EvaluationErrors.NoIdInCommon(
                ids.First(id => told.Named.Contains(id.Value)).Key, ids.First(id => known.Value.Named.Contains(id.Value)).Key), aside);
        }

        var ofPairs = Quality.OfPairs(told, known.Value!, ids.Count);
        var ofClusters = Quality.OfClusters((inClusters ?? inPairs)!.Value.Value!, known.Value!, ids.Count);
        await SayAsync(ofPairs, ofClusters, to, aside);
        return 0;
    }

    private static async Task SayAsync(Quality pairs, Quality clusters, TextWriter to, TextWriter aside)
    {
        await aside.WriteLineAsync(Verb.Text("evaluate.head"));
        foreach (var (name, quality) in new[] { ("evaluate.pairs", pairs), ("evaluate.clusters", clusters) })
        {
            await aside.WriteLineAsync(Verb.Text(
                "evaluate.line", Verb.Text(name).PadRight(10), quality.Precision, quality.Recall, quality.F1, quality.Right, quality.Found, quality.True));
        }

        await aside.WriteLineAsync(Verb.Text("evaluate.note"));
        await to.WriteLineAsync(JsonSerializer.Serialize(new { pairs = Figures(pairs), clusters = Figures(clusters) }));
    }

    private static object Figures(Quality quality) => new
    {
        precision = Math.Round(quality.Precision, 6),
        recall = Math.Round(quality.Recall, 6),
        f1 = Math.Round(quality.F1, 6),
        right = quality.Right,
        found = quality.Found,
        @true = quality.True,
    };

    private static async Task<int> RefuseAsync(Error error, TextWriter aside)
    {
        await aside.WriteLineAsync(Verb.Text(error.Code, error.Values));
        return 1;
    }

    private static async Task<int> InventAsync(string[] args)
    {
        var options = new ConfigurationBuilder().AddCommandLine(args).Build();
        var companies = options.GetValue("companies", DemoData.DefaultCompanies);
        var folder = Directory.CreateTempSubdirectory("rcu-evaluate-").FullName;
        try
        {
            await DemoData.WriteAsync(folder, DateOnly.FromDateTime(DateTime.UtcNow), options["seed"] ?? "evaluate", companies);
            return await Demo.RunAsync(["--sources", folder, "--truth", Path.Combine(folder, "truth"), "--exit"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
