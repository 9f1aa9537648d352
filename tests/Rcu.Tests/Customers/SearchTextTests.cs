using System.Text;
using Rcu.Customers;

namespace Rcu.Tests.Customers;

public class SearchTextTests
{
    // An entry of an index of PostgreSQL holds 2,704 bytes, those of an id and of its own header among them.
    [Theory]
    [InlineData('a')]
    [InlineData('é')]
    [InlineData('株')]
    public void However_many_names_a_company_bears_an_index_keeps_their_line(char letter)
    {
        var names = Enumerable.Range(0, 90).Select(n => $"{n} {new string(letter, 50)}").ToList();

        var line = SearchText.Join(" | ", names);

        Assert.InRange(Encoding.UTF8.GetByteCount(line), 2200, 2600);
        Assert.StartsWith(string.Join(" | ", names.Take(10)), line, StringComparison.Ordinal);
        Assert.Equal(string.Join(" | ", names.Take(10)), SearchText.Join(" | ", names.Take(10)));
    }
}
