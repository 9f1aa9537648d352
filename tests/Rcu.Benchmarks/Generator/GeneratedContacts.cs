using System.Globalization;
using Rcu.Matching;

namespace Rcu.Benchmarks.Generator;

/// <summary>Contact records of several systems: the first of a person is nearly clean, every other bears dirt.</summary>
internal sealed class GeneratedContacts(ulong seed, long rows) : GeneratedSet(seed, rows)
{
    private readonly People _people = new(seed);

    public override EntityKind Kind => EntityKind.Person;

    public override IReadOnlyList<(string Name, FieldKind? Kind)> Columns { get; } =
    [
        ("id", null), ("source", null), ("account", null), ("civility", null), ("given_name", FieldKind.GivenName), ("family_name", FieldKind.FamilyName),
        ("full_name", FieldKind.FullName), ("email", FieldKind.Email), ("phone", FieldKind.Phone), ("mobile", FieldKind.Phone), ("job_title", FieldKind.JobTitle),
        ("department", null), ("company", FieldKind.CompanyName), ("siren", FieldKind.Siren), ("website", FieldKind.Website), ("street", null),
        ("postal_code", FieldKind.PostalCode), ("town", FieldKind.Town), ("country", null), ("created", null),
    ];

    protected override IReadOnlyList<(ulong Dirt, double Weight)> Choices { get; } =
    [
        (Bit(Dirt.Case), .10), (Bit(Dirt.Accents), .08), (Bit(Dirt.TypoInsert), .04), (Bit(Dirt.TypoDelete), .04), (Bit(Dirt.TypoSubstitute), .04),
        (Bit(Dirt.TypoTranspose), .04), (Bit(Dirt.Initial), .07), (Bit(Dirt.Diminutive), .20), (Bit(Dirt.SwappedNames), .05), (Bit(Dirt.MarriedName), .04),
        (Bit(Dirt.OneNameField), .08), (Bit(Dirt.EmployerChange), .04), (Bit(Dirt.GenericMailbox), .05), (Bit(Dirt.FreeMail), .06), (Bit(Dirt.Switchboard), .05),
        (Bit(Dirt.PhoneFormat), .06), (Bit(Dirt.Missing), .06), (Bit(Dirt.EmployerAsBrand), .04), (Bit(Dirt.MailTypo), .04),
    ];

    protected override ulong Fill(long entity, int copy, ulong dirt, ref Dice dice, string?[] cells)
    {
        var person = _people.Of(entity);
        dirt = Possible(dirt, person);
        var employer = Has(dirt, Dirt.EmployerChange) ? person.NextEmployer : person.Employer;
        cells[1] = copy == 0 ? "crm" : dice.Pick(["crm", "marketing", "salon", "web"]);
        cells[2] = dice.Chance(.3) ? $"A{entity / 3:D7}" : null;
        cells[3] = dice.Chance(.6) ? person.Woman ? "Mme" : "M." : null;
        FillNames(person, dirt, ref dice, cells);
        FillContacts(person, employer, dirt, ref dice, cells);
        cells[10] = dice.Chance(.6) ? person.Job : null;
        cells[11] = dice.Chance(.3) ? dice.Pick(Words.Departments) : null;
        cells[12] = dice.Chance(.12) ? null : Has(dirt, Dirt.EmployerAsBrand) ? employer.Brand
            : dice.Chance(.2) ? DirtyText.Upper(DirtyText.WithoutAccents(employer.Name)) : dice.Chance(.5) ? employer.Name : employer.Named;
        cells[13] = dice.Chance(.25) ? employer.Siren : null;
        cells[14] = dice.Chance(.15) && employer.Domain is not null ? $"www.{employer.Domain}" : null;
        cells[15] = dice.Chance(.4) ? employer.Street.Text : null;
        cells[16] = dice.Chance(.6) ? employer.Town.PostalCode : null;
        cells[17] = dice.Chance(.6) ? employer.Town.Name : null;
        cells[18] = dice.Chance(.5) ? "France" : null;
        cells[19] = string.Create(CultureInfo.InvariantCulture, $"20{dice.Between(10, 25)}-{dice.Between(1, 12):00}-{dice.Between(1, 28):00}");
        if (Has(dirt, Dirt.Missing))
        {
            foreach (var cell in dice.Pick<int[]>([[7, 16], [8, 9], [12, 13, 14], [16, 17, 7]]))
            {
                cells[cell] = null;
            }
        }

        return dirt;
    }

