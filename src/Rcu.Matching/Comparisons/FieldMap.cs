namespace Rcu.Matching.Comparisons;

/// <summary>Where the fields of each kind stand in a record.</summary>
internal sealed class FieldMap(IReadOnlyList<Field> fields)
{
    public IReadOnlyList<Field> Fields => fields;

    public int[] Of(params FieldKind[] kinds) =>
        [.. Enumerable.Range(0, fields.Count).Where(i => kinds.Contains(fields[i].Kind))];

    public bool Has(params FieldKind[] kinds) => fields.Any(field => kinds.Contains(field.Kind));
}
