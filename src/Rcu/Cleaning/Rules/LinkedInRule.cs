using System.Text.RegularExpressions;

namespace Rcu.Cleaning.Rules;

/// <summary>The address of a LinkedIn profile, written one way only.</summary>
internal sealed partial class LinkedInRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        if (draft.Read("linkedin") is not { } typed)
        {
            return;
        }

        var profile = Profile().Match(typed);
        if (profile.Success)
        {
            draft.Set("linkedin", $"https://www.linkedin.com/in/{Uri.UnescapeDataString(profile.Groups["who"].Value).ToLowerInvariant()}");
        }
        else
        {
            draft.Refuse("linkedin", "linkedin.unreadable", typed, $"« {typed} » n'est pas un profil LinkedIn.");
        }
    }

    [GeneratedRegex(@"^(https?://)?([a-z]{2,3}\.)?linkedin\.com/(in|pub)/(?<who>[^/?#\s]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Profile();
}