    private static ulong Possible(ulong dirt, Person person)
    {
        var impossible = (person.Woman ? 0 : Bit(Dirt.MarriedName)) | (Words.Diminutives.ContainsKey(person.Given) ? 0 : Bit(Dirt.Diminutive))
            | (person.Employer.Brand is null ? Bit(Dirt.EmployerAsBrand) : 0) | (person.Employer.Domain is null ? Bit(Dirt.GenericMailbox) : 0);
        dirt &= ~impossible;

        // Who has gone keeps her mobile or her own mailbox, else nobody could tell.
        return Has(dirt, Dirt.EmployerChange)
            ? dirt & ~Bit(Dirt.GenericMailbox, Dirt.Switchboard, Dirt.MarriedName, Dirt.Missing, Dirt.EmployerAsBrand, Dirt.Initial) : dirt;
    }

    private static void FillNames(Person person, ulong dirt, ref Dice dice, string?[] cells)
    {
        var given = Has(dirt, Dirt.Initial) ? $"{person.Given[0]}." : Has(dirt, Dirt.Diminutive) ? Words.Diminutives[person.Given] : person.Given;
        var family = !Has(dirt, Dirt.MarriedName) ? person.Family
            : dice.Chance(.5) ? person.MarriedName : $"{person.Family}-{person.MarriedName}";
        for (var typo = Dirt.TypoInsert; typo <= Dirt.TypoTranspose; typo++)
        {
            if (Has(dirt, typo))
            {
                (given, family) = dice.Chance(.35) && given.Length >= 5
                    ? (DirtyText.Typo(given, typo, ref dice), family) : (given, DirtyText.Typo(family, typo, ref dice));
            }
        }

        if (Has(dirt, Dirt.Accents))
        {
            (given, family) = (DirtyText.WithoutAccents(given), DirtyText.WithoutAccents(family));
        }

        if (Has(dirt, Dirt.Case))
        {
            (given, family) = dice.Chance(.5) ? (given, DirtyText.Upper(family)) : dice.Chance(.5)
                ? (DirtyText.Upper(given), DirtyText.Upper(family)) : (given.ToLowerInvariant(), family.ToLowerInvariant());
        }

        (given, family) = Has(dirt, Dirt.SwappedNames) ? (family, given) : (given, family);
        if (Has(dirt, Dirt.OneNameField))
        {
            cells[6] = dice.Below(3) switch { 0 => $"{given} {family}", 1 => $"{family} {given}", _ => $"{(person.Woman ? "Mme" : "M.")} {given} {DirtyText.Upper(family)}" };
        }
        else
        {
            (cells[4], cells[5]) = (given, family);
        }
    }

    private static void FillContacts(Person person, Company employer, ulong dirt, ref Dice dice, string?[] cells)
    {
        var own = dice.Chance(.8) && !Has(dirt, Dirt.FreeMail) ? person.MailAt(employer) : person.PersonalMail;
        var mail = Has(dirt, Dirt.GenericMailbox) && employer.Domain is not null ? $"{dice.Pick(Words.Mailboxes)}@{employer.Domain}" : own;
        var left = Has(dirt, Dirt.EmployerChange);
        cells[7] = dice.Chance(left || Has(dirt, Dirt.GenericMailbox) || Has(dirt, Dirt.FreeMail) || Has(dirt, Dirt.MailTypo) ? 0 : .25) ? null : mail;
        if (Has(dirt, Dirt.MailTypo) && cells[7] is { } written)
        {
            var at = written.IndexOf('@', StringComparison.Ordinal);
            cells[7] = DirtyText.Typo(written[..at], Dirt.TypoInsert + dice.Below(4), ref dice) + written[at..];
        }

        var manner = Has(dirt, Dirt.PhoneFormat) ? dice.Between(2, 7) : dice.Below(2);
        var line = person.Line is not null && !left && !Has(dirt, Dirt.Switchboard) ? person.Line : Person.SwitchboardOf(employer);
        cells[8] = Has(dirt, Dirt.Switchboard) || dice.Chance(.5) ? DirtyText.Phone(line, manner) : null;
        cells[9] = left || dice.Chance(.5) ? DirtyText.Phone(person.Mobile, manner) : null;
    }
}
