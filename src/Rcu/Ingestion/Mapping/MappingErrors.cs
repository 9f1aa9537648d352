namespace Rcu.Ingestion.Mapping;

/// <summary>Why a field cannot be added, nor a mapping applied to what was read before.</summary>
public static class MappingErrors
{
    public static readonly Error FieldIncomplete =
        new(ErrorKind.Invalid, "field.incomplete", "Give the field a short name and say what it is collected for.");

    public static readonly Error FieldKind =
        new(ErrorKind.Invalid, "field.kind", "Only accounts and contacts take fields of your own.");

    public static readonly Error NoColumn =
        new(ErrorKind.Invalid, "field.no_column", "Choose the column that feeds the field.");

    public static readonly Error NothingFormer =
        new(ErrorKind.Conflict, "mapping.nothing_former", "No row was read by an earlier version of this mapping.");

    public static readonly Error KeyChanged =
        new(ErrorKind.Conflict, "mapping.key_changed", "The key has changed: the rows are known by another name, import their file again.");

    public static Error FieldTaken(string label) =>
        new(ErrorKind.Conflict, "field.taken", $"There is already a field named {label}, which holds something else.") { Values = [label] };
}
