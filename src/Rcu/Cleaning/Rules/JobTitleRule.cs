using Rcu.Reference;

namespace Rcu.Cleaning.Rules;

/// <summary>A job title, and the department and level it stands for.</summary>
internal sealed class JobTitleRule : ICleaningRule
{
    public void Apply(Draft draft)
    {
        var title = draft.Read("job_title");
        draft.Set("job_title", title);
        var place = title is null ? null : JobTitles.Place(title);
        draft.Set("job_department", draft.Read("job_department") ?? place?.Department);
        draft.Set("job_level", draft.Read("job_level") ?? place?.Level);
    }
}
