namespace Rcu.Reference.Register;

/// <summary>Why the register refuses a file or a question, and why a row is set aside.</summary>
public static class RegisterErrors
{
    /// <summary>The row's SIREN or SIRET is not one.</summary>
    public const string BadNumber = "number";

    /// <summary>The row does not say whether it may be shown: neither O nor P.</summary>
    public const string BadDiffusion = "diffusion";

    public const string BadDate = "date";

    /// <summary>The row has more or fewer values than there are headers.</summary>
    public const string BadShape = "shape";

    /// <summary>A legal notice of another kind than those that are kept.</summary>
    public const string OtherNotice = "other_notice";

    /// <summary>A legal notice about somebody who has no SIREN.</summary>
    public const string Unnumbered = "unnumbered";

    /// <summary>The row's postal code, commune or point cannot be read.</summary>
    public const string BadPlace = "place";

    /// <summary>The row does not say where the commune lies.</summary>
    public const string NoPoint = "no_point";

    public static readonly Error NotFound = new(ErrorKind.NotFound, "register.not_found", "The register holds no such number.");

    public static readonly Error NotANumber =
        new(ErrorKind.Invalid, "register.not_a_number", "A SIREN has nine digits and a SIRET fourteen, the last one a check digit.");

    public static readonly Error NoName = new(ErrorKind.Invalid, "register.no_name", "Give a name, and a postal code of five digits.");

    public static readonly Error Busy = new(ErrorKind.Conflict, "register.busy", "The register is being loaded already.");

    public static Error UnknownFile(string file) =>
        new(ErrorKind.Invalid, "register.unknown_file", $"'{file}' has the headers of none of Insee's stock files, nor those of the BODACC's notices or of La Poste's postal codes.") { Values = [file] };

    public static Error MissingColumns(string file, string layout, IReadOnlyList<string> columns) => new(
        ErrorKind.Invalid, "register.missing_columns", $"'{file}' looks like {layout}, without its columns {string.Join(", ", columns)}.")
    { Values = [file, layout, string.Join(", ", columns)] };

    public static Error Empty(string file) =>
        new(ErrorKind.Invalid, "register.empty", $"'{file}' holds no row: the register stays as it was.") { Values = [file] };

    public static Error TooManyBad(string file, long bad, long rows) => new(
        ErrorKind.Invalid, "register.too_many_bad", $"{bad} of the {rows} rows of '{file}' are unreadable: the register stays as it was.")
    { Values = [file, bad, rows] };

    public static Error SameTwice(string layout) =>
        new(ErrorKind.Invalid, "register.same_twice", $"Two of the files are {layout}: give one of each.") { Values = [layout] };
}
