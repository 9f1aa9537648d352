using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Localization;

namespace Rcu.Web.Api;

/// <summary>Why the framework refused a question before it reached anything: the parameters of its address that miss or do not read.</summary>
internal static class UnreadQuestion
{
    /// <summary>Parameter by parameter, in words; empty when the address is not what was wrong.</summary>
    public static Dictionary<string, string[]> Of(HttpContext context, IStringLocalizer<Texts> texts)
    {
        Dictionary<string, string[]> wrong = [];
        foreach (var parameter in context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var attributes = parameter.ParameterInfo.GetCustomAttributes(inherit: true);
            var named = attributes.OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(parameter.Name);
            var type = Value(parameter.ParameterInfo.ParameterType);
            if ((!TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)) && Own(type) is null) || context.Request.RouteValues.ContainsKey(named)
                || attributes.Any(a => a is IFromHeaderMetadata or IFromBodyMetadata or IFromServiceMetadata or IFromFormMetadata))
            {
                continue;
            }

            if (!context.Request.Query.TryGetValue(named, out var said))
            {
                if (!parameter.IsOptional)
                {
                    wrong[named] = [texts["request.missing"]];
                }
            }
            else if (said.FirstOrDefault(one => !Reads(type, one)) is { } unread)
            {
                wrong[named] = [texts["request.unread_value", unread, Wanted(type, texts)]];
            }
        }

        return wrong;
    }

    private static Type Value(Type type)
    {
        var one = type.IsArray ? type.GetElementType()! : type;
        return Nullable.GetUnderlyingType(one) ?? one;
    }

    private static bool Reads(Type type, string? said)
    {
        if (string.IsNullOrEmpty(said) || type == typeof(string))
        {
            return true;
        }

        if (type.IsEnum)
        {
            return Enum.TryParse(type, said, ignoreCase: true, out _);
        }

        if (Own(type) is { } own)
        {
            return own.Invoke(null, [said, CultureInfo.InvariantCulture, null]) is true;
        }

        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(said) is not null;
        }
        catch (Exception notOne) when (notOne is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    // As the framework finds it.
    private static MethodInfo? Own(Type type) =>
        type.GetMethod("TryParse", BindingFlags.Public | BindingFlags.Static, [typeof(string), typeof(IFormatProvider), type.MakeByRefType()]);

    private static string[]? Names(Type type) =>
        type.IsEnum ? Enum.GetNames(type) : type is { IsGenericType: true } && type.GetGenericArguments()[0] is { IsEnum: true } chosen ? Enum.GetNames(chosen) : null;

    private static string Wanted(Type type, IStringLocalizer<Texts> texts) =>
        Names(type) is { } names ? string.Join(", ", names.Select(JsonNamingPolicy.CamelCase.ConvertName))
        : type == typeof(DateOnly) ? texts["request.wants.date"]
        : type == typeof(DateTimeOffset) || type == typeof(DateTime) ? texts["request.wants.moment"]
        : type == typeof(Guid) ? texts["request.wants.id"]
        : type == typeof(bool) ? "true, false"
        : type.IsPrimitive || type == typeof(decimal) ? texts["request.wants.number"]
        : texts["request.wants.given"];
}
