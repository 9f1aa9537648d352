using System.Globalization;
using Rcu.Customers;
using Rcu.Insight.Worth;

namespace Rcu.Web.Pages.Analysis;

/// <summary>The model of leads as a person fills it in.</summary>
public sealed class LeadForm
{
    public Dictionary<string, string> Signals { get; set; } = [];

    public Dictionary<string, string> Roles { get; set; } = [];

    public int HalfLifeDays { get; set; }

    public int WarmFrom { get; set; }

    public int HotFrom { get; set; }

    public int StrategicHeadcount { get; set; }

    public string StrategicAmount { get; set; } = "";

    public int CustomerMonths { get; set; }

    public int? Version { get; set; }

    public static LeadForm Of(LeadModel model, int version) => new()
    {
        Signals = LeadModel.Default.Signals.Keys.Union(model.Signals.Keys).ToDictionary(kind => kind, kind => Text(model.Signals.GetValueOrDefault(kind))),
        Roles = Enum.GetValues<RoleFunction>().ToDictionary(function => function.ToString(), function => Text(model.Roles.GetValueOrDefault(function, 1))),
        HalfLifeDays = model.HalfLifeDays,
        WarmFrom = model.WarmFrom,
        HotFrom = model.HotFrom,
        StrategicHeadcount = model.StrategicHeadcount,
        StrategicAmount = Text(model.StrategicAmount),
        CustomerMonths = model.CustomerMonths,
        Version = version,
    };

    public LeadModel ToModel() => new(
        Signals.ToDictionary(s => s.Key, s => Number(s.Value)), HalfLifeDays,
        Roles.Where(r => Enum.TryParse<RoleFunction>(r.Key, out _)).ToDictionary(r => Enum.Parse<RoleFunction>(r.Key), r => Number(r.Value)),
        WarmFrom, HotFrom, StrategicHeadcount, Number(StrategicAmount), CustomerMonths);

    private static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    // Browsers send a point, people may type a comma; what is no number is refused with the rest.
    private static decimal Number(string? typed) =>
        decimal.TryParse(typed?.Trim().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : -1;
}
