using System.Globalization;

namespace Rcu.Benchmarks.Generator;

/// <summary>
/// As many invented people as a set needs, each from its number alone, three to a firm. Some are made to be taken for another:
/// homonyms in two firms, relatives in one, colleagues with one initial.
/// </summary>
internal sealed class People(ulong seed)
{
    private const int Roles = 24;
    private const int PerFirm = 3;

    // Firms that nobody else works for.
    private const long Elsewhere = 40_000_000;
    private readonly Companies _companies = new(seed);

    public Person Of(long id)
    {
        var person = Role(id);
        var dice = new Dice(seed, id, 23);
        return person with
        {
            PersonalMail = $"{DirtyText.Slug(person.Given)}{dice.Pick([".", "", "_"])}{DirtyText.Slug(person.Family)}{(dice.Chance(.5) ? $"{dice.Below(100)}" : "")}@{dice.Pick(Words.FreeDomains)}",
        };
    }

    private Person Role(long id)
    {
        var own = Plain(id, id / PerFirm);
        var (block, slot) = Math.DivRem(id, Layout.SlotsPerBlock);
        switch (slot == 0 ? 0 : (slot + block) % Roles)
        {
            case 3:
                var other = Plain(id - 1, (id - 1) / PerFirm);
                return Plain(id, Elsewhere + id) with { Woman = other.Woman, Given = other.Given, Family = other.Family };
            case 5:
                return own with { Family = Plain(id - 1, (id - 1) / PerFirm).Family, Employer = _companies.Of((id - 1) / PerFirm), MailManner = 0 };
            case 7:
                var colleague = Plain(id - 1, (id - 1) / PerFirm);
                return own with { Given = SameInitial(own.Given, colleague.Given), Family = colleague.Family, Employer = colleague.Employer, MailManner = 0 };
            default:
                return own;
        }
    }

    private Person Plain(long id, long firm)
    {
        var dice = new Dice(seed, id, 21);
        var woman = dice.Chance(.45);
        var (given, family) = (Words.Given(ref dice, woman), Words.Family(ref dice));
        var employer = _companies.Of(firm);
        return new Person
        {
            Woman = woman,
            Given = given,
            Family = family,
            MarriedName = Words.Family(ref dice),
            Employer = employer,
            NextEmployer = _companies.Of(Elsewhere + 20_000_000 + id),
            MailManner = new Dice(seed, firm, 22).Below(10) switch { < 6 => 0, < 9 => 1, _ => 2 },
            PersonalMail = "",
            Mobile = string.Create(CultureInfo.InvariantCulture, $"{dice.Between(6, 7)}{dice.Between(10_000_000, 99_999_999)}"),
            Line = dice.Chance(.3) ? string.Create(CultureInfo.InvariantCulture, $"{Person.SwitchboardOf(employer)[0]}{dice.Between(10_000_000, 99_999_999)}") : null,
            Job = dice.Pick(Words.Jobs),
        };
    }

    private static string SameInitial(string own, string other) =>
        own != other && own[0] == other[0] ? own : other[0] switch { 'J' => other == "Julie" ? "Jean" : "Julie", 'M' => other == "Marc" ? "Marie" : "Marc", _ => $"{other[0]}ael" };
}
