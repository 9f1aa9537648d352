using Rcu.Identifiers;
using Rcu.Matching;
using Rcu.Reference;
using Rcu.Web.Commands.Csv;

namespace Rcu.Web.Commands.Duplicates;

/// <summary>What is compared: the fields that the engine is given, and which column of each file fills them.</summary>
internal sealed record Plan(EntityKind Kind, IReadOnlyList<Field> Fields, IReadOnlyList<PlannedFile> Files)
{
    /// <summary>Records are linked from one list to another, rather than told from all others.</summary>
    public bool LinksLists => Files.Count > 1 || Files[0].Link >= 0;

    /// <summary>
    /// How the engine is to go about it: lists are linked at a cut of their own, and so are companies told by their names
    /// alone, where more proof is not to be had; unless one was asked for.
    /// </summary>
    public MatchSettings Settings(double? threshold)
    {
        var settings = new MatchSettings { FreeMailDomains = MailDomains.AllFree, GenericMailboxes = MailDomains.AllGeneric, LinksLists = LinksLists };
        return (threshold ?? (LinksLists || IsNameAlone ? MatchSettings.LinkThreshold : null)) is { } cut
            ? settings with { AutoThreshold = cut, ReviewThreshold = Math.Min(cut, settings.ReviewThreshold) }
            : settings;
    }

    private bool IsNameAlone => Kind == EntityKind.Company && Fields.All(one => one.Kind is
        FieldKind.CompanyName or FieldKind.Country or FieldKind.Category or FieldKind.Text or FieldKind.JobTitle or FieldKind.Date);

    public static Result<Plan> Of(IReadOnlyList<CsvShape> shapes, DedupeOptions options)
    {
        var fields = new List<Field>();
        var files = new List<PlannedFile>();
        foreach (var shape in shapes)
        {
            var id = Find(shape, IdOf(shape, shapes.ToList().IndexOf(shape), options.Id));
            var link = Find(shape, options.Link);
            if ((id.Error ?? link.Error) is { } unknown)
            {
                return unknown;
            }

            files.Add(new PlannedFile(shape, [], id.Value, link.Value));
        }

        var kinds = options.Fields is { } said ? Said(shapes, said) : shapes.Select(CsvColumns.KindsOf).ToList();
        if (!kinds.Succeeded)
        {
            return kinds.Error;
        }

        for (var file = 0; file < files.Count; file++)
        {
            files[file] = files[file] with { Columns = Place(shapes[file], kinds.Value[file], fields, isFirst: file == 0) };
        }

        var columns = files.ConvertAll(file => file.Columns.Concat(Enumerable.Repeat(-1, fields.Count - file.Columns.Count)).ToArray());
        var plan = new Plan(
            ColumnKinds.EntityOf([.. fields.Select(f => f.Kind)], isTold: options.Fields is not null), fields, [.. files.Select((file, i) => file with { Columns = columns[i] })]);
        return plan.Refusal() is { } refusal ? refusal : plan;
    }

    private Error? Refusal()
    {
        if (!Fields.Any(field => ColumnKinds.Tells(field.Kind)))
        {
            return DedupeErrors.NoUsableColumn([.. Files.SelectMany(file => file.Shape.Columns).Distinct()]);
        }

        var shared = Fields.Where((field, i) => ColumnKinds.Tells(field.Kind) && Files.All(file => file.Columns[i] >= 0));
        return shared.Any() ? null : DedupeErrors.NothingInCommon(Files[0].Shape.Name, Files[^1].Shape.Name);
    }

    // Two files may name their ids differently: « Account ID,CODE_CLIENT ».
    private static string? IdOf(CsvShape shape, int file, string? id) =>
        id?.Split(',') is { Length: > 1 } names && !shape.Columns.Contains(id) ? names[Math.Min(file, names.Length - 1)] : id;

    // A column is named as the file does, or almost: case and accents aside.
    private static Result<int> Find(CsvShape shape, string? column)
    {
        if (column is null)
        {
            return -1;
        }

        var exact = shape.Columns.ToList().IndexOf(column);
        var near = exact >= 0 ? exact : shape.Columns.ToList().FindIndex(c => c.Folded() == column.Trim().Folded());
        return near >= 0 ? near : CsvErrors.UnknownColumn(column, shape.Path, shape.Columns);
    }

    private static Result<List<FieldKind?[]>> Said(IReadOnlyList<CsvShape> shapes, IReadOnlyList<(string Column, string Kind)> said)
    {
        var kinds = shapes.Select(shape => new FieldKind?[shape.Columns.Count]).ToList();
        var seen = shapes.Select(_ => new HashSet<int>()).ToList();
        foreach (var (column, kind) in said)
        {
            Error? unknown = null;
            var found = false;
            for (var file = 0; file < shapes.Count; file++)
            {
                var at = Find(shapes[file], column);
                unknown ??= at.Error;
                if (at.Error is null)
                {
                    found = true;
                    if (!seen[file].Add(at.Value))
                    {
                        return DedupeErrors.ColumnTwice(column);
                    }

                    kinds[file][at.Value] = ColumnKinds.Find(kind);
                }
            }

            if (!found)
            {
                return unknown!;
            }
        }

        return kinds;
    }

    // The columns of the second list take the fields of the first: those of their kind, and best of their name.
    private static int[] Place(CsvShape shape, FieldKind?[] kinds, List<Field> fields, bool isFirst)
    {
        var known = isFirst ? 0 : fields.Count;
        var columns = Enumerable.Repeat(-1, known).ToList();
        var left = Enumerable.Range(0, kinds.Length).Where(column => kinds[column] is not null).ToList();
        foreach (var sameName in new[] { true, false })
        {
            foreach (var column in left.ToList())
            {
                var field = fields.FindIndex(0, known, f => f.Kind == kinds[column] && columns[fields.IndexOf(f)] < 0
                    && (!sameName || f.Name.Folded() == shape.Columns[column].Folded()));
                if (field >= 0)
                {
                    columns[field] = column;
                    left.Remove(column);
                }
            }
        }

        foreach (var column in left)
        {
            fields.Add(new Field(shape.Columns[column], kinds[column]!.Value));
            columns.Add(column);
        }

        return [.. columns];
    }
}

/// <param name="Columns">For each field, the column that fills it; -1 when none does.</param>
/// <param name="Id">The column of the ids; -1: the number of the row.</param>
/// <param name="Link">The column that tells lists apart; -1: none.</param>
internal sealed record PlannedFile(CsvShape Shape, IReadOnlyList<int> Columns, int Id, int Link);
