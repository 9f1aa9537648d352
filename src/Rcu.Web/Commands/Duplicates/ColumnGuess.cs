using Rcu.Matching;
using Rcu.Web.Commands.Csv;

namespace Rcu.Web.Commands.Duplicates;

/// <summary>What each column of an unknown file holds, from its header and its content; null: not compared.</summary>
internal static class ColumnGuess
{
    public static FieldKind?[] Of(CsvShape shape)
    {
        var kinds = shape.Columns.Select(HeaderWords.Find).ToArray();
        var people = kinds.Contains(FieldKind.GivenName);
        for (var i = 0; i < kinds.Length; i++)
        {
            // « Nom » is a person's beside a « Prénom », else a company's.
            if (kinds[i] is null && HeaderWords.Words(shape.Columns[i]) is ["NOM" or "NAME"])
            {
                kinds[i] = people ? FieldKind.FamilyName : FieldKind.CompanyName;
            }
        }

        return kinds;
    }
}
