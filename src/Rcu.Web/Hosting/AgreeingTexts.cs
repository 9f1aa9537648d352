using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Rcu.Web.Hosting;

/// <summary>The texts of pages and answers, whose words agree with the numbers in them.</summary>
internal sealed class AgreeingTexts(IStringLocalizerFactory factory) : IStringLocalizer<Texts>
{
    private readonly StringLocalizer<Texts> _texts = new(factory);

    public LocalizedString this[string name] => _texts[name];

    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var text = _texts[name];
            return new LocalizedString(
                name, string.Format(new PluralFormat(CultureInfo.CurrentCulture), text.Value, arguments), text.ResourceNotFound, text.SearchedLocation);
        }
    }

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => _texts.GetAllStrings(includeParentCultures);
}
