namespace Rcu.Web.Commands.Duplicates;

/// <summary>A refusal found out in the midst of reading, on its way to the command that answers it.</summary>
internal sealed class RefusedException(Error error) : Exception(error.Message)
{
    public Error Error => error;
}
