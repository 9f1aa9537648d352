using Microsoft.AspNetCore.Mvc;
using Rcu.Exploration;

namespace Rcu.Web.Pages.Shared;

/// <summary>What of a timeline was asked for: by the chips, the lists and the words above it.</summary>
public sealed class TimelineAsked
{
    [FromQuery(Name = "canal")]
    public string? Channel { get; set; }

    [FromQuery(Name = "nature")]
    public TimelineNature? Nature { get; set; }

    /// <summary>Only what was said with these words.</summary>
    [FromQuery(Name = "mots")]
    public string? Words { get; set; }

    /// <summary>Only what happened with this person of the account.</summary>
    [FromQuery(Name = "qui")]
    public Guid? Who { get; set; }

    /// <summary>Only what this source says.</summary>
    [FromQuery(Name = "origine")]
    public string? Source { get; set; }

    /// <summary>Nothing is left out.</summary>
    public bool IsAll => Channel is null && Nature is null && Who is null && Clean(Words) is null && Clean(Source) is null;

    public TimelineFilter OfAccount(Guid account) => new(account, Who, Nature, Clean(Channel), Clean(Source), Clean(Words));

    public TimelineFilter OfContact(Guid contact) => new(null, contact, Nature, Clean(Channel), Clean(Source), Clean(Words));

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
