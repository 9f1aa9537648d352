using System.Security.Claims;
using Microsoft.Extensions.Localization;
using Rcu.Exploration;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;

namespace Rcu.Web.Pages.Search;

/// <summary>A page of the hub, or something that can be done there, as the palette offers it.</summary>
/// <param name="Key">What it is called is the text <c>palette.{Key}</c>; what people also call it, <c>palette.{Key}.words</c>.</param>
/// <param name="IsAct">Begins something, rather than opening a page.</param>
internal sealed record PaletteEntry(string Key, string Icon, string Address, bool IsAct = false)
{
    private static readonly PaletteEntry[] ForEveryone =
    [
        new("home", "home", "/"), new("tasks", "list-check", "/taches"), new("accounts", "building", "/comptes"), new("contacts", "users", "/contacts"),
        new("mine", "user-check", "/comptes?de=moi"), new("quality_mine", "gauge", "/qualite/moi"), new("invoicing", "file-invoice", "/qualite/facturation"),
        new("naf", "transform", "/qualite/naf-2025"), new("developers", "code", "/developpeurs"),
    ];

    private static readonly PaletteEntry[] ForMarketing =
    [
        new("segment_new", "plus", "/segments/nouveau", IsAct: true), new("destination_new", "plus", "/activation/nouvelle", IsAct: true),
        new("segments", "filter", "/segments"), new("activation", "send", "/activation"),
    ];

    private static readonly PaletteEntry[] ForStewards =
    [
        new("import_new", "upload", "/imports/nouveau", IsAct: true), new("judge", "git-merge", "/doublons#faire-n", IsAct: true),
        new("rule_new", "plus", "/qualite/regles/nouvelle", IsAct: true),
        new("matches", "git-merge", "/doublons"), new("matches_history", "history", "/doublons/historique"), new("suspects", "alert-triangle", "/doublons/suspects"),
        new("splits", "arrow-back-up", "/doublons/separations"), new("cuts", "adjustments", "/doublons/seuils"), new("register", "building-community", "/registre"),
        new("imports", "file-import", "/imports"), new("plan", "list-details", "/imports/plan"), new("quality", "gauge", "/qualite"),
        new("fixes", "tool", "/qualite/corrections"), new("rules", "ruler", "/qualite/regles"), new("postal", "mail", "/qualite/courrier"),
    ];

    private static readonly PaletteEntry[] ForAdmins =
    [
        new("connection_new", "plug", "/connexions/nouvelle", IsAct: true), new("key_new", "key", "/administration/cles", IsAct: true),
        new("admin", "settings", "/administration"), new("jobs", "activity", "/administration/travaux"), new("sources", "database", "/administration/sources"),
        new("connections", "plug-connected", "/connexions"),
    ];

    /// <summary>What this person may open, acts first.</summary>
    public static IReadOnlyList<PaletteEntry> Of(ClaimsPrincipal user) =>
    [
        .. ForEveryone
            .Concat(user.IsInAny(HubRoles.Marketing, HubRoles.Admin) ? ForMarketing : [])
            .Concat(user.IsInAny(HubRoles.Steward, HubRoles.Admin) ? ForStewards : [])
            .Concat(user.IsInRole(HubRoles.Admin) ? ForAdmins : [])
            .OrderByDescending(entry => entry.IsAct),
    ];

    /// <summary>Those whose name, or another word for it, holds what was typed.</summary>
    public static IReadOnlyList<PaletteEntry> Find(ClaimsPrincipal user, SearchQuery query, IStringLocalizer texts) =>
        query.Only is not null || query.Name.IsEmpty ? [] : [.. Of(user).Where(e => Exploration.Search.Holds($"{e.Name(texts)} {texts[$"palette.{e.Key}.words"].Value}", query.Name))];

    public string Name(IStringLocalizer texts) => texts[$"palette.{Key}"].Value;

    /// <summary>What can be done with a record, its page first.</summary>
    public static IReadOnlyList<PaletteEntry> On(SearchHit hit, ClaimsPrincipal user)
    {
        var page = IndexModel.AddressOf(hit);
        PaletteEntry[] all = hit.Kind is SearchKind.Account
            ?
            [
                new("open", "external-link", page), new("note", "note", $"{page}#faire-n", IsAct: true), new("task", "list-check", $"{page}#faire-t", IsAct: true),
                new("edit", "pencil", $"{page}#faire-e", IsAct: true), new("visit", "clipboard", $"{page}/visite"), new("people", "users", $"{page}?onglet=contacts"),
                new("sales", "currency-euro", $"{page}?onglet=ventes"), new("evidence", "database", $"{page}?onglet=sources"), new("past", "history", $"{page}/passe"),
            ]
            : [new("open", "external-link", page), new("evidence", "database", $"{page}?onglet=sources"), new("past", "history", $"{page}/passe")];
        return hit.Kind is SearchKind.Account && user.IsInAny(HubRoles.Steward, HubRoles.Admin)
            ? [.. all, new("register_one", "building-community", $"/registre/comptes/{hit.Id}")]
            : all;
    }
}
