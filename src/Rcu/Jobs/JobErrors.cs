namespace Rcu.Jobs;

/// <summary>Why a run was not stopped, nor taken up again.</summary>
public static class JobErrors
{
    public static readonly Error RunNotFound = new(ErrorKind.NotFound, "run.not_found", "This run does not exist.");

    public static readonly Error WrongStatus = new(ErrorKind.Conflict, "run.wrong_status", "This run is no longer in a state that allows it.");
}
