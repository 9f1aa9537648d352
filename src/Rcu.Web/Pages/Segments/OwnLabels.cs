using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Ingestion.Mapping;
using Rcu.Segmentation;

namespace Rcu.Web.Pages.Segments;

/// <summary>What people call the fields they added of their own, where a rule is built or read.</summary>
internal sealed class OwnLabels(CustomFields fields, IStringLocalizer<Texts> texts)
{
    private IReadOnlyList<CustomField>? _all;

    /// <summary>Those a rule may name; the ones that only stewards may see are none.</summary>
    public async Task<IReadOnlyList<CustomField>> ListAsync(CancellationToken ct) => _all ??=
        [.. (await fields.ListAsync(RecordKind.Account, ct)).Concat(await fields.ListAsync(RecordKind.Contact, ct)).Where(field => !field.Reserved)];

    /// <summary>Reads rules aloud with these words.</summary>
    public async Task<SegmentSentence> SentenceAsync(CancellationToken ct)
    {
        var labels = (await ListAsync(ct)).ToDictionary(field => field.Name, field => field.Label);
        return new SegmentSentence((key, values) => labels.TryGetValue(key, out var label) ? label : texts[key, values]);
    }
}
