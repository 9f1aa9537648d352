namespace Rcu.Web.Identity;

/// <summary>What a person is to the hub. Each opens the customers; the rest is in <see cref="Policies"/>.</summary>
internal static class HubRoles
{
    public const string Commercial = "Commercial";
    public const string Marketing = "Marketing";
    public const string Steward = "Steward";
    public const string Admin = "Admin";

    public static readonly IReadOnlyList<string> All = [Commercial, Marketing, Steward, Admin];
}
