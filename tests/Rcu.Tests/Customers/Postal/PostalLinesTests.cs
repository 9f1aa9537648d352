using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Rcu.Customers;
using Rcu.Customers.Postal;

namespace Rcu.Tests.Customers.Postal;

public class PostalLinesTests
{
    /// <summary>Real addresses of the register and typed ones of every shape, each with the lines a person checked.</summary>
    public static TheoryData<string, string, string, string, string, string, string, string, string> Written()
    {
        var data = new TheoryData<string, string, string, string, string, string, string, string, string>();
        using var csv = new CsvReader(
            new StreamReader(Path.Combine(AppContext.BaseDirectory, "Fixtures", "adresses_postales.csv")), new CsvConfiguration(CultureInfo.InvariantCulture));
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            data.Add(
                csv["societe"]!, csv["personne"]!, csv["voie"]!, csv["complement"]!, csv["code_postal"]!, csv["ville"]!, csv["pays"]!, csv["lignes"]!, csv["problemes"]!);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void An_address_is_written_as_the_post_wants_it(
        string company, string person, string street, string complement, string postalCode, string city, string country, string lines, string problems)
    {
        var address = PostalLines.Of(Said(company), Said(person), new Address
        {
            Street = Said(street),
            Complement = Said(complement),
            PostalCode = Said(postalCode),
            City = Said(city),
            Country = Said(country),
        });

        Assert.Equal(lines, string.Join(" | ", address.Lines));
        Assert.Equal(problems, string.Join(' ', address.Issues.Select(issue => issue.Code)));
        Assert.All(address.Lines, line =>
        {
            Assert.InRange(line.Length, 1, PostalAddress.Width);
            Assert.Matches("^[A-Z0-9 &+]+$", line);
        });
    }

    [Fact]
    public void A_contact_is_written_to_at_the_company()
    {
        var account = new Account { Name = "Carrosserie Noël", Address = new() { Street = "3 rue du Port", PostalCode = "57000", City = "Metz", Country = "FR" } };

        var address = PostalLines.Of(new Contact { Name = "Léa Martin", Civility = "MME", GivenName = "Léa", FamilyName = "Martin", Account = account });

        Assert.Equal(["CARROSSERIE NOEL", "MME LEA MARTIN", "3 RUE DU PORT", "57000 METZ"], address.Lines);
        Assert.True(address.CanBeDelivered);
    }

    private static string? Said(string text) => text.Length == 0 ? null : text;
}
