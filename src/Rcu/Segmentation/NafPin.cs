using Rcu.Reference;

namespace Rcu.Segmentation;

/// <summary>
/// Ties each condition on an activity code to the edition of the list its codes are of, so that a segment means the same after the
/// switch of 1 January 2027. Codes of one edition alone say which; else it is the edition in force.
/// </summary>
public static class NafPin
{
    public static readonly DateOnly Switch = new(2027, 1, 1);

    private static readonly string[] Fields = ["naf", "account.naf"];

    public static Condition Pin(Condition rule, DateOnly today) => rule.Map(one => one switch
    {
        Condition.Compare { Edition: null } compare when Fields.Contains(compare.Field) => compare with { Edition = EditionOf(compare, today) },
        Condition.Compare { Edition: not null } compare when !Fields.Contains(compare.Field) => compare with { Edition = null },
        _ => one,
    });

    private static NafEdition EditionOf(Condition.Compare compare, DateOnly today) =>
        compare.Values.Any(value => Naf.FindRevision2(value) is not null) ? NafEdition.Revision2
        : compare.Values.Any(value => Naf.Find2025(value) is not null) ? NafEdition.Naf2025
        : today < Switch ? NafEdition.Revision2
        : NafEdition.Naf2025;
}
