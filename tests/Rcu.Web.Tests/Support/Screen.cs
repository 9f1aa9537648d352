namespace Rcu.Web.Tests.Support;

/// <summary>What a page is looked at on.</summary>
public sealed record Screen(string Name, int Width, int Height, bool Dark)
{
    public static readonly Screen Desk = new("desk", 1440, 900, Dark: false);

    public static readonly Screen Night = new("night", 1440, 900, Dark: true);

    public static readonly Screen Phone = new("phone", 390, 844, Dark: false);

    /// <summary>The three every page must hold on.</summary>
    public static readonly IReadOnlyList<Screen> All = [Desk, Night, Phone];
}
