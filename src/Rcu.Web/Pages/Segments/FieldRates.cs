using Rcu.Security;
using Rcu.Segmentation;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Home;

namespace Rcu.Web.Pages.Segments;

/// <summary>For how many accounts or contacts each field of the library is filled, beside its name. Read once for each page, of a large base once in a while.</summary>
internal sealed class FieldRates(BoardMemory memory)
{
    // From so many rows on, they are not read again for each page.
    private const int Large = 2_000;

    private readonly Dictionary<Type, IReadOnlyDictionary<string, double>> _known = [];

    /// <summary>What follows a field's name in a list: « · 97 % », or nothing.</summary>
    public static string Beside(IReadOnlyDictionary<string, double> rates, string field) =>
        rates.TryGetValue(field, out var rate) ? $" · {Show.Percent(rate)}" : "";

    /// <summary>By the name a rule gives to each field: those of a contact's account begin with <c>account.</c>.</summary>
    public async Task<IReadOnlyDictionary<string, double>> ReadAsync(Type subject, CancellationToken ct) => _known.TryGetValue(subject, out var known) ? known
        : _known[subject] = subject == typeof(Customers.Account) ? await OfAsync(SegmentTarget.Accounts, ct)
        : subject == typeof(Customers.Contact)
            ? (await OfAsync(SegmentTarget.Contacts, ct)).Concat((await ReadAsync(typeof(Customers.Account), ct)).Select(one => KeyValuePair.Create($"account.{one.Key}", one.Value))).ToDictionary()
        : new Dictionary<string, double>();

    private async Task<Dictionary<string, double>> OfAsync(SegmentTarget target, CancellationToken ct) => (await memory.ReadAsync(
        $"champs {target}", (hub, stop) => hub.GetRequiredService<FieldFills>().ReadAsync(AccountScope.Hub, target, stop), filled => filled.Rows > Large, ct)).Shares;
}
