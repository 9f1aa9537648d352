using System.Collections.Frozen;
using Rcu.Identifiers;

namespace Rcu.Cleaning.Rules;

/// <summary>What happened, by which channel and on whose initiative, from the words of each tool.</summary>
internal sealed class InteractionKindRule : ICleaningRule
{
    private static readonly FrozenDictionary<string, string> Kinds = new Dictionary<string, string>
    {
        ["DELIVERED"] = "email_delivered",
        ["SENT"] = "email_sent",
        ["ENVOYE"] = "email_sent",
        ["OPENED"] = "email_opened",
        ["OPEN"] = "email_opened",
        ["OUVERT"] = "email_opened",
        ["CLICKED"] = "email_clicked",
        ["CLICK"] = "email_clicked",
        ["CLIQUE"] = "email_clicked",
        ["HARDBOUNCE"] = "email_bounced_hard",
        ["HARD BOUNCE"] = "email_bounced_hard",
        ["SOFTBOUNCE"] = "email_bounced_soft",
        ["SOFT BOUNCE"] = "email_bounced_soft",
        ["SPAM"] = "email_complained",
        ["COMPLAINT"] = "email_complained",
        ["UNSUBSCRIBE"] = "unsubscribed",
        ["DESINSCRIT"] = "unsubscribed",
        ["DESINSCRIPTION"] = "unsubscribed",
        ["PAGE"] = "page_viewed",
        ["PAGE VUE"] = "page_viewed",
        ["TRACK"] = "form_sent",
        ["FORM"] = "form_sent",
        ["FORMULAIRE"] = "form_sent",
        ["IDENTIFY"] = "identified",
        ["SALON"] = "trade_show",
        ["FOIRE"] = "trade_show",
        ["APPEL"] = "call",
        ["TELEPHONE"] = "call",
        ["PHONE"] = "call",
        ["RDV"] = "meeting",
        ["RENDEZ VOUS"] = "meeting",
        ["REUNION"] = "meeting",
        ["VISITE"] = "meeting",
        ["COURRIEL"] = "email",
        ["MAIL"] = "email",
        ["E MAIL"] = "email",
        ["REMARQUE"] = "note",
        ["COMMENTAIRE"] = "note",
        ["RECLAMATION"] = "complaint",
        ["TICKET"] = "support",
        ["SAV"] = "support",
        ["ENQUETE"] = "survey",
        ["BESOIN"] = "need",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, (string Channel, string Direction)> Ways = new Dictionary<string, (string, string)>
    {
        ["email"] = ("email", "outbound"),
        ["email_sent"] = ("email", "outbound"),
        ["email_delivered"] = ("email", "outbound"),
        ["email_bounced_hard"] = ("email", "outbound"),
        ["email_bounced_soft"] = ("email", "outbound"),
        ["email_opened"] = ("email", "inbound"),
        ["email_clicked"] = ("email", "inbound"),
        ["email_complained"] = ("email", "inbound"),
        ["unsubscribed"] = ("email", "inbound"),
        ["page_viewed"] = ("web", "inbound"),
        ["form_sent"] = ("web", "inbound"),
        ["identified"] = ("web", "inbound"),
        ["trade_show"] = ("event", "inbound"),
        ["call"] = ("phone", "outbound"),
        ["meeting"] = ("meeting", "outbound"),
        ["note"] = ("hub", "internal"),
        ["support"] = ("phone", "inbound"),
        ["complaint"] = ("phone", "inbound"),
        ["survey"] = ("web", "inbound"),
        ["need"] = ("meeting", "inbound"),
    }.ToFrozenDictionary();

    public void Apply(Draft draft)
    {
        if (draft.Read("kind") is { } typed)
        {
            var folded = typed.Folded();
            var kind = Kinds.GetValueOrDefault(folded) ?? folded.ToLowerInvariant().Replace(' ', '_');
            if (!Ways.ContainsKey(kind))
            {
                draft.Warn("kind", "interaction.unknown_kind", typed, $"Le type d'événement « {typed} » n'est pas connu ; il est gardé tel quel.");
            }

            draft.Set("kind", kind);
        }

        // Trackers name what was done (a form) or seen (a page) in columns of their own.
        draft.Set("subject", draft.Read("subject") ?? draft.Read("event") ?? draft.Read("page"));
        draft.Set("event", draft.Read("event"));
        draft.Set("page", draft.Read("page"));
        var way = Ways.GetValueOrDefault(draft["kind"] ?? "");
        draft.Set("channel", draft.Read("channel")?.ToLowerInvariant() ?? way.Channel);
        draft.Set("direction", Direction(draft.Read("direction")) ?? way.Direction);
    }

    private static string? Direction(string? typed) => typed?.Folded() switch
    {
        "INBOUND" or "ENTRANT" or "ENTRANTE" or "IN" or "RECU" => "inbound",
        "OUTBOUND" or "SORTANT" or "SORTANTE" or "OUT" or "EMIS" => "outbound",
        "INTERNAL" or "INTERNE" => "internal",
        _ => null,
    };
}
