namespace Rcu.Web.Pages.Accounts;

/// <summary>The tabs of an account, as their addresses name them.</summary>
internal enum AccountTab
{
    Activite,
    Contacts,
    Etablissements,
    Ventes,
    Valeur,
    Segments,
    Sources,
}
