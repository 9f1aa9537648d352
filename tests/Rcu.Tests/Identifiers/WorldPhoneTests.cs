using Rcu.Identifiers;

namespace Rcu.Tests.Identifiers;

/// <summary>Numbers of the world and how they are written; what is expected was answered by libphonenumber-js 1.13.16.</summary>
public class WorldPhoneTests
{
    [Fact]
    public void Numbers_of_thirty_eight_countries_are_read_as_google_reads_them()
    {
        var wrong = new List<string>();
        var countries = new HashSet<string>();
        var read = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "phones", "world.csv")).Skip(1))
        {
            var cells = line.Split(';');
            var (typed, country, expected, kind) = (cells[0], cells[1], cells[2], Enum.Parse<PhoneKind>(cells[3]));
            read++;
            countries.Add(country);
            if (!PhoneNumber.TryParseIn(typed, country.Length == 0 ? null : country, out var phone) || (phone.Value, phone.Kind) != (expected, kind))
            {
                wrong.Add($"{line} -> {phone?.Value} {phone?.Kind}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(read >= 190 && countries.Count > 30, $"{read} {countries.Count}");
    }

    [Theory]
    [InlineData("DE", "12")]
    [InlineData("US", "(012) 456-7890")]
    [InlineData("ES", "112 345 678")]
    [InlineData("GB", "020 7031")]
    [InlineData(null, "+49 1")]
    [InlineData(null, "+999 12345678")]
    [InlineData("BE", "appeler le soir")]
    public void What_no_plan_holds_is_refused(string? country, string typed) => Assert.False(PhoneNumber.TryParseIn(typed, country, out _));

    [Theory]
    [InlineData("0800 12 34 56", null, PhoneTariff.TollFree)]
    [InlineData("0809 10 20 30", null, PhoneTariff.Company)]
    [InlineData("0899 12 34 56", null, PhoneTariff.Premium)]
    [InlineData("09 72 10 20 30", null, PhoneTariff.Internet)]
    [InlineData("0800 123 4567", "GB", PhoneTariff.TollFree)]
    [InlineData("0909 879 0000", "GB", PhoneTariff.Premium)]
    [InlineData("01 99 00 67 89", null, PhoneTariff.None)]
    public void Who_pays_is_told(string typed, string? country, PhoneTariff tariff)
    {
        Assert.True(PhoneNumber.TryParseIn(typed, country, out var phone));

        Assert.Equal(tariff, phone.Tariff);
    }

    [Theory]
    [InlineData("+262 692 12 34 56", null, "+262692123456", PhoneKind.Mobile)]
    [InlineData("0692 12 34 56", "RE", "+262692123456", PhoneKind.Mobile)]
    [InlineData("0596.50.10.20", "MQ", "+596596501020", PhoneKind.Landline)]
    [InlineData("0594 30 10 20", "GF", "+594594301020", PhoneKind.Landline)]
    [InlineData("0590-20-20-20", "GP", "+590590202020", PhoneKind.Landline)]
    [InlineData("+33 (0)6-39-98-00-42", "BE", "+33639980042", PhoneKind.Mobile)]
    [InlineData("0033 1 99 00 67 89", "DE", "+33199006789", PhoneKind.Landline)]
    [InlineData("01/99/00/67/89", null, "+33199006789", PhoneKind.Landline)]
    [InlineData("(01) 99 00 67 89", null, "+33199006789", PhoneKind.Landline)]
    [InlineData("+33.1.99.00.67.89", null, "+33199006789", PhoneKind.Landline)]
    [InlineData("33 1 99 00 67 89", null, "+33199006789", PhoneKind.Landline)]
    [InlineData("01_99_00_67_89", null, "+33199006789", PhoneKind.Landline)]
    public void France_and_its_territories_keep_their_own_plan(string typed, string? country, string expected, PhoneKind kind)
    {
        Assert.True(PhoneNumber.TryParseIn(typed, country, out var phone));

        Assert.Equal((expected, kind, null), (phone.Value, phone.Kind, phone.Country));
    }
}
