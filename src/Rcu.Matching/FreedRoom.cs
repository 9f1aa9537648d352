namespace Rcu.Matching;

/// <summary>
/// What a step of a large run leaves is a few arrays of hundreds of megabytes: the next step wants their room at once. To
/// look for them costs milliseconds, there being so few.
/// </summary>
internal static class FreedRoom
{
    private const int LargeRun = 500_000;

    public static void Of(int records)
    {
        if (records >= LargeRun)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        }
    }
}
