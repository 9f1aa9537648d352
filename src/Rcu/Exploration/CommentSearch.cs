using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Security;

namespace Rcu.Exploration;

/// <summary>Looks for words in what customers said and what people noted of them: comments, complaints, surveys, notes.</summary>
public sealed class CommentSearch(RcuDb db, TimeProvider clock)
{
    private const int Fewest = 3;
    private const int LatelyDays = 60;

    /// <returns>The newest first, with what surrounds the words; nothing for fewer than three characters.</returns>
    public async Task<IReadOnlyList<CommentHit>> FindAsync(AccountScope scope, string? typed, int most, CancellationToken ct)
    {
        var words = typed?.Trim() ?? "";
        if (words.Length < Fewest)
        {
            return [];
        }

        words = words.Length > Words.Longest ? words[..Words.Longest] : words;
        var found = await NewestAsync(scope, words, most, ct);
        if (found.Count == 0)
        {
            return [];
        }

        var hits = await (
            from i in scope.Interactions(db)
            where found.Contains(i.Id)
            join a in scope.Accounts(db) on i.AccountId equals a.Id
            select new { i.Id, i.AccountId, a.Name, i.ContactId, Contact = scope.Contacts(db).Where(c => c.Id == i.ContactId).Select(c => c.Name).FirstOrDefault(), i.At, i.Kind, i.Source })
            .ToListAsync(ct);
        var excerpts = await Words.Excerpts(scope.Interactions(db).Where(i => found.Contains(i.Id)), words).ToDictionaryAsync(one => one.Id, one => one.Excerpt, ct);
        return
        [
            .. hits.OrderByDescending(hit => hit.At).ThenBy(hit => hit.Id).Select(hit => new CommentHit(
                hit.Id, hit.AccountId, hit.Name, hit.ContactId, hit.Contact, hit.At, hit.Kind, hit.Source, Pieces(excerpts.GetValueOrDefault(hit.Id, "")))),
        ];
    }

    // A common word was said hundreds of thousands of times: only further back are all of them sorted.
    private async Task<List<Guid>> NewestAsync(AccountScope scope, string words, int most, CancellationToken ct)
    {
        // Not « is there a text »: the index is on what stands for one when there is none.
        var said = Words.In(scope.Interactions(db).Where(i => i.Text!.Length > 0), words);
        var since = clock.GetUtcNow().AddDays(-LatelyDays);
        var lately = await said.Where(i => i.At >= since).OrderByDescending(i => i.At).ThenBy(i => i.Id).Take(most).Select(i => i.Id).ToListAsync(ct);
        if (lately.Count == most)
        {
            return lately;
        }

        return await said.OrderByDescending(i => i.At).ThenBy(i => i.Id).Take(most).Select(i => i.Id).ToListAsync(ct);
    }

    private static List<ExcerptPiece> Pieces(string excerpt)
    {
        var pieces = new List<ExcerptPiece>();
        foreach (var part in excerpt.Trim().Split('\u0002'))
        {
            var end = part.IndexOf('\u0003', StringComparison.Ordinal);
            if (end >= 0)
            {
                pieces.Add(new ExcerptPiece(part[..end], true));
            }

            if (part.Length > end + 1)
            {
                pieces.Add(new ExcerptPiece(part[(end + 1)..], false));
            }
        }

        return pieces;
    }
}

/// <summary>A comment that holds the words.</summary>
public sealed record CommentHit(
    Guid Id, Guid AccountId, string AccountName, Guid? ContactId, string? ContactName, DateTimeOffset At, string Kind, string Source,
    IReadOnlyList<ExcerptPiece> Excerpt);

/// <summary>A piece of an excerpt.</summary>
public sealed record ExcerptPiece(string Text, bool IsMatch);
