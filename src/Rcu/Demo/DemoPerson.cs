namespace Rcu.Demo;

/// <summary>One invented person and the company that employs them today.</summary>
internal sealed class DemoPerson
{
    public required string Id { get; init; }

    public required string Key { get; init; }

    public required DemoCompany Company { get; init; }

    public required DemoSite Site { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public required bool IsWoman { get; init; }

    public required string JobTitle { get; init; }

    public required string Department { get; init; }

    public required string Email { get; init; }

    public required string PersonalEmail { get; init; }

    public required string Mobile { get; init; }

    /// <summary>The employer that old records still name, when the person has moved.</summary>
    public required DemoCompany? Previous { get; init; }

    /// <summary><c>oui</c>, <c>non</c>, or nothing when never asked.</summary>
    public required string OptIn { get; init; }

    public string Civility => IsWoman ? "Mme" : "M.";

    public string ShortJobTitle => DemoJobs.Acronyms.GetValueOrDefault(JobTitle, JobTitle);

    public string EmailAt(DemoCompany employer) => $"{Email.Split('@')[0]}@{employer.Domain}";
}
