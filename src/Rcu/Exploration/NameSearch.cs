using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Exploration;

/// <summary>
/// Accounts or contacts by their names, with as little work among a million as among a thousand: those that begin with what was
/// typed, else those that hold its words, else those whose words differ by a slip of the fingers.
/// </summary>
internal sealed class NameSearch(RcuDb db, int large = NameSearch.Large)
{
    /// <summary>How alike a word typed wrong must be: « Dupnot » and « Dupont » share about four parts in ten.</summary>
    private const double Alike = 0.4;

    // Of those that hold the words, how many are compared to find the best.
    private const int Compared = 400;

    // From here on a slip is looked for among the words there are, not among the names.
    public const int Large = 20_000;

    private const int Enough = 3;
    private const int ShortestMistyped = 4;
    private const string Simple = "simple";
    private const string Binary = "C";
    private (NameQuery Name, IReadOnlyList<IReadOnlyList<string>>? Words)? _read;

    /// <param name="shape">Makes hits of rows, found by what is named.</param>
    public async Task<IReadOnlyList<SearchHit>> FindAsync<T>(
        IQueryable<T> rows, NameQuery name, int shown, Func<IQueryable<T>, string, int, IQueryable<SearchHit>> shape, CancellationToken ct)
        where T : class
    {
        var start = $"{name.Text}%";
        var words = await WordsAsync(name, ct);
        var first = words is null ? [] : await shape(
            rows.Where(r => EF.Functions.Like(EF.Functions.Collate(EF.Property<string>(r, "Search"), Binary), start))
                .OrderBy(r => EF.Functions.Collate(EF.Property<string>(r, "Search"), Binary)).ThenBy(r => EF.Property<Guid>(r, "Id")),
            "name", shown).ToListAsync(ct);
        if (first.Count >= shown)
        {
            return first;
        }

        var holding = Matching(rows, Beginnings(name)).Take(Compared);
        List<SearchHit> hits = [.. await shape(Ranked(holding, name.Text, start), "name", shown).ToListAsync(ct)];
        hits = [.. first, .. hits.ExceptBy(first.Select(h => h.Id), h => h.Id)];
        if (hits.Count >= Enough || first.Count > 0 || name.Text.Length < ShortestMistyped)
        {
            return [.. hits.Take(shown)];
        }

        var known = hits.Select(h => h.Id).ToArray();
        var unknown = rows.Where(r => !known.Contains(EF.Property<Guid>(r, "Id")));
        return [.. hits, .. words is null
            ? await AlikeAsync(unknown, name, shown - hits.Count, shape, ct)
            : await NearAsync(unknown, words, name, shown - hits.Count, shape, ct)];
    }

    /// <summary>How many bear the words, counted up to <paramref name="most"/>.</summary>
    public static Task<int> CountAsync<T>(IQueryable<T> rows, NameQuery name, int most, CancellationToken ct)
        where T : class => Matching(rows, Beginnings(name)).Select(_ => 1).Take(most).CountAsync(ct);

    // Words of a name may be cut short; those of one or two letters only while they are being typed, for many words begin so.
    private static string Beginnings(NameQuery name) => string.Join(" & ", name.Words.Select((readings, place) =>
        $"({string.Join(" | ", readings.Select(reading => Whole(reading, reading.Length > 2 || place == name.Words.Count - 1 ? ":*" : "")))})"));

    private static string Whole(string reading, string ending) => $"({string.Join(" & ", reading.Split(' ').Select(word => $"{word}{ending}"))})";

    private static async Task<IReadOnlyList<SearchHit>> NearAsync<T>(
        IQueryable<T> rows, IReadOnlyList<IReadOnlyList<string>> words, NameQuery name, int shown, Func<IQueryable<T>, string, int, IQueryable<SearchHit>> shape, CancellationToken ct)
        where T : class
    {
        var all = string.Join(" & ", words.Select(Either));
        var near = await shape(Ranked(Matching(rows, all).Take(Compared), name.Text, $"{name.Text}%"), "near", shown).ToListAsync(ct);
        var telling = words.Where(readings => readings[0].Length >= ShortestMistyped).ToList();
        if (near.Count > 0 || telling.Count < 2)
        {
            return near;
        }

        // One word of them is too many, or is beyond recognition.
        var butOne = string.Join(" | ", telling.Select((_, left) => $"({string.Join(" & ", telling.Where((_, n) => n != left).Select(Either))})"));
        return await shape(Ranked(Matching(rows, butOne).Take(Compared), name.Text, $"{name.Text}%"), "near", shown).ToListAsync(ct);
    }

