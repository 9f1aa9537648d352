using Rcu.Matching.Normalisation;

namespace Rcu.Matching.Comparisons;

/// <summary>Reads the company names of a record, and the first once more without the town that ends it.</summary>
internal sealed class CompanyNameReader(FieldMap fields)
{
    private readonly int[] _names = fields.Of(FieldKind.CompanyName);
    private readonly int[] _towns = fields.Of(FieldKind.Town);

    public static int WidthOf(FieldMap fields) =>
        Math.Min(4, fields.Of(FieldKind.CompanyName).Length + (fields.Has(FieldKind.Town) ? 1 : 0));

    public void Store(CompanyNameIndex index, int record, RecordText text)
    {
        Span<int> words = stackalloc int[CompanyNames.MostWords];
        Span<int> first = stackalloc int[CompanyNames.MostWords];
        var length = 0;
        foreach (var field in _names)
        {
            var value = text[field];
            var count = value.Length == 0 ? 0 : index.Reader.Read(value, words);
            index.Add(record, words[..count]);
            if (length == 0 && count > 0)
            {
                words[..count].CopyTo(first);
                length = count;
            }
        }

        foreach (var field in _towns)
        {
            var value = text[field];
            if (length < 2 || value.Length == 0)
            {
                continue;
            }

            var town = index.Reader.Town(value, words);
            if (town.Length > 0 && town.Length < length && first[..length].EndsWith(town))
            {
                index.Add(record, first[..(length - town.Length)]);
            }
        }
    }
}
