using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Ingestion.Mapping;
using Rcu.Insight.Computed;
using Rcu.Segmentation;

namespace Rcu.Web.Pages.Segments;

/// <summary>What people call the fields they added of their own, and those they compute, where a rule is built or read.</summary>
internal sealed class OwnLabels(CustomFields fields, ComputedAttributes computed, SegmentRules rules, IStringLocalizer<Texts> texts)
{
    private readonly Dictionary<string, IReadOnlyList<NamedChoice>> _named = [];
    private IReadOnlyList<CustomField>? _all;

    /// <summary>Those a rule may name; the ones that only stewards may see are none.</summary>
    public async Task<IReadOnlyList<CustomField>> ListAsync(CancellationToken ct) => _all ??=
    [
        .. (await fields.ListAsync(RecordKind.Account, ct)).Concat(await fields.ListAsync(RecordKind.Contact, ct)).Where(field => !field.Reserved),
        .. (await computed.ListAsync(ct)).Select(line => Field(line.Attribute)),
    ];

    /// <summary>The segments, or the destinations, a field may name.</summary>
    public async Task<IReadOnlyList<NamedChoice>> NamedAsync(string field, CancellationToken ct)
    {
        if (!_named.TryGetValue(field, out var named))
        {
            _named[field] = named = await rules.ChoicesAsync(field, ct);
        }

        return named;
    }

    /// <summary>The same, by their names in rules.</summary>
    public async Task<Dictionary<string, string>> LabelsAsync(CancellationToken ct) => (await ListAsync(ct)).ToDictionary(field => field.Name, field => field.Label);

    /// <summary>Reads rules aloud with these words.</summary>
    public async Task<SegmentSentence> SentenceAsync(CancellationToken ct)
    {
        var labels = await LabelsAsync(ct);
        foreach (var named in (await NamedAsync("segment", ct)).Concat(await NamedAsync("sent_to", ct)))
        {
            labels[$"named:{named.Id}"] = named.Name;
        }

        return new SegmentSentence((key, values) => labels.TryGetValue(key, out var label) ? label : texts[key, values]);
    }

    private static CustomField Field(ComputedAttribute attribute) => new()
    {
        Name = attribute.Name,
        Label = attribute.Label,
        Kind = attribute.Kind is SubjectKind.Contact ? RecordKind.Contact : RecordKind.Account,
        Holds = CustomField.HeldBy(attribute.Name) ?? CustomValue.Number,
        Reserved = false,
        Purpose = attribute.Purpose,
        CreatedBy = attribute.SetBy,
        CreatedAt = attribute.SetAt,
    };
}
