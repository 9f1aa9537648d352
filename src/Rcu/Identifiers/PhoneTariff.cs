namespace Rcu.Identifiers;

/// <summary>Who pays for a call, and what it is for.</summary>
public enum PhoneTariff
{
    None,
    TollFree,
    SharedCost,
    Premium,
    Personal,
    Company,
    Internet,
    Voicemail,
    Pager,
}
