using Rcu.Cleaning.Formats;
using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>The name as typed, and beside it the legal form it held and the name people say.</summary>
internal sealed class CompanyNameRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        var name = draft.Read("name");
        draft.Set("name", name);
        var declared = draft.Read("legal_form");
        var (form, bare) = name is null ? (null, null) : LegalForms.TakeOut(name);
        var legalForm = LegalForms.Find(declared) ?? form;
        if (declared is not null && LegalForms.Find(declared) is null)
        {
            draft.Warn("legal_form", "legal_form.unknown", declared, $"La forme juridique « {declared} » n'est pas reconnue.");
        }
        else if (declared is not null && form is not null && legalForm != form)
        {
            draft.Warn("legal_form", "legal_form.incoherent", declared, $"La forme déclarée ({legalForm!.Code}) n'est pas celle du nom ({form.Code}).");
        }

        draft.Set("legal_form", legalForm?.Code);
        draft.Set("usual_name", draft.Read("usual_name") ?? (bare is null ? null : CompanyName.Cased(bare)));
        if (name is not null && !name.Any(char.IsLetter))
        {
            draft.Warn("name", "name.no_letter", name, $"« {name} » ne ressemble pas à un nom de société.");
        }
    }
}
