namespace Rcu.Activation;

/// <summary>How many pushes one process makes at once; of tools that failed the last time, only a few, so that they take no place from the others.</summary>
public sealed class PushSlots(int most = 6, int mostSick = 2)
{
    private readonly Lock _door = new();
    private int _taken;
    private int _sick;

    /// <returns>Null when there is no room: the push keeps waiting.</returns>
    public IDisposable? Take(bool sick)
    {
        lock (_door)
        {
            if (_taken >= most || (sick && _sick >= mostSick))
            {
                return null;
            }

            _taken++;
            _sick += sick ? 1 : 0;
            return new Slot(this, sick);
        }
    }

    private void Leave(bool sick)
    {
        lock (_door)
        {
            _taken--;
            _sick -= sick ? 1 : 0;
        }
    }

    private sealed class Slot(PushSlots slots, bool sick) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                slots.Leave(sick);
            }
        }
    }
}
