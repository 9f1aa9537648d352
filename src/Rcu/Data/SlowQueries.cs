using Npgsql;

namespace Rcu.Data;

/// <summary>Tells a statement that took longer than it was given from one that failed, or that nobody waits for any more.</summary>
internal static class SlowQueries
{
    // The provider wraps what may succeed when tried again.
    public static bool IsTooLong(this Exception failed)
    {
        for (var cause = failed; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case OperationCanceledException:
                    return false;
                case TimeoutException or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }:
                    return true;
            }
        }

        return false;
    }
}
