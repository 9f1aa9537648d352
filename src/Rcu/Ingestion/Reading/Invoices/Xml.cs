using System.Xml.Linq;

namespace Rcu.Ingestion.Reading.Invoices;

/// <summary>Ways through an invoice by the names of its elements, whatever their prefix.</summary>
internal static class Xml
{
    extension(XElement? from)
    {
        /// <summary>The first element at the end of a path such as <c>Party/PostalAddress/CityName</c>.</summary>
        public XElement? At(string path) => from.All(path).FirstOrDefault();

        public string? Text(string path) => from.At(path)?.Value is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        /// <summary>Every element at the end of the path.</summary>
        public IEnumerable<XElement> All(string path)
        {
            IEnumerable<XElement> found = from is null ? [] : [from];
            foreach (var step in path.Split('/'))
            {
                found = found.SelectMany(element => element.Elements().Where(child => child.Name.LocalName == step));
            }

            return found;
        }

        /// <summary>The text of the element that bears a scheme: <c>0002</c> is a SIREN, <c>0009</c> a SIRET, <c>VA</c> a VAT number.</summary>
        public string? Text(string path, string scheme) =>
            from.All(path).FirstOrDefault(element => element.Attribute("schemeID")?.Value == scheme)?.Value is { Length: > 0 } text ? text.Trim() : null;
    }
}
