namespace Rcu.Benchmarks.Generator;

/// <summary>An invented contact as it truly is: one person, the firm she works for, and the one she went to since.</summary>
internal sealed record Person
{
    public required bool Woman { get; init; }

    public required string Given { get; init; }

    public required string Family { get; init; }

    public required string MarriedName { get; init; }

    public required Company Employer { get; init; }

    public required Company NextEmployer { get; init; }

    /// <summary>How her firm makes addresses: 0 for <c>given.family</c>, 1 for <c>g.family</c>, 2 for <c>family</c>.</summary>
    public required int MailManner { get; init; }

    public required string PersonalMail { get; init; }

    /// <summary>Nine digits, without the zero.</summary>
    public required string Mobile { get; init; }

    /// <summary>Her own line, when she has one beside the switchboard.</summary>
    public string? Line { get; init; }

    public required string Job { get; init; }

    /// <summary>A firm whose telephone is a mobile has a landline for its switchboard.</summary>
    public static string SwitchboardOf(Company company) => company.Phone[0] is '6' or '7' ? $"1{company.Phone[1..]}" : company.Phone;

    public string? MailAt(Company company) => company.Domain is null ? null : MailManner switch
    {
        0 => $"{DirtyText.Slug(Given)}.{DirtyText.Slug(Family)}@{company.Domain}",
        1 => $"{DirtyText.Slug(Given)[0]}.{DirtyText.Slug(Family)}@{company.Domain}",
        _ => $"{DirtyText.Slug(Family)}@{company.Domain}",
    };
}
