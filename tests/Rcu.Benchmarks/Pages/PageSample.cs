using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Rcu.Benchmarks.Generator;
using Rcu.Exploration;

namespace Rcu.Benchmarks.Pages;

/// <summary>One account drawn to be asked about: what it is sought by, and where lists sorted on any column stand at it.</summary>
internal sealed record PageSample(
    Guid Id, string Name, string? Siren, string? Phone, string City, IReadOnlyDictionary<AccountSort, PageCursor> Places)
{
    public static async Task<List<PageSample>> DrawAsync(NpgsqlDataSource database, IEnumerable<Guid> ids, CancellationToken ct)
    {
        await using var select = database.CreateCommand(
            """
            select a.id, a.name, a.siren, a.phone, a.address_city, a.naf, m.revenue12m, m.last_interaction_at, m.engagement, s.total
            from unnest($1) with ordinality as wanted (id, place) join accounts a using (id)
            join account_metrics m on m.account_id = a.id join account_scores s on s.account_id = a.id order by place
            """);
        select.Parameters.Add(new() { Value = ids.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await using var row = await select.ExecuteReaderAsync(ct);
        var drawn = new List<PageSample>();
        while (await row.ReadAsync(ct))
        {
            var id = row.GetGuid(0);
            PageCursor At(object? value) => new(value is null ? null : JsonSerializer.Serialize(value), id);
            drawn.Add(new PageSample(id, row.GetString(1), row[2] as string, row[3] as string, row.GetString(4), new Dictionary<AccountSort, PageCursor>
            {
                [AccountSort.Name] = At(row.GetString(1)),
                [AccountSort.City] = At(row.GetString(4)),
                [AccountSort.Naf] = At(row.GetString(5)),
                [AccountSort.Revenue] = At(row.GetDecimal(6)),
                [AccountSort.LastInteraction] = At(await row.IsDBNullAsync(7, ct) ? null : row.GetFieldValue<DateTimeOffset>(7)),
                [AccountSort.Engagement] = At(row.GetInt32(8)),
                [AccountSort.Quality] = At(row.GetInt32(9)),
            }));
        }

        return drawn;
    }

    /// <summary>The name with one slip of the fingers: a letter left out, doubled or swapped with its neighbour, in its longest word.</summary>
    public string Mistyped(int n)
    {
        var words = Name.Split(' ');
        var longest = Array.IndexOf(words, words.MaxBy(word => word.Length));
        var dice = new Dice(PageBase.Seed, n, 91);
        var (word, at) = (words[longest], dice.Between(1, Math.Max(1, words[longest].Length - 2)));
        words[longest] = word.Length < 4 ? word : dice.Below(3) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, $"{word[at]}"),
            _ => $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}",
        };
        return string.Join(' ', words);
    }
}
