using System.Collections.Concurrent;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Rcu.Web.Tests.Support.TestRun", "Rcu.Web.Tests")]

namespace Rcu.Web.Tests.Support;

/// <summary>The run of all the tests, which stops what they share before it says that it is over.</summary>
public sealed class TestRun(IMessageSink messages) : XunitTestFramework(messages)
{
    private static readonly ConcurrentQueue<Func<Task>> Ends = new();

    // Hundreds of hubs would each watch their settings for changes: the system has so many watches to give.
    [System.Runtime.CompilerServices.ModuleInitializer]
    internal static void WatchNoSettings() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");

    /// <summary>What is to be done once the last test is over.</summary>
    public static void AtItsEnd(Func<Task> end) => Ends.Enqueue(end);

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assembly, sources, diagnostics)
    {
        protected override async void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            using var runner = new Runner(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await runner.RunAsync();
        }
    }

    private sealed class Runner(
        ITestAssembly assembly, IEnumerable<IXunitTestCase> cases, IMessageSink diagnostics, IMessageSink messages,
        ITestFrameworkExecutionOptions options) : XunitTestAssemblyRunner(assembly, cases, diagnostics, messages, options)
    {
        // Later is too late: the process is ended as soon as the run is said to be over.
        protected override async Task BeforeTestAssemblyFinishedAsync()
        {
            while (Ends.TryDequeue(out var end))
            {
                await Task.WhenAny(Task.Run(end), Task.Delay(TimeSpan.FromSeconds(20)));
            }

            await base.BeforeTestAssemblyFinishedAsync();
        }
    }
}
