namespace Rcu.Web.Commands.Evaluation;

/// <summary>Why a result cannot be measured against a truth.</summary>
internal static class EvaluationErrors
{
    public static readonly Error NoTruth = new(ErrorKind.Invalid, "evaluate.no_truth", "--truth says which file holds the truth.");

    public static readonly Error NoResult = new(ErrorKind.Invalid, "evaluate.no_result", "--pairs or --clusters says what to measure.");

    public static Error NotPairs(string path, IEnumerable<string> columns) =>
        new(ErrorKind.Invalid, "evaluate.not_pairs", $"{path} has no columns id_a and id_b.") { Values = [path, string.Join(", ", columns)] };

    public static Error NotClusters(string path, IEnumerable<string> columns) =>
        new(ErrorKind.Invalid, "evaluate.not_clusters", $"{path} has no column cluster_id.") { Values = [path, string.Join(", ", columns)] };

    public static Error NotTruth(string path, IEnumerable<string> columns) =>
        new(ErrorKind.Invalid, "evaluate.not_truth", $"{path} has neither id_a and id_b nor id and cluster.") { Values = [path, string.Join(", ", columns)] };

    public static Error NoIdInCommon(string found, string truth) =>
        new(ErrorKind.Invalid, "evaluate.no_id_in_common", $"The result says {found}, the truth {truth}.") { Values = [found, truth] };
}
