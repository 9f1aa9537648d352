using Rcu.Cleaning.Rules;
using Rcu.Customers;

namespace Rcu.Cleaning;

/// <summary>Which rules a record goes through, in order. A new rule is one file and one line here.</summary>
internal static class RuleBook
{
    private static readonly ICleaningRule[] Account =
    [
        new CountryRule(),
        new CompanyNameRule(),
        new LegalCategoryRule(),
        new OfficialNumbersRule(""),
        new NafRule(),
        new TownRule(),
        new SwappedCellsRule(),
        new PhoneRule(ofPerson: false),
        new EmailRule(),
        new WebsiteRule(),
        new HeadcountRule(),
        new AccountTypeRule(),
        new RoutingAddressRule(),
        new BooleanRule("blocked"),
        new DateRule("created_on"),
        new InstantRule("seen_at"),
        new CustomFieldRule(),
    ];

    private static readonly ICleaningRule[] Contact =
    [
        new CountryRule(),
        new PersonNameRule(),
        new OfficialNumbersRule("company_"),
        new TownRule(),
        new SwappedCellsRule(),
        new PhoneRule(ofPerson: true),
        new EmailRule(),
        new JobTitleRule(),
        new LinkedInRule(),
        new BooleanRule("opt_in"),
        new BooleanRule("opt_out"),
        new BooleanRule("email_bounced"),
        new ConsentRule(),
        new VerbatimRule("note"),
        new InstantRule("seen_at"),
        new DateRule("created_on"),
        new CustomFieldRule(),
    ];

    private static readonly ICleaningRule[] Document =
    [
        new DocumentTypeRule(),
        new DateRule("date"),
        new DateRule("due_on"),
        new AmountRule("net"),
        new AmountRule("tax"),
        new AmountRule("gross"),
        new DocumentTotalsRule(),
        new PaidRule(),
        new CurrencyRule(),
    ];

    private static readonly ICleaningRule[] DocumentLine =
    [
        new DateRule("date"),
        new DateRule("entry_date"),
        new DateRule("lettered_on"),
        new AmountRule("quantity"),
        new AmountRule("net"),
        new AmountRule("debit"),
        new AmountRule("credit"),
    ];

    private static readonly ICleaningRule[] Opportunity =
    [
        new StageRule(),
        new AmountRule("amount"),
        new DateRule("close_on"),
        new CurrencyRule(),
    ];

    private static readonly ICleaningRule[] Interaction =
    [
        new InteractionKindRule(),
        new EmailRule(),
        new InstantRule("at"),
        new VerbatimRule("text"),
    ];

    public static IReadOnlyList<ICleaningRule> For(RecordKind kind) => kind switch
    {
        RecordKind.Account => Account,
        RecordKind.Contact => Contact,
        RecordKind.Document => Document,
        RecordKind.DocumentLine => DocumentLine,
        RecordKind.Opportunity => Opportunity,
        RecordKind.Interaction => Interaction,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
