using System.Globalization;

namespace Rcu.Demo;

/// <summary>What people and systems do to a good value: the operators of dirt, each with the French name it is counted under.</summary>
internal sealed class DemoNoise(KeyedChoices choices)
{
    private static readonly Dictionary<string, string> Abbreviations = new()
    {
        ["ETABLISSEMENTS"] = "Ets",
        ["SOCIETE"] = "Sté",
        ["SAINT"] = "St",
        ["SAINTE"] = "Ste",
        ["COMPAGNIE"] = "Cie",
        ["ASSOCIATION"] = "Assoc",
        ["ASSOCIES"] = "Ass",
        ["TRANSPORTS"] = "Trps",
        ["MENUISERIE"] = "Men",
        ["INDUSTRIE"] = "Ind",
        ["ELECTRICITE"] = "Elec",
        ["GENERALE"] = "Gale",
        ["BATIMENT"] = "Bat",
        ["CENTRE"] = "Ctre",
        ["GROUPE"] = "Gpe",
        ["RESTAURANT"] = "Rest",
        ["PHARMACIE"] = "Phie",
        ["MATERIEL"] = "Mat",
        ["INFORMATIQUE"] = "Info",
        ["CABINET"] = "Cab",
        ["ZONE"] = "Z",
        ["AVENUE"] = "Av",
    };

    private static readonly (int Format, double Weight)[] PhoneFormats =
        [(0, 30), (1, 20), (2, 15), (3, 12), (4, 7), (5, 4), (6, 4), (7, 3), (8, 5)];

    /// <summary>The name as this source has it, and what was done to it.</summary>
    public (string Name, List<string> Operators) Name(DemoCompany company, string source, string key)
    {
        var at = $"{source}|{key}";
        var (name, operators) = (company.Core, new List<string>());
        var instead = choices.Share("name", at);
        if (company.Acronym.Length > 0 && instead < .02)
        {
            return (company.Acronym, ["sigle"]);
        }

        if (company.Sites[0].Brand.Length > 0 && instead < .15)
        {
            (name, operators) = (company.Sites[0].Brand, ["enseigne"]);
        }

        if (operators.Count == 0 && company.Form.Length > 0 && choices.Chance(.45, "form", at))
        {
            name = WithForm(name, company.Form, at);
            operators.Add("forme_juridique");
        }

        Apply("abreviation", choices.Chance(.2, "abbreviate", at), Abbreviate);
        Apply("faute", choices.Chance(.08, "mistype", at), text => Mistype(text, at));
        Apply("ville_ajoutee", choices.Chance(.05, "add town", at), text => $"{text} {company.Sites[0].City}");
        Apply("ponctuation", choices.Chance(.08, "punctuate", at), text => Punctuate(text, at));
        return (name, operators);

        void Apply(string kind, bool chosen, Func<string, string> spoil)
        {
            var spoiled = chosen ? spoil(name) : name;
            if (spoiled != name)
            {
                name = spoiled;
                operators.Add(kind);
            }
        }
    }

    /// <summary>One slip of the finger: a letter lost, doubled, swapped or replaced.</summary>
    public string Mistype(string text, string key)
    {
        if (text.Length < 5)
        {
            return text;
        }

        var i = choices.Between(1, text.Length - 2, "slip place", key);
        return choices.Between(0, 3, "slip kind", key) switch
        {
            0 => text[..i] + text[(i + 1)..],
            1 => text[..i] + text[i] + text[i..],
            2 => text[..i] + text[i + 1] + text[i] + text[(i + 2)..],
            _ => text[..i] + choices.Pick("aeiourstln".ToCharArray(), "slip letter", key) + text[(i + 1)..],
        };
    }

    public static string Abbreviate(string text) =>
        string.Join(' ', text.Split(' ').Select(word => Abbreviations.TryGetValue(DemoText.Register(word), out var shorter)
            ? word == DemoText.Upper(word) ? DemoText.Upper(shorter) : shorter
            : word));

    public string Phone(string phone, string key)
    {
        if (phone.Length == 0)
        {
            return "";
        }

        var pairs = phone.Chunk(2).Select(pair => new string(pair)).ToArray();
        return choices.Weighted(PhoneFormats, "phone format", key) switch
        {
            0 => string.Join(' ', pairs),
            1 => string.Join('.', pairs),
            2 => phone,
            3 => "+33" + phone[1..],
            4 => $"+33 (0){phone[1]} {string.Join(' ', pairs[1..])}",
            5 => "0033" + phone[1..],
            6 => string.Join('-', pairs),
            7 => "'" + phone,
            _ => phone[1..],
        };
    }

    /// <summary>A SIRET with one wrong digit, so that its check fails.</summary>
    public string WrongSiret(string siret, string key)
    {
        var i = choices.Between(9, 13, "wrong place", key);
        var digit = (siret[i] - '0' + choices.Between(1, 8, "wrong digit", key)) % 10;
        return siret[..i] + digit.ToString(CultureInfo.InvariantCulture) + siret[(i + 1)..];
    }

    private string WithForm(string name, string form, string key)
    {
        if (choices.Chance(.5, "form before", key))
        {
            return $"{form} {name}";
        }

        var dotted = form == DemoText.Upper(form) && !choices.Chance(.8, "form plain", key);
        return dotted ? $"{name} {string.Join('.', form.ToCharArray())}." : $"{name} {form}";
    }

    private string Punctuate(string name, string key)
    {
        var space = name.IndexOf(' ');
        return space < 0 ? name : name[..space] + (choices.Chance(.5, "hyphen", key) ? "-" : "  ") + name[(space + 1)..];
    }
}
