using System.Globalization;
using System.Resources;
using FluentValidation;

namespace Rcu.Web.Hosting;

/// <summary>
/// What a field is called when it is refused, in the reader's language: the texts <c>named.Type.Member</c>, else <c>named.Member</c>.
/// </summary>
internal static class FieldNames
{
    private static readonly ResourceManager Sentences = new(typeof(Texts));

    /// <summary>All validators say it from now on.</summary>
    public static void Use() =>
        ValidatorOptions.Global.DisplayNameResolver = (owner, member, _) => member is null ? null : Of(owner, member.Name);

    /// <summary>Null for one that no text names.</summary>
    public static string? Of(Type owner, string member) =>
        Text($"named.{owner.Name}.{member}") ?? Text($"named.{member}");

    private static string? Text(string key) => Sentences.GetString(key, CultureInfo.CurrentUICulture);
}
