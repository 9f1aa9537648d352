using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Rcu.Demo;

/// <summary>The dice of the demonstration: each throw depends on the seed and on what it decides, never on the throws before it.</summary>
/// <remarks>SHA-256 of <c>seed|purpose|key</c>, first eight bytes, big-endian: adding a record changes no other.</remarks>
internal sealed class KeyedChoices(string seed)
{
    public ulong Hash(string purpose, string key) => BinaryPrimitives.ReadUInt64BigEndian(Digest(purpose, key));

    /// <summary>A number from 0 to 1, 1 excluded.</summary>
    public double Share(string purpose, string key) => (Hash(purpose, key) >> 11) / (double)(1UL << 53);

    public bool Chance(double probability, string purpose, string key) => Share(purpose, key) < probability;

    /// <summary>A whole number between two bounds, both possible.</summary>
    public int Between(int low, int high, string purpose, string key) =>
        low + (int)(Hash(purpose, key) % (ulong)(high - low + 1));

    public T Pick<T>(IReadOnlyList<T> values, string purpose, string key) =>
        values[(int)(Hash(purpose, key) % (ulong)values.Count)];

    public T Weighted<T>(IReadOnlyList<(T Value, double Weight)> values, string purpose, string key)
    {
        var left = Share(purpose, key) * values.Sum(v => v.Weight);
        foreach (var (value, weight) in values)
        {
            left -= weight;
            if (left < 0)
            {
                return value;
            }
        }

        return values[^1].Value;
    }

    /// <summary>A technical identifier, as software makes them.</summary>
    public string Identifier(int length, string purpose, string key) =>
        Convert.ToHexString(Digest(purpose, key))[..length];

    private byte[] Digest(string purpose, string key) => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{purpose}|{key}"));
}
