using System.Globalization;
using FluentValidation;
using Rcu.Web.Hosting;

namespace Rcu.Web.Tests.Hosting;

public class FieldNamesTests
{
    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Every_field_a_validator_may_refuse_has_a_name_for_people(string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var fields = AssemblyScanner.FindValidatorsInAssembly(typeof(Error).Assembly, includeInternalTypes: true)
                .Select(found => (Of: found.InterfaceType.GetGenericArguments()[0], Validator: Made(found.ValidatorType)))
                .SelectMany(made => Members(made.Validator).Select(member => (made.Of, Member: member)))
                .ToList();

            Assert.True(fields.Count > 80, $"{fields.Count} fields");
            Assert.Empty(fields.Where(field => FieldNames.Of(field.Of, field.Member) is null).Select(field => $"named.{field.Of.Name}.{field.Member}"));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    // A validator that asks others for more is made with what it asks, by default.
    private static IValidator Made(Type type)
    {
        var constructor = type.GetConstructors().OrderBy(one => one.GetParameters().Length).First();
        return (IValidator)constructor.Invoke([.. constructor.GetParameters().Select(_ => (object?)null)]);
    }

    private static IEnumerable<string> Members(IValidator validator) =>
        validator.CreateDescriptor().GetMembersWithValidators().Select(member => member.Key).Where(name => name is not null)
            .Select(name => name.Split('.')[^1].TrimEnd('!')).Select(name => char.ToUpperInvariant(name[0]) + name[1..]);
}
