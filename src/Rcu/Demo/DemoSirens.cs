using System.Globalization;
using Rcu.Identifiers;

namespace Rcu.Demo;

/// <summary>The SIRENs of the demonstration's companies: their check digit is right, and no register has them.</summary>
/// <remarks>
/// The register began above 000 300 000 and new numbers are given from 100 000 000 on, after the block that starts
/// with 99 was used up: a number that starts with 0000 was never given and never will be.
/// </remarks>
public static class DemoSirens
{
    public const string Prefix = "0000";

    /// <summary>How many numbers the block holds; the first one is the ledger owner's.</summary>
    internal const int Capacity = 10_000;

    /// <summary>The company that keeps the demonstration's books, and whose hub this is.</summary>
    public static string LedgerOwner => At(1);

    /// <summary>Whether this SIREN, or the SIREN of this SIRET, is one of the demonstration.</summary>
    public static bool IsDemo(string number) => number.StartsWith(Prefix, StringComparison.Ordinal);

    internal static string At(int number) => WithCheckDigit(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:0000}"));

    internal static string SiretOf(string siren, int establishment) =>
        WithCheckDigit(string.Create(CultureInfo.InvariantCulture, $"{siren}{establishment:0000}"));

    internal static string VatOf(string siren)
    {
        var key = (12 + 3 * (int.Parse(siren, CultureInfo.InvariantCulture) % 97)) % 97;
        return string.Create(CultureInfo.InvariantCulture, $"FR{key:00}{siren}");
    }

    private static string WithCheckDigit(string stem) =>
        Enumerable.Range(0, 10).Select(digit => $"{stem}{digit}").First(number => number.PassesLuhn);
}
