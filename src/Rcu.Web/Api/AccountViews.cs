using Rcu.Customers;
using Rcu.Exploration;

namespace Rcu.Web.Api;

/// <summary>An account as a line of a list.</summary>
internal sealed record AccountLineView(
    Guid Id, string Name, string? Siren, AccountType? Type, string? City, string? Department, string? Naf, string? HeadcountBand,
    decimal? Revenue12m, DateTimeOffset? LastInteractionAt, int? Engagement, int? Quality, IReadOnlyList<string> Sources)
{
    public static AccountLineView Of(AccountRow row) => new(
        row.Id, row.Name, row.Siren?.Value, row.Type, row.City, row.Department, row.Naf, row.HeadcountBand, row.Revenue12m,
        row.LastInteractionAt, row.Engagement, row.Quality, row.Sources);
}

/// <summary>An account with its establishments, the parts people play there, its figures, and where each value comes from.</summary>
internal sealed record AccountView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public string? Siren { get; init; }

    public string? Vat { get; init; }

    /// <summary>What the VAT number would be, computed from the SIREN, where no source gives one: not every legal unit is subject to the tax.</summary>
    public string? ComputedVat { get; init; }

    public string? LegalName { get; init; }

    public string? Brand { get; init; }

    public string? LegalForm { get; init; }

    public string? Naf { get; init; }

    public string? Naf2025 { get; init; }

    public int? Headcount { get; init; }

    public string? HeadcountBand { get; init; }

    public string? SizeClass { get; init; }

    public string? InseeState { get; init; }

    /// <summary>What the legal notices (BODACC) say of its insolvency; null while none does.</summary>
    public ProceedingView? Proceeding { get; init; }

    public AccountType? Type { get; init; }

    public bool Blocked { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public string? Website { get; init; }

    public required Address Address { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    public int? Quality { get; init; }

    public ScoreView? Score { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public AccountMetrics? Metrics { get; init; }

    public required IReadOnlyList<EstablishmentView> Establishments { get; init; }

    public required IReadOnlyList<AccountContactView> Contacts { get; init; }

    /// <summary>Per field, who said the value that is kept, by which rule, and what the others said.</summary>
    public required IReadOnlyDictionary<string, Origin> Origins { get; init; }

    public static AccountView Of(AccountSheet sheet)
    {
        var account = sheet.Account;
        return new AccountView
        {
            Id = account.Id,
            Name = account.Name,
            Siren = account.Siren?.Value,
            Vat = account.Vat,
            ComputedVat = account.ComputedVat,
            LegalName = account.LegalName,
            Brand = account.Brand,
            LegalForm = account.LegalForm,
            Naf = account.Naf,
            Naf2025 = account.Naf2025,
            Headcount = account.Headcount,
            HeadcountBand = account.HeadcountBand,
            SizeClass = account.SizeClass,
            InseeState = account.InseeState,
            Proceeding = account.Proceeding is { } p ? new(p.Kind, p.Since, p.Court, p.Nature, p.NoticeId, p.PublishedOn) : null,
            Type = account.Type,
            Blocked = account.Blocked,
            Phone = account.Phone,
            Email = account.Email,
            Website = account.Website,
            Address = account.Address,
            Sources = account.Sources,
            Quality = sheet.Score?.Total,
            Score = ScoreView.Of(sheet.Score),
            UpdatedAt = account.UpdatedAt,
            Metrics = sheet.Metrics,
            Establishments = [.. sheet.Establishments.Select(EstablishmentView.Of)],
            Contacts = [.. sheet.Contacts.Select(AccountContactView.Of)],
            Origins = account.Origins.Where(origin => !CustomField.IsReserved(origin.Key)).ToDictionary(),
        };
    }
}

/// <summary>A place where an account works.</summary>
internal sealed record EstablishmentView(
    Guid Id, string? Siret, string? Name, bool IsHeadOffice, string? State, DateOnly? ClosedOn, Address Address, string? Phone, IReadOnlyList<string> Sources)
{
    public static EstablishmentView Of(Establishment e) =>
        new(e.Id, e.Siret, e.Name, e.IsHeadOffice, e.State, e.ClosedOn, e.Address, e.Phone, e.Sources);
}

/// <summary>Someone at an account, and the parts they play there.</summary>
internal sealed record AccountContactView(
    Guid Id, string Name, string? JobTitle, string? Email, string? Phone, string? Mobile, Reach EmailReach, Reach PhoneReach,
    IReadOnlyList<AccountRoleView> Roles)
{
    public static AccountContactView Of(AccountContact c) => new(
        c.Id, c.Name, c.JobTitle, c.Email, c.Phone, c.Mobile, c.EmailReach, c.PhoneReach, [.. c.Roles.Select(AccountRoleView.Of)]);
}

/// <summary>One of these parts.</summary>
internal sealed record AccountRoleView(
    RoleFunction Function, string? JobTitle, bool IsOutsider, DateOnly? StartedOn, DateOnly? EndedOn, Stance? Stance, string Source, string Why)
{
    public static AccountRoleView Of(AccountRole r) =>
        new(r.Function, r.JobTitle, r.IsOutsider, r.StartedOn, r.EndedOn, r.Stance, r.Source, r.Reason);
}

/// <summary>Where a proceeding stands.</summary>
/// <param name="Notice">The number of the notice in the BODACC.</param>
internal sealed record ProceedingView(ProceedingKind Kind, DateOnly Since, string? Court, string? Nature, string Notice, DateOnly PublishedOn);
