using System.Text;
using System.Text.Json;
using Rcu.Web.Commands;

namespace Rcu.Web.Tests.Commands;

/// <summary>A folder to run commands in, and what they answered.</summary>
internal sealed class CommandLine : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _aside = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("rcu-command-").FullName;

    /// <summary>What the last command wrote on standard output.</summary>
    public string Out { get; private set; } = "";

    /// <summary>What it told the person meanwhile.</summary>
    public string Aside { get; private set; } = "";

    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public string Write(string name, string text, Encoding? encoding = null)
    {
        File.WriteAllText(PathOf(name), text, encoding ?? new UTF8Encoding(false));
        return PathOf(name);
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>The lines of a file, its mark left out.</summary>
    public string[] Lines(string name) => File.ReadAllLines(PathOf(name));

    public byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public IEnumerable<string> Files => Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    public Task<int> DedupeAsync(params string[] args) => RunAsync(() => Dedupe.RunAsync(args, _out, _aside, CancellationToken.None));

    public Task<int> EvaluateAsync(params string[] args) => RunAsync(() => Evaluate.RunAsync(args, _out, _aside));

    public async Task<int> RunAsync(Func<Task<int>> command)
    {
        _out.GetStringBuilder().Clear();
        _aside.GetStringBuilder().Clear();
        var code = await command();
        (Out, Aside) = (_out.ToString(), _aside.ToString());
        return code;
    }

    public void Dispose()
    {
        _out.Dispose();
        _aside.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
