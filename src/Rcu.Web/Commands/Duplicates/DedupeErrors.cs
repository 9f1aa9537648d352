namespace Rcu.Web.Commands.Duplicates;

/// <summary>Why duplicates are not looked for: what is wrong, where, and what to do.</summary>
internal static class DedupeErrors
{
    public static readonly Error NoFile = new(ErrorKind.Invalid, "dedupe.no_file", "No file was named.");

    public static Error UnknownOption(string name, IEnumerable<string> known) =>
        new(ErrorKind.Invalid, "dedupe.unknown_option", $"Unknown option {name}.") { Values = [name, string.Join(", ", known)] };

    public static Error OptionWithoutValue(string name) =>
        new(ErrorKind.Invalid, "dedupe.option_without_value", $"{name} asks for a value.") { Values = [name] };

    public static Error TooManyFiles(int count) =>
        new(ErrorKind.Invalid, "dedupe.too_many_files", $"{count} files were named, two at most.") { Values = [count] };

    public static Error LinkAndTwoFiles(string column) =>
        new(ErrorKind.Invalid, "dedupe.link_and_two_files", "Two files are two lists already.") { Values = [column] };

    public static Error Threshold(string text) =>
        new(ErrorKind.Invalid, "dedupe.threshold", $"{text} is no probability between 0 and 1.") { Values = [text] };

    public static Error UnknownKind(string kind, string column, IEnumerable<string> known) =>
        new(ErrorKind.Invalid, "dedupe.unknown_kind", $"Unknown kind {kind} of column {column}.") { Values = [kind, column, string.Join(", ", known)] };

    public static Error FieldWithoutKind(string text) =>
        new(ErrorKind.Invalid, "dedupe.field_without_kind", $"{text} says no kind.") { Values = [text] };

    public static Error ColumnTwice(string column) =>
        new(ErrorKind.Invalid, "dedupe.column_twice", $"Column {column} is given two kinds.") { Values = [column] };

    public static Error NoUsableColumn(IReadOnlyList<string> columns) =>
        new(ErrorKind.Invalid, "dedupe.no_columns", "No column tells a record from another.") { Values = [string.Join(", ", columns), columns[0]] };

    public static Error NothingInCommon(string left, string right) =>
        new(ErrorKind.Invalid, "dedupe.nothing_in_common", $"{left} and {right} have no kind of column in common.") { Values = [left, right] };

    public static Error SameId(string column, string id, string path, long first, long second) =>
        new(ErrorKind.Invalid, "dedupe.same_id", $"Id {id} is on lines {first} and {second}.") { Values = [column, id, path, first, second] };

    public static Error OneList(string column, string only) =>
        new(ErrorKind.Invalid, "dedupe.one_list", $"Column {column} tells fewer than two lists apart.") { Values = [column, only] };

    public static Error TooManyLists(int most) =>
        new(ErrorKind.Invalid, "dedupe.too_many_lists", $"The column that tells lists apart has more than {most} values.") { Values = [most] };

    public static Error SameOutput(string path) =>
        new(ErrorKind.Invalid, "dedupe.same_output", $"{path} is both the clusters and the pairs.") { Values = [path] };

    public static Error WritesOverInput(string path) =>
        new(ErrorKind.Invalid, "dedupe.writes_over_input", $"{path} is the input.") { Values = [path] };
}
