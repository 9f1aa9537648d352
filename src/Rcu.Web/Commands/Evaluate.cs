using Rcu.Demo;

namespace Rcu.Web.Commands;

/// <summary>
/// <c>evaluate [--seed S] [--companies N]</c>: makes sources whose truth is known, runs the whole pipeline on them in a database
/// thrown away, and prints what it told right as one JSON line.
/// </summary>
internal static class Evaluate
{
    public static async Task<int> RunAsync(string[] args)
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