    private static string Either(IReadOnlyList<string> readings) => $"({string.Join(" | ", readings)})";

    // Accounts and contacts are sought by the same words.
    private async Task<IReadOnlyList<IReadOnlyList<string>>?> WordsAsync(NameQuery name, CancellationToken ct)
    {
        _read = _read is { } read && read.Name == name ? read : (name, await SlipsAsync(name, ct));
        return _read.Value.Words;
    }

    /// <returns>For each word typed, itself and the words it may be a slip for; null while there are too few names to need them.</returns>
    private async Task<IReadOnlyList<IReadOnlyList<string>>?> SlipsAsync(NameQuery name, CancellationToken ct)
    {
        var typed = name.Words.Select(readings => readings[0]).ToArray();
        var found = await db.Database.SqlQuery<Slip>(
            $"""
            select 0 as "Place", '' as "Word"
            from pg_class where oid = 'accounts'::regclass and reltuples >= {large} and exists (select from name_words)
            union all
            select typed.place::int, near.word
            from unnest({typed}::text[]) with ordinality typed (word, place)
            cross join lateral (
              select w.word from name_words w where w.keys && word_keys(typed.word)
              order by similarity(w.word, typed.word) desc, w.word limit 12) near
            where length(typed.word) >= {ShortestMistyped}
            """).ToListAsync(ct);
        if (!found.Exists(slip => slip.Place == 0))
        {
            return null;
        }

        // Two slips in one word: words that look like it, which takes longer to find.
        for (var n = 0; n < typed.Length; n++)
        {
            if (typed[n].Length >= ShortestMistyped && !found.Exists(slip => slip.Place == n + 1))
            {
                var (word, place) = (typed[n], n + 1);
                found.AddRange(await db.Database.SqlQuery<Slip>(
                    $"""
                    select {place} as "Place", word as "Word" from name_words
                    where word % {word} order by similarity(word, {word}) desc, word limit 6
                    """).ToListAsync(ct));
            }
        }

        return [.. name.Words.Select((readings, n) => (IReadOnlyList<string>)
            [.. readings.Concat(found.Where(slip => slip.Place == n + 1).Select(slip => slip.Word)).SelectMany(r => r.Split(' ')).Distinct()])];
    }

    // The index answers the operator, whose threshold is a setting of the session: it is lowered for this transaction alone.
    private async Task<IReadOnlyList<SearchHit>> AlikeAsync<T>(
        IQueryable<T> rows, NameQuery name, int shown, Func<IQueryable<T>, string, int, IQueryable<SearchHit>> shape, CancellationToken ct)
        where T : class
    {
        var text = name.Text;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select set_config('pg_trgm.word_similarity_threshold', {Alike.ToString(CultureInfo.InvariantCulture)}, true)", ct);
        var alike = rows.Where(r => EF.Functions.TrigramsAreWordSimilar(text, EF.Property<string>(r, "Search")));
        var hits = await shape(Ranked(alike, text, $"{text}%"), "near", shown).ToListAsync(ct);
        await transaction.CommitAsync(ct);
        return hits;
    }

    private static IQueryable<T> Matching<T>(IQueryable<T> rows, string query)
        where T : class => rows.Where(r =>
            EF.Functions.ToTsVector(Simple, EF.Property<string>(r, "Search")).Matches(EF.Functions.ToTsQuery(Simple, query)));

    private static IOrderedQueryable<T> Ranked<T>(IQueryable<T> rows, string text, string start)
        where T : class => rows
            .OrderByDescending(r => EF.Functions.Like(EF.Property<string>(r, "Search"), start))
            .ThenByDescending(r => EF.Functions.TrigramsWordSimilarity(text, EF.Property<string>(r, "Search")))
            .ThenBy(r => EF.Property<string>(r, "Name")).ThenBy(r => EF.Property<Guid>(r, "Id"));

    private sealed record Slip(int Place, string Word);
}
