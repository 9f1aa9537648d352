using Rcu.Matching;

namespace Rcu.Benchmarks.Generator;

/// <summary>
/// A seeded set of records of any size, each row made from its number alone: nothing is held, and the millionth costs what the
/// first does. The truth (the entity and the dirt applied) comes beside the cells, never among them.
/// </summary>
internal abstract class GeneratedSet(ulong seed, long rows)
{
    private readonly Layout _layout = new(seed, rows);
    private double? _sum;

    public ulong Seed => seed;

    public long Rows => rows;

    public abstract EntityKind Kind { get; }

    /// <summary>The columns as a user would describe them; null for one that says nothing of who it is.</summary>
    public abstract IReadOnlyList<(string Name, FieldKind? Kind)> Columns { get; }

    /// <summary>Writes one row into the cells (null for an empty one).</summary>
    /// <returns>The entity, and the kinds of <see cref="Dirt"/> applied as bits.</returns>
    public (long Entity, ulong Dirt) Fill(long row, string?[] cells)
    {
        var (entity, copy) = _layout.At(row);
        var dice = new Dice(seed, row, 11);
        var dirt = copy == 0 ? 0 : PickDirt(ref dice);
        Array.Clear(cells);
        dirt = Fill(entity, copy, dirt, ref dice, cells);
        cells[0] = $"R{row:D8}";
        return (entity, dirt);
    }

    /// <summary>Writes one more record, that is not in the set, of the entity of a row.</summary>
    /// <returns>The entity.</returns>
    public long FillAgain(long row, string?[] cells)
    {
        var entity = EntityAt(row);
        var dice = new Dice(seed, row, 13);
        Array.Clear(cells);
        Fill(entity, 1, PickDirt(ref dice), ref dice, cells);
        return entity;
    }

    public long EntityAt(long row) => _layout.At(row).Entity;

    protected abstract IReadOnlyList<(ulong Dirt, double Weight)> Choices { get; }

    /// <returns>The dirt that could really be applied.</returns>
    protected abstract ulong Fill(long entity, int copy, ulong dirt, ref Dice dice, string?[] cells);

    protected static ulong Bit(params ReadOnlySpan<Dirt> kinds)
    {
        var bits = 0UL;
        foreach (var kind in kinds)
        {
            bits |= 1UL << (int)kind;
        }

        return bits;
    }

    protected static bool Has(ulong dirt, Dirt kind) => (dirt & (1UL << (int)kind)) != 0;

    // One kind for four copies in ten, two or three for most others.
    private ulong PickDirt(ref Dice dice)
    {
        var count = dice.Below(100) switch { < 40 => 1, < 72 => 2, < 92 => 3, _ => 4 };
        var dirt = 0UL;
        for (var i = 0; i < count; i++)
        {
            var left = dice.Share() * (_sum ??= Choices.Sum(choice => choice.Weight));
            foreach (var (kind, weight) in Choices)
            {
                left -= weight;
                if (left < 0)
                {
                    dirt |= kind;
                    break;
                }
            }
        }

        return dirt;
    }
}
