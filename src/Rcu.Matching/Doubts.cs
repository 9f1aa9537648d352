namespace Rcu.Matching;

/// <summary>Why a cluster is doubtful: the codes of <see cref="SuspectCluster.Doubt"/>.</summary>
public static class Doubts
{
    /// <summary>It holds several valid SIRENs: someone joined them.</summary>
    public const string Sirens = "sirens";

    /// <summary>A record of it does not fit most of the others.</summary>
    public const string Stranger = "stranger";

    /// <summary>It is larger than entities are.</summary>
    public const string Large = "large";
}
