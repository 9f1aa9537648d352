using Microsoft.EntityFrameworkCore;
using Rcu.Customers;

namespace Rcu.Exploration;

/// <summary>Finds what was said by its words, whatever their accents and endings; "…" asks for words in a row, - refuses one.</summary>
internal static class Words
{
    private const string French = "rcu_french";

    /// <summary>The longest question that is asked.</summary>
    public const int Longest = 200;

    public static IQueryable<Interaction> In(IQueryable<Interaction> rows, string words) => rows.Where(i =>
        EF.Functions.ToTsVector(French, (i.Subject ?? "") + " " + (i.Text ?? "")).Matches(EF.Functions.WebSearchToTsQuery(French, words)));

    /// <summary>What surrounds the words, each between two marks.</summary>
    public static IQueryable<SaidWords> Excerpts(IQueryable<Interaction> rows, string words) => rows.Select(i => new SaidWords(
        i.Id,
        EF.Functions.WebSearchToTsQuery(French, words)
            .GetResultHeadline(French, (i.Subject ?? "") + " " + (i.Text ?? ""), "MaxWords=30, MinWords=12, MaxFragments=2, FragmentDelimiter= … , StartSel=\u0002, StopSel=\u0003")));
}

/// <summary>One thing that was said, around the words that were looked for.</summary>
internal sealed record SaidWords(Guid Id, string Excerpt);
