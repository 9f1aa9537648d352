using System.Runtime.CompilerServices;
using Rcu.Demo;

namespace Rcu.Benchmarks;

/// <summary>How well the hub tells who is who in the demonstration, beside what exact keys alone would find.</summary>
internal static class QualityBenchmark
{
    private const string AccountKeys = "naive exact keys: same SIREN, or same folded name + postal code";
    private const string ContactKeys = "naive exact keys: same e-mail";

    public static async IAsyncEnumerable<Figure> RunAsync(BenchData data, [EnumeratorCancellation] CancellationToken ct)
    {
        var demo = await data.DemoAsync(ct);
        var truth = Path.Combine(demo.Folder, "truth");
        var (accounts, contacts) = await new TruthCheck(demo.Hub.Database).RunAsync(truth, ct);
        var naive = new NaiveKeys(demo.Hub.Database);
        var plainAccounts = await naive.QualityAsync(truth, "account", "siren", ["crm", "erp"], ct);
        var plainContacts = await naive.QualityAsync(truth, "contact", "person_id", ["crm", "marketing", "salon"], ct);

        yield return Of("quality.accounts.f1", accounts.F1, plainAccounts.F1, AccountKeys, .90);
        yield return Of("quality.accounts.precision", accounts.Precision, plainAccounts.Precision, AccountKeys, .98);
        yield return Of("quality.contacts.recall", contacts.Recall, plainContacts.Recall, ContactKeys, .80);
        yield return Of("quality.contacts.precision", contacts.Precision, plainContacts.Precision, ContactKeys, .98);
    }

    private static Figure Of(string id, double value, double naive, string reference, double least) =>
        new Figure(id, value, "share", reference, value / naive).ValueAtLeast(least, hard: true);
}
