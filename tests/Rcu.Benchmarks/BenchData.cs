namespace Rcu.Benchmarks;

/// <summary>What benchmarks measure on: a folder, hubs of their own, and the demonstration, loaded once. All is thrown away.</summary>
internal sealed class BenchData(string administrator) : IAsyncDisposable
{
    private LoadedDemo? _demo;

    public string Folder { get; } = Directory.CreateTempSubdirectory("rcu_bench_").FullName;

    /// <summary>The figures that were asked for by name, or by the first words of it; empty for all.</summary>
    public IReadOnlyCollection<string> Names { get; init; } = [];

    /// <summary>Whether a figure was asked for.</summary>
    public bool Wants(string figure) => Names.Count == 0 || Names.Any(name => Benchmark.Begins(figure, name) || Benchmark.Begins(name, figure));

    /// <summary>An empty hub.</summary>
    public Task<BenchHub> NewHubAsync(CancellationToken ct) => BenchHub.CreateAsync(administrator, Path.Combine(Folder, "uploads"), ct);

    /// <summary>A server's superuser, for what is kept from one run to the next.</summary>
    public string Administrator => administrator;

    /// <summary>The demonstration's customers after the whole pipeline.</summary>
    public async Task<LoadedDemo> DemoAsync(CancellationToken ct) => _demo ??= await LoadedDemo.LoadAsync(this, ct);

    public async ValueTask DisposeAsync()
    {
        if (_demo is not null)
        {
            await _demo.Hub.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
