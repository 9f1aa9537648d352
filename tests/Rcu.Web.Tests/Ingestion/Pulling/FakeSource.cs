using System.Text.Json;
using Rcu.Ingestion.Pulling;
using Rcu.Ingestion.Reading;

namespace Rcu.Web.Tests.Ingestion.Pulling;

/// <summary>A source that gives the rows a test puts in it, a few a page, and fails when told to.</summary>
internal sealed class FakeSource(int pageSize) : ISourceConnector
{
    public string Kind => "fake";

    public Type Settings => typeof(object);

    public List<Dictionary<string, string>> Rows { get; } = [];

    /// <summary>What the next readings answer instead of a page.</summary>
    public Queue<PullAnswer> Instead { get; } = new();

    public int Readings { get; private set; }

    public Error? Refusal(JsonElement settings, bool hasSecret) => null;

    public Task<Result<string>> TestAsync(SourceAccess access, CancellationToken ct) => Task.FromResult<Result<string>>("ok");

    public Task<PullAnswer> ReadAsync(SourceAccess access, string? cursor, CancellationToken ct)
    {
        Readings++;
        if (Instead.TryDequeue(out var answer))
        {
            return Task.FromResult(answer);
        }

        var from = cursor is null ? 0 : int.Parse(cursor);
        var page = Rows.Skip(from).Take(pageSize)
            .Select((row, i) => (ReadRow)new ReadRow.Kept(i + 1, new RowFields(JsonSerializer.SerializeToElement(row)), [])).ToList();
        return Task.FromResult<PullAnswer>(new PullAnswer.Page(page, $"{from + page.Count}", page.Count == pageSize));
    }

    public void Add(int count, string city = "Metz")
    {
        var first = Rows.Count;
        Rows.AddRange(Enumerable.Range(first, count).Select(i => new Dictionary<string, string> { ["id"] = $"A{i}", ["name"] = $"Société {i}", ["city"] = city }));
    }
}
