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

    // So many answers are not gathered: the first ones met are compared.
    private const int Many = 20_000;

    private readonly Dictionary<Type, Held> _held = [];
    private NameQuery? _name;
    private (bool AreMany, IReadOnlyList<SoughtWord> Words) _read;

    /// <summary>The same search on another connection, with the words it has read.</summary>
    public async Task<Func<RcuDb, NameSearch>> BesideAsync(NameQuery name, CancellationToken ct)
    {
        var read = await WordsAsync(name, ct);
        return other => new NameSearch(other, large) { _name = name, _read = read };
    }

    /// <param name="shape">Makes hits of rows, found by what is named.</param>
    public async Task<IReadOnlyList<SearchHit>> FindAsync<T>(
        IQueryable<T> rows, NameQuery name, int shown, Func<IQueryable<T>, string, int, IQueryable<SearchHit>> shape, CancellationToken ct)
        where T : class
    {
        var start = $"{name.Text}%";
        var (areMany, words) = await WordsAsync(name, ct);
        var first = !areMany ? [] : await shape(
            rows.Where(r => EF.Functions.Like(EF.Functions.Collate(EF.Property<string>(r, "Search"), Binary), start))
                .OrderBy(r => EF.Functions.Collate(EF.Property<string>(r, "Search"), Binary)).ThenBy(r => EF.Property<Guid>(r, "Id")),
            "name", shown).ToListAsync(ct);
        if (first.Count >= shown)
        {
            return first;
        }

        var held = await HeldAsync(rows, name, ct);
        var hits = held.AreMany ? await BestAsync(Met(rows, words)) : [];
        hits = hits.Count < shown ? await BestAsync(Holding(rows, held)) : hits;

        hits = [.. first, .. hits.ExceptBy(first.Select(h => h.Id), h => h.Id)];
        if (hits.Count >= Enough || first.Count > 0 || name.Text.Length < ShortestMistyped)
        {
            return [.. hits.Take(shown)];
        }

        var known = hits.Select(h => h.Id).ToArray();
        var unknown = rows.Where(r => !known.Contains(EF.Property<Guid>(r, "Id")));
        return [.. hits, .. areMany
            ? await NearAsync(unknown, words, name, shown - hits.Count, shape, ct)
            : await AlikeAsync(unknown, name, shown - hits.Count, shape, ct)];

        Task<List<SearchHit>> BestAsync(IQueryable<T> found) => shape(Ranked(found.Take(Compared), name.Text, start), "name", shown).ToListAsync(ct);
    }

    /// <summary>How many bear the words, counted up to <paramref name="most"/>.</summary>
    public async Task<int> CountAsync<T>(IQueryable<T> rows, NameQuery name, int most, CancellationToken ct)
        where T : class
    {
        var held = await HeldAsync(rows, name, ct);
        return held.AreMany ? most : await Holding(rows, held).Select(_ => 1).Take(most).CountAsync(ct);
    }

    // A word that many names bear is not asked of the index, which would gather them all, but of the names the other words find.
    private async Task<Held> HeldAsync<T>(IQueryable<T> rows, NameQuery name, CancellationToken ct)
        where T : class
    {
        var (areMany, words) = await WordsAsync(name, ct);
        if (_held.TryGetValue(typeof(T), out var before))
        {
            return before;
        }

        List<SoughtWord> asked = [], met = [];
        var fewest = long.MaxValue;
        foreach (var word in words)
        {
            var bearing = areMany && word.BeginsMany ? await RowCount.PlannedAsync(db, Matching(rows, word.Terms), ct) : 0;
            fewest = areMany && !word.BeginsMany ? fewest : Math.Min(fewest, bearing);
            (bearing >= Many && words.Count > 1 ? met : asked).Add(word);
        }

        var held = asked.Count == 0 ? new Held(met, [], AreMany: true) : new Held(asked, met, AreMany: false);
        held = held with { AreMany = held.AreMany || (fewest >= Many && await RowCount.PlannedAsync(db, Matching(rows, held.Terms), ct) >= Many) };
        return _held[typeof(T)] = held;
    }

    private static IQueryable<T> Holding<T>(IQueryable<T> rows, Held held)
        where T : class => Bearing(Matching(rows, held.Terms), held.Met);

    // Among so many, the oldest are as good as any.
    private static IQueryable<T> Met<T>(IQueryable<T> rows, IReadOnlyList<SoughtWord> words)
        where T : class => Bearing(rows.OrderBy(r => EF.Property<Guid>(r, "Id")).Take(Many), words);

    private static IQueryable<T> Bearing<T>(IQueryable<T> rows, IReadOnlyList<SoughtWord> words)
        where T : class
    {
        foreach (var patterns in words.Select(word => word.Patterns))
        {
            rows = rows.Where(r => patterns.Any(p => EF.Functions.Like(" " + EF.Property<string>(r, "Search") + " ", p)));
        }

        return rows;
    }

    private static async Task<IReadOnlyList<SearchHit>> NearAsync<T>(
        IQueryable<T> rows, IReadOnlyList<SoughtWord> words, NameQuery name, int shown, Func<IQueryable<T>, string, int, IQueryable<SearchHit>> shape, CancellationToken ct)
        where T : class
    {
        var all = string.Join(" & ", words.Select(word => word.NearTerms));
        var near = await shape(Ranked(Matching(rows, all).Take(Compared), name.Text, $"{name.Text}%"), "near", shown).ToListAsync(ct);
        var telling = words.Where(word => word.Readings[0].Length >= ShortestMistyped).ToList();
        if (near.Count > 0 || telling.Count < 2)
        {
            return near;
        }

        // One word of them is too many, or is beyond recognition.
        var butOne = string.Join(" | ", telling.Select((_, left) => $"({string.Join(" & ", telling.Where((_, n) => n != left).Select(word => word.NearTerms))})"));
        return await shape(Ranked(Matching(rows, butOne).Take(Compared), name.Text, $"{name.Text}%"), "near", shown).ToListAsync(ct);
    }

    // Accounts and contacts are sought by the same words.
    private async Task<(bool AreMany, IReadOnlyList<SoughtWord> Words)> WordsAsync(NameQuery name, CancellationToken ct)
    {
        if (_name != name)
        {
            _held.Clear();
            (_name, _read) = (name, await SlipsAsync(name, ct));
        }

        return _read;
    }

    /// <returns>Whether there are so many names that a slip is looked for among their words; and each word typed.</returns>
    private async Task<(bool AreMany, IReadOnlyList<SoughtWord> Words)> SlipsAsync(NameQuery name, CancellationToken ct)
    {
        var typed = name.Words.Select(readings => readings[0]).ToArray();
        var found = await db.Database.SqlQuery<Slip>(
            $"""
            select 0 as "Place", '' as "Word", false as "IsIt"
            from pg_class where oid = 'accounts'::regclass and reltuples >= {large} and exists (select from name_words)
            union all
            select typed.place::int, near.word, near.word = typed.word
            from unnest({typed}::text[]) with ordinality typed (word, place)
            cross join lateral (
              select w.word from name_words w where w.keys && word_keys(typed.word)
              order by similarity(w.word, typed.word) desc, w.word limit 12) near
            where length(typed.word) >= {ShortestMistyped}
            union all
            select typed.place::int, typed.word, true
            from unnest({typed}::text[]) with ordinality typed (word, place)
            join name_words w using (word) where length(typed.word) < {ShortestMistyped}
            """).ToListAsync(ct);
        var areMany = found.Exists(slip => slip.Place == 0);
        for (var n = 0; areMany && n < typed.Length; n++)
        {
            // Two slips in one word: words that look like it, which takes longer to find.
            if (typed[n].Length >= ShortestMistyped && !found.Exists(slip => slip.Place == n + 1))
            {
                var (word, place) = (typed[n], n + 1);
                found.AddRange(await db.Database.SqlQuery<Slip>(
                    $"""
                    select {place} as "Place", word as "Word", false as "IsIt" from name_words
                    where word % {word} order by similarity(word, {word}) desc, word limit 6
                    """).ToListAsync(ct));
            }
        }

        // A word that there is, and that is no longer being typed, is not the beginning of another.
        return (areMany, [.. name.Words.Select((readings, n) => new SoughtWord(
            readings, [.. found.Where(slip => slip.Place == n + 1).Select(slip => slip.Word)],
            MayBeCut: !areMany || n == typed.Length - 1 || !found.Exists(slip => slip.Place == n + 1 && slip.IsIt))
        { IsLast = n == typed.Length - 1 })]);
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

    private sealed record Slip(int Place, string Word, bool IsIt);

    /// <param name="Asked">Words that the index answers.</param>
    /// <param name="Met">Words that the names so found must bear.</param>
    private sealed record Held(IReadOnlyList<SoughtWord> Asked, IReadOnlyList<SoughtWord> Met, bool AreMany)
    {
        public string Terms => string.Join(" & ", Asked.Select(word => word.Terms));
    }
}
