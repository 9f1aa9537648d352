using Microsoft.AspNetCore.Mvc;
using Rcu.Resolution;

namespace Rcu.Web.Pages.Matches;

/// <summary>Which value a steward wants for each field: that of one of the two records, or the one in the result column.</summary>
internal sealed class PairChoice
{
    public const string LeftSide = "left";
    public const string RightSide = "right";
    public const string ResultSide = "result";

    /// <summary>By field: a side, or the result column.</summary>
    [BindProperty(Name = "pick")]
    public Dictionary<string, string> Pick { get; set; } = [];

    /// <summary>By field: what the result column says.</summary>
    [BindProperty(Name = "value")]
    public Dictionary<string, string?> Value { get; set; } = [];

    public Dictionary<string, string> Values(ComparedPair pair) => Pick
        .Select(pick => (Field: pick.Key, Value: pick.Value switch
        {
            LeftSide => pair.Left[pick.Key],
            RightSide => pair.Right[pick.Key],
            _ => Value.GetValueOrDefault(pick.Key),
        }))
        .Where(value => !string.IsNullOrWhiteSpace(value.Value))
        .ToDictionary(value => value.Field, value => value.Value!);
}
