using Npgsql;

namespace Rcu.Reference.Register;

/// <summary>A legal unit as the register knows it, at one of its establishments: the head office unless another was asked for.</summary>
/// <param name="IsPartial">Partial diffusion: what is hidden is not there, and the unit is never used for prospecting.</param>
/// <param name="State">Of the unit: A works, C ceased.</param>
/// <param name="EstablishmentState">A is open, F closed.</param>
public sealed record RegisterUnit(
    string Siren, string? Siret, bool IsPartial, string? Name, string? UsualName, string? Acronym, string? Sign, string? LegalCategory, string? Naf,
    string? Naf2025, string? HeadcountBand, string? HeadcountYear, string? SizeClass, DateOnly? FoundedOn, string? State, DateOnly? StateSince,
    bool IsHeadOffice, string? EstablishmentState, DateOnly? EstablishmentSince, string? Complement, string? Street, string? PostalCode, string? City,
    string? CommuneCode, string? Country)
{
    /// <summary>A unit with its head office, where the register holds it.</summary>
    internal static readonly string Query = QueryOf("e.siren = u.siren and e.siret = u.siren || u.head_office_nic or e.siren = u.siren and u.head_office_nic is null and e.is_head_office");

    /// <summary>Whether the unit ceased, or this place of it closed.</summary>
    public bool IsClosed => State is "C" || EstablishmentState is "F";

    /// <summary>When it ceased; null while it works.</summary>
    public DateOnly? ClosedOn => State is "C" ? StateSince : null;

    public string? LegalForm => LegalCategory is null ? null : LegalForms.OfCategory(LegalCategory)?.Code;

    /// <param name="establishment">Which establishment goes with the unit.</param>
    internal static string QueryOf(string establishment, string join = "left join") =>
        $"""
        select u.siren, e.siret, u.diffusion = 'P' or coalesce(e.diffusion = 'P', false), u.name, coalesce(u.usual_name, e.usual_name), u.acronym, e.sign,
          u.legal_category, case when u.naf_edition = 'NAFRev2' then u.naf end, u.naf2025, u.headcount_band, u.headcount_year, u.size_class,
          u.founded_on, u.state, u.state_since, coalesce(e.is_head_office or e.siret = u.siren || u.head_office_nic, false),
          e.state, e.state_since, e.complement, e.street, e.postal_code, e.city, e.commune_code, e.country
        from register.legal_units u {join} register.establishments e on e.siren = u.siren and ({establishment})
        """;

    internal static RegisterUnit Read(NpgsqlDataReader row)
    {
        string? Text(int at) => row.IsDBNull(at) ? null : row.GetString(at);
        DateOnly? Date(int at) => row.IsDBNull(at) ? null : row.GetFieldValue<DateOnly>(at);
        return new RegisterUnit(
            row.GetString(0), Text(1), row.GetBoolean(2), Text(3), Text(4), Text(5), Text(6), Text(7), Text(8), Text(9), Text(10), Text(11), Text(12),
            Date(13), Text(14), Date(15), row.GetBoolean(16), Text(17), Date(18), Text(19), Text(20), Text(21), Text(22), Text(23), Text(24));
    }
}
