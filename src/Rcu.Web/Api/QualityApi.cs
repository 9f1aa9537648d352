using Microsoft.AspNetCore.Http.HttpResults;
using Rcu.Customers;
using Rcu.Exploration;
using Rcu.Security;
using Rcu.Segmentation;

namespace Rcu.Web.Api;

/// <summary>The quality of what the hub knows, and the reports on what must be ready by a date: NAF 2025, electronic invoices.</summary>
internal static class QualityApi
{
    private const string Read = "accounts:read";

    public static void Map(RouteGroupBuilder api)
    {
        var quality = api.MapGroup("/quality").WithTags("Quality");
        quality.MapGet("/", BoardAsync).Is("quality.board", Read);
        quality.MapGet("/naf-2025", NafAsync).Is("quality.naf", Read);
        quality.MapGet("/invoicing", InvoicingAsync).Is("quality.invoicing", Read);
        quality.MapGet("/invoicing/accounts", InvoicedAsync).Is("quality.invoicing_accounts", Read);
    }

    private static async Task<Results<Ok<QualityBoard>, NoContent>> BoardAsync(
        Choice<RecordKind>? kind, string? source, QualityBoards boards, CancellationToken ct) =>
        await boards.ReadAsync(kind?.Value is RecordKind.Contact ? RecordKind.Contact : RecordKind.Account, source ?? "", ct) is { } board
            ? TypedResults.Ok(board)
            : TypedResults.NoContent();

    private static async Task<Ok<NafReport>> NafAsync(NafSwitch naf, CancellationToken ct) => TypedResults.Ok(await naf.ReadAsync(ct));

    private static async Task<Results<Ok<InvoicingFigures>, NoContent>> InvoicingAsync(InvoicingReport report, CancellationToken ct) =>
        await report.FiguresAsync(ct) is { } figures ? TypedResults.Ok(figures) : TypedResults.NoContent();

    private static async Task<Ok<ApiPage<InvoicedView>>> InvoicedAsync(
        string? gap, Guid? cursor, int? limit, InvoicingReport report, AccountScope scope, CancellationToken ct)
    {
        var size = ApiPage.Size(limit);
        return TypedResults.Ok(ApiPage.Of(await report.ListAsync(scope, gap, cursor, size + 1, ct), size, InvoicedView.Of, row => row.AccountId));
    }

    /// <summary>A French customer: whether an electronic invoice would reach it, and what is missing.</summary>
    /// <param name="ProposedAddress">Its SIREN when no routing address is known: the one every company has.</param>
    internal sealed record InvoicedView(
        Guid AccountId, string Name, string? Siren, string? Vat, string? Siret, string? RoutingAddress, string? ProposedAddress, bool Ready,
        IReadOnlyList<string> Gaps)
    {
        public static InvoicedView Of(InvoicingRow row) => new(
            row.AccountId, row.Name, row.Siren?.Value, row.Vat, row.Siret, row.RoutingAddress, row.Proposed, row.Gaps.Count == 0, row.Gaps);
    }
}
