using System.Globalization;

namespace Rcu.Web.Commands.Duplicates;

/// <summary>What was asked on the command line of <c>dedupe</c>.</summary>
/// <param name="Fields">The kind of each column named by <c>--fields</c>; null: they are guessed.</param>
internal sealed record DedupeOptions(
    IReadOnlyList<string> Files,
    IReadOnlyList<(string Column, string Kind)>? Fields,
    string? Id,
    string? Link,
    double? Threshold,
    string? Out,
    string? Pairs)
{
    private static readonly string[] Known = ["--fields", "--id", "--link", "--threshold", "--out", "--pairs"];

    public static Result<DedupeOptions> Parse(string[] args)
    {
        var files = new List<string>();
        var said = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                files.Add(args[i]);
                continue;
            }

            // Both « --out FILE » and « --out=FILE ».
            var (name, value) = args[i].IndexOf('=') is > 0 and var at ? (args[i][..at], args[i][(at + 1)..]) : (args[i], null);
            if (!Known.Contains(name))
            {
                return DedupeErrors.UnknownOption(name, Known);
            }

            value ??= ++i < args.Length ? args[i] : null;
            if (string.IsNullOrWhiteSpace(value))
            {
                return DedupeErrors.OptionWithoutValue(name);
            }

            said[name] = name == "--fields" && said.TryGetValue(name, out var before) ? $"{before},{value}" : value;
        }

        if (files.Count is 0 or > 2)
        {
            return files.Count == 0 ? DedupeErrors.NoFile : DedupeErrors.TooManyFiles(files.Count);
        }

        if (files.Count == 2 && said.TryGetValue("--link", out var link))
        {
            return DedupeErrors.LinkAndTwoFiles(link);
        }

        var fields = said.TryGetValue("--fields", out var mapping) ? FieldsOf(mapping) : (Result<List<(string, string)>>?)null;
        if (fields is { Error: { } unclear })
        {
            return unclear;
        }

        double? threshold = null;
        if (said.TryGetValue("--threshold", out var text))
        {
            // A French keyboard types the comma.
            if (!double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || share is not (>= 0 and <= 1))
            {
                return DedupeErrors.Threshold(text);
            }

            threshold = share;
        }

        return new DedupeOptions(
            files, fields?.Value, said.GetValueOrDefault("--id"), said.GetValueOrDefault("--link"), threshold,
            said.GetValueOrDefault("--out"), said.GetValueOrDefault("--pairs"));
    }

    // name=company_name,zip=postal_code; a column's own name may hold a comma or an equals sign.
    private static Result<List<(string, string)>> FieldsOf(string mapping)
    {
        var fields = new List<(string Column, string Kind)>();
        var held = "";
        foreach (var part in mapping.Split(','))
        {
            var text = held + part;
            var at = text.LastIndexOf('=');
            if (at <= 0)
            {
                held = $"{text},";
                continue;
            }

            var (column, kind) = (text[..at].Trim(), text[(at + 1)..].Trim().ToLowerInvariant());
            if (!ColumnKinds.IsKnown(kind))
            {
                return DedupeErrors.UnknownKind(kind, column, ColumnKinds.All);
            }

            fields.Add((column, kind));
            held = "";
        }

        return held.Trim(' ', ',').Length == 0 ? fields : DedupeErrors.FieldWithoutKind(held.TrimEnd(','));
    }
}
