using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Rcu.Data;
using Rcu.Identifiers;
using Rcu.Reference.Register;
using Rcu.Security;

namespace Rcu.Web.Pages.Register;

/// <summary>A company looked for in the French register by a number, or by a name and a postal code, and the account that is it.</summary>
internal sealed class FindModel(RegisterLookUp register, RcuDb db, AccountScope scope) : PageModel
{
    /// <summary>A SIREN, a SIRET or a name; the five digits of a postal code may stand among its words.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true, Name = "cp")]
    public string? PostalCode { get; set; }

    public IReadOnlyList<RegisterCandidate> Candidates { get; private set; } = [];

    /// <summary>The one of that number.</summary>
    public RegisterUnit? Unit { get; private set; }

    /// <summary>What kept it from being looked for, or from being found.</summary>
    public Error? Refusal { get; private set; }

    /// <summary>The accounts of the hub that bear these SIRENs.</summary>
    public ILookup<string, Guid> Accounts { get; private set; } = Array.Empty<Guid>().ToLookup(_ => "");

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Text))
        {
            return;
        }

        var digits = string.Concat(Text.Where(char.IsAsciiDigit));
        var isNumber = Text.All(c => char.IsAsciiDigit(c) || char.IsWhiteSpace(c) || c is '.' or '-') && digits.Length is 9 or 14;
        if (isNumber)
        {
            var found = digits.Length == 14 ? await register.EstablishmentAsync(digits, ct) : await register.UnitAsync(digits, ct);
            (Unit, Refusal) = (found.Value, found.Error);
        }
        else
        {
            TakePostalCode();
            var found = await register.CandidatesAsync(new RegisterQuestion(Text, PostalCode), ct);
            (Candidates, Refusal) = (found.Value ?? [], found.Error);
        }

        var sirens = Candidates.Select(c => c.Unit.Siren).Append(Unit?.Siren).OfType<string>().Select(s => Siren.Parse(s, null)).ToList<Siren?>();
        var known = await scope.Accounts(db).Where(a => a.Siren != null && sirens.Contains(a.Siren)).Select(a => new { a.Siren, a.Id }).ToListAsync(ct);
        Accounts = known.ToLookup(a => a.Siren!.Value, a => a.Id);
    }

    private void TakePostalCode()
    {
        var words = Text!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (string.IsNullOrWhiteSpace(PostalCode) && words.FirstOrDefault(w => w.Length == 5 && w.All(char.IsAsciiDigit)) is { } code)
        {
            (PostalCode, Text) = (code, string.Join(' ', words.Where(w => w != code)));
        }
    }
}
