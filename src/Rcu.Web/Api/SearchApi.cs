using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Rcu.Exploration;
using Rcu.Security;

namespace Rcu.Web.Api;

/// <summary>The one search, for programs: an identifier in any form first, then names whatever their accents, case, legal form and slips.</summary>
internal static class SearchApi
{
    private const string Read = "accounts:read";
    private const int Usual = 10;
    private const int Most = 50;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/search", FindAsync).WithTags("Accounts").Is("search.find", Read);

    private static async Task<Ok<Found>> FindAsync(
        string? q, int? limit, Search search, AccountScope scope, ClaimsPrincipal key, CancellationToken ct)
    {
        var rights = new SearchRights(Segments: key.May("segments:read"), Imports: key.May("imports:read"));
        return TypedResults.Ok(Found.Of(await search.FindAsync(scope, rights, q, Math.Clamp(limit ?? Usual, 1, Most), ct)));
    }

    /// <summary>What was found, best first in each kind.</summary>
    /// <param name="Typed">What was searched, without the prefix that asks for one kind.</param>
    /// <param name="Near">Why digits are not the identifier they look like: <c>siren_check</c>, <c>siret_short</c>…</param>
    /// <param name="Direct">Those that an exact identifier names; the other kinds are empty then.</param>
    /// <param name="AccountsTotal">How many accounts bear the words, when more than are given; counted up to 1,000.</param>
    internal sealed record Found(
        string Typed, string? Near, IReadOnlyList<FoundRecord> Direct, IReadOnlyList<FoundRecord> Accounts, int? AccountsTotal,
        IReadOnlyList<FoundRecord> Contacts, int? ContactsTotal, IReadOnlyList<FoundRecord> Segments, IReadOnlyList<FoundRecord> Imports)
    {
        public static Found Of(SearchAnswer answer) => new(
            answer.Query.Typed, answer.Query.Near?.Code, All(answer.Direct), All(answer.Accounts), answer.Totals.Accounts, All(answer.Contacts),
            answer.Totals.Contacts, All(answer.Segments), All(answer.Imports));

        private static IReadOnlyList<FoundRecord> All(IReadOnlyList<SearchHit> hits) => [.. hits.Select(FoundRecord.Of)];
    }

    /// <summary>A record that was found.</summary>
    /// <param name="Place">The town of an account, the company of a contact, the source of an import.</param>
    /// <param name="By">What found it: <c>siren</c>, <c>email</c>, <c>name</c>, <c>near</c>, <c>past</c>…</param>
    /// <param name="FormerName">The name it bore once, by which it was found.</param>
    /// <param name="TookOver">The company it took over, by whose name it was found.</param>
    internal sealed record FoundRecord(
        SearchKind Kind, Guid Id, string Name, string? Siren, string? Place, string? Note, string? Owner, bool IsCeased, string By, string? FormerName, string? TookOver)
    {
        public static FoundRecord Of(SearchHit hit) => new(
            hit.Kind, hit.Id, hit.Name, hit.Siren?.Value, hit.Place, hit.Note, hit.Owner, hit.IsCeased, hit.By, hit.FormerName, hit.TookOver);
    }
}
