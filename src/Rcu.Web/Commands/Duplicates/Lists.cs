using System.Text;

namespace Rcu.Web.Commands.Duplicates;

/// <summary>The lists that a column tells apart: a few names, each kept once.</summary>
internal sealed class Lists
{
    private const int Most = 50;

    private readonly List<byte[]> _names = [];

    /// <summary>The list of that name.</summary>
    /// <exception cref="RefusedException">So many names are no lists.</exception>
    public byte[] Of(ReadOnlySpan<byte> name)
    {
        foreach (var known in _names)
        {
            if (name.SequenceEqual(known))
            {
                return known;
            }
        }

        _names.Add(name.ToArray());
        return _names.Count <= Most ? _names[^1] : throw new RefusedException(DedupeErrors.TooManyLists(Most));
    }

    public Error? Refusal(string column) =>
        _names.Count > 1 ? null : DedupeErrors.OneList(column, string.Concat(_names.Select(Encoding.UTF8.GetString)));
}
