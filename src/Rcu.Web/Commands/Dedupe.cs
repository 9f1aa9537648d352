using System.Diagnostics;
using System.Text.Json;
using Rcu.Matching;
using Rcu.Web.Commands.Csv;
using Rcu.Web.Commands.Duplicates;

namespace Rcu.Web.Commands;

/// <summary>
/// <c>dedupe FILE.csv [FILE2.csv]</c>: finds the rows of a file that are the same company or person, or links those of two
/// lists, without a database. The rows come out as they went in, with the number of their group.
/// </summary>
internal static class Dedupe
{
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error, CancellationToken.None);

    /// <param name="to">Gets the figures, on one line.</param>
    /// <param name="aside">Gets what a person reads meanwhile.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter to, TextWriter aside, CancellationToken ct)
    {
        if (args.Any(arg => arg is "--help" or "-h"))
        {
            await to.WriteLineAsync(Verb.Text("dedupe.usage"));
            return 0;
        }

        var options = DedupeOptions.Parse(args);
        if (!options.Succeeded)
        {
            await RefuseAsync(options.Error, aside);
            await aside.WriteLineAsync(Verb.Text("dedupe.usage"));
            return Verb.Misused;
        }

        using var interruption = new Interruption(ct);
        try
        {
            return Run(options.Value, to, aside, interruption.Token) is { } refusal ? await RefuseAsync(refusal, aside) : 0;
        }
        catch (RefusedException refused)
        {
            return await RefuseAsync(refused.Error, aside);
        }
        catch (OperationCanceledException)
        {
            await aside.WriteLineAsync($"\n{Verb.Text("dedupe.interrupted")}");
            return Interruption.ExitCode;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return await RefuseAsync(CsvErrors.Unreadable(options.Value.Files[0], broken), aside);
        }
    }

    private static Error? Run(DedupeOptions options, TextWriter to, TextWriter aside, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var shapes = new List<CsvShape>();
        foreach (var file in options.Files)
        {
            var shape = CsvDetector.Detect(file);
            if (!shape.Succeeded)
            {
                return shape.Error;
            }

            shapes.Add(shape.Value);
        }

        var plan = Plan.Of(shapes, options);
        if (!plan.Succeeded)
        {
            return plan.Error;
        }

        var outputs = Outputs(options);
        if (outputs.Select(Path.GetFullPath).Distinct().Count() < outputs.Count)
        {
            return DedupeErrors.SameOutput(outputs[0]);
        }

        if (outputs.Select(path => Refusal(path, options.Files)).FirstOrDefault(refusal => refusal is not null) is { } refused)
        {
            return refused;
        }

        Understanding.Say(plan.Value, aside);
        var found = Duplicates(plan.Value, options, outputs, ct);
        Report(found, watch.Elapsed.TotalSeconds, outputs[0], to, aside);
        return null;
    }

    private static Found Duplicates(Plan plan, DedupeOptions options, List<string> outputs, CancellationToken ct)
    {
        var bar = new ProgressBar();
        bar.Enter(Verb.Text("dedupe.reading"));
        using var records = new FileRecords(plan, bar.Report);
        var matching = new Matching(bar);
        var result = Matcher.Run(records, plan.Settings(options.Threshold), [], null, matching, ct);
        ct.ThrowIfCancellationRequested();
        var joined = result.PairsOfClusters().OrderByDescending(pair => pair.Weight).ThenBy(pair => pair.Left).ThenBy(pair => pair.Right).ToList();

        bar.Enter(Verb.Text("dedupe.writing"));
        var first = plan.Files[0].Shape;
        // What is plain ASCII between commas is a program's: it needs no mark, and may stumble over one.
        var marked = records.HasAccents || first.Mark > 0 || first.Separator != (byte)',';
        using var clusters = new CsvOutput(outputs[0], first.Separator, first.LineEnd, marked);
        ClustersFile.Write(clusters, plan, result.ClusterOf, bar.Report, ct);
        if (outputs.Count > 1)
        {
            using var pairs = new CsvOutput(outputs[1], first.Separator, first.LineEnd, marked);
            PairsFile.Write(pairs, plan, result, joined, ct);
            pairs.Commit();
        }

        clusters.Commit();
        bar.Clear();
        return new Found(records.Count, joined.Count, [.. result.ClusterOf.CountBy(cluster => cluster).Select(c => c.Value)], records.Odd, records.Headers);
    }

    private static List<string> Outputs(DedupeOptions options)
    {
        var clusters = options.Out ?? Path.Combine(
            Path.GetDirectoryName(Path.GetFullPath(options.Files[0]))!, $"{Path.GetFileNameWithoutExtension(options.Files[0])}.doublons.csv");
        return options.Pairs is { } pairs ? [clusters, pairs] : [clusters];
    }

    private static Error? Refusal(string path, IReadOnlyList<string> inputs) =>
        inputs.Any(input => Path.GetFullPath(input) == Path.GetFullPath(path)) ? DedupeErrors.WritesOverInput(path) : CsvOutput.Refusal(path);

    private static void Report(Found found, double seconds, string path, TextWriter to, TextWriter aside)
    {
        if (found.Odd.Count > 0)
        {
            aside.WriteLine(Verb.Text("dedupe.odd", found.Odd.Count));
            foreach (var example in found.Odd.Examples)
            {
                aside.WriteLine($"  {example}");
            }
        }

        if (found.Headers > 0)
        {
            aside.WriteLine(Verb.Text("dedupe.headers", found.Headers));
        }

        var groups = found.Sizes.Count(size => size > 1);
        aside.WriteLine(Verb.Text("dedupe.done", found.Records, found.Sizes.Count, found.Records - found.Sizes.Count, groups, path));
        if (groups > 0)
        {
            aside.WriteLine(Verb.Text("dedupe.next", ClustersFile.Cluster));
        }

        using var process = Process.GetCurrentProcess();
        to.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["records"] = found.Records,
            ["pairs"] = found.Pairs,
            ["clusters"] = found.Sizes.Count,
            ["seconds"] = Math.Round(seconds, 3),
            ["peak_memory_mb"] = Math.Round(process.PeakWorkingSet64 / 1048576.0, 1),
        }));
    }

    private static async Task<int> RefuseAsync(Error error, TextWriter aside)
    {
        await aside.WriteLineAsync(Verb.Text(error.Code, error.Values));
        return 1;
    }

    private sealed record Found(int Records, int Pairs, IReadOnlyList<int> Sizes, OddRows Odd, int Headers);

    // Matching begins, for who looks at the bar, when the reading has ended.
    private sealed class Matching(ProgressBar bar) : IProgress<double>
    {
        private bool _entered;

        public void Report(double value)
        {
            if (!_entered)
            {
                _entered = true;
                bar.Enter(Verb.Text("dedupe.matching"));
            }

            bar.Report(value);
        }
    }
}
