using System.Globalization;
using System.Text.Json;
using Rcu.Benchmarks.Generator;

namespace Rcu.Benchmarks.Pages;

/// <summary>The rows of what waits for a steward: pairs of records that look alike, with the reasons to think so.</summary>
internal sealed class PairRows(PageBase plan)
{
    public const string Pairs = "matches (id, kind, left_record_id, right_record_id, probability, weight, rule, veto, sentence, evidence, judgement, found_at, band)";

    public void WriteAccountPair(int n, CopyText rows)
    {
        var one = (int)(n * 7L % plan.Accounts);
        Write(n, "Account", plan.AccountRecordId(one, 0), plan.AccountRecordId((one + 3) % plan.Accounts, 0), plan.CompanyOf(one).Name, rows);
    }

    public void WriteContactPair(int n, CopyText rows)
    {
        var one = (int)(n * 11L % plan.Contacts);
        Write(plan.AccountPairs + n, "Contact", plan.ContactRecordId(one, 0), plan.ContactRecordId((one + 5) % plan.Contacts, 0), plan.PersonOf(one).Family, rows);
    }

    private static void Write(int n, string kind, Guid one, Guid other, string name, CopyText rows)
    {
        var dice = new Dice(PageBase.Seed, n, 71);
        var (left, right) = one.CompareTo(other) < 0 ? (one, other) : (other, one);
        var weight = Math.Round(4 + dice.Share() * 9, 6);
        var at = PageBase.End.AddMinutes(-n);
        var evidence = new object[]
        {
            new { field = "name", left = name, right = $"{name}s", level = "close", weight = weight + 2, termFrequencyPart = 1.5 },
            new { field = "postal_code", left = "69003", right = "69003", level = "exact", weight = 4.2, termFrequencyPart = 0.0 },
            new { field = "street", left = "12 RUE PASTEUR", right = "14 RUE PASTEUR", level = "close", weight = 2.1, termFrequencyPart = 0.0 },
            new { field = "phone", left = "+33478000001", right = "+33478000002", level = "different", weight = -2.3, termFrequencyPart = 0.0 },
        };
        rows.Id(PageBase.Id(BaseKind.Pair, n, at)).Text(kind).Id(left).Id(right)
            .Number((decimal)Math.Round(1 / (1 + Math.Pow(2, -weight + 5)), 6)).Number((decimal)weight).Text("name+town").Text(null)
            .Text(string.Create(CultureInfo.InvariantCulture, $"Noms proches, même code postal ; téléphones différents.")).Text(JsonSerializer.Serialize(evidence))
            .Text("Undecided").At(at).Text("Review").End();
    }
}
