using Microsoft.EntityFrameworkCore;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Ingestion.Drafts;
using Rcu.Security;

namespace Rcu.Ingestion.Mapping;

/// <summary>The fields the company adds of its own: what a column without a target may feed.</summary>
public sealed class CustomFields(RcuDb db, TimeProvider clock)
{
    private const int LongestLabel = 60;

    public async Task<IReadOnlyList<CustomField>> ListAsync(RecordKind kind, CancellationToken ct) =>
        await db.Set<CustomField>().AsNoTracking().Where(f => f.Kind == kind).OrderBy(f => f.Label).ToListAsync(ct);

    /// <summary>Adds a field. One of the same name that holds the same is answered instead of a second.</summary>
    public async Task<Result<CustomField>> CreateAsync(NewCustomField asked, string by, CancellationToken ct)
    {
        var (label, purpose) = (asked.Label?.Trim() ?? "", asked.Purpose?.Trim() ?? "");
        var word = DraftStart.NameOf(label);
        if (word.Length == 0 || label.Length > LongestLabel || purpose.Length == 0)
        {
            return MappingErrors.FieldIncomplete;
        }

        if (asked.Kind is not (RecordKind.Account or RecordKind.Contact))
        {
            return MappingErrors.FieldKind;
        }

        var prefix = asked.Reserved ? CustomField.ReservedPrefix : CustomField.Prefix;
        var name = $"{prefix}{asked.Holds.ToString().ToLowerInvariant()}_{(asked.Kind is RecordKind.Contact ? "contact_" : "")}{word}";
        var namesakes = (await db.Set<CustomField>().ToListAsync(ct)).FindAll(
            f => f.Name == name || (f.Kind == asked.Kind && string.Equals(f.Label, label, StringComparison.OrdinalIgnoreCase)));
        if (namesakes.Find(f => f.Name == name) is { } same)
        {
            return same;
        }

        if (namesakes.Count > 0)
        {
            return MappingErrors.FieldTaken(namesakes[0].Label);
        }

        var now = clock.GetUtcNow();
        var field = new CustomField
        {
            Name = name,
            Label = label,
            Kind = asked.Kind,
            Holds = asked.Holds,
            Reserved = asked.Reserved,
            Purpose = purpose,
            CreatedBy = by,
            CreatedAt = now,
        };
        db.Add(field);
        db.Audit.Add(new AuditEntry
        {
            At = now,
            Who = by,
            Action = "field.added",
            Subject = name,
            Details = new Dictionary<string, string> { ["label"] = label, ["purpose"] = purpose },
        });
        await db.SaveChangesAsync(ct);
        return field;
    }
}

/// <summary>A field to be added.</summary>
/// <param name="Reserved">Only stewards and administrators will see its values.</param>
public sealed record NewCustomField(string? Label, RecordKind Kind, CustomValue Holds, bool Reserved, string? Purpose);
