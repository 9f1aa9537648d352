namespace Rcu.Ingestion.Reading.Archives;

/// <summary>The sum an archive keeps of each of its parts (CRC-32): a part that is cut or altered does not add up.</summary>
internal sealed class Checksum
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    private uint _sum = uint.MaxValue;

    public uint Value => ~_sum;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var sum = _sum;
        foreach (var one in bytes)
        {
            sum = Table[(byte)(sum ^ one)] ^ (sum >> 8);
        }

        _sum = sum;
    }

    private static uint Entry(int index)
    {
        var entry = (uint)index;
        for (var bit = 0; bit < 8; bit++)
        {
            entry = (entry & 1) == 0 ? entry >> 1 : 0xEDB88320 ^ (entry >> 1);
        }

        return entry;
    }
}
