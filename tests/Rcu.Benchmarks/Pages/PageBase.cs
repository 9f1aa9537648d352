using System.Buffers.Binary;
using Rcu.Benchmarks.Generator;

namespace Rcu.Benchmarks.Pages;

/// <summary>
/// A base of customers of one size, each row from its number alone. Few accounts and few people have most of what happens, as in
/// life: the first of a rank has thousands of interactions, the last none. Facts come in the order of time, whoever they are of.
/// </summary>
internal sealed class PageBase(int accounts)
{
    public const ulong Seed = 20261101;

    // What is generated, or how, changed: a base kept from before is made again.
    public const string Version = "2";

    public static readonly DateTimeOffset End = new(2026, 10, 31, 18, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Start = End.AddYears(-5);
    private const long Step = 618_031; // shares no divisor with the sizes: ranks and numbers are one to one

    public const int Places = 5_000;

    private readonly Companies _companies = new(Seed);
    private readonly People _people = new(Seed);
    private readonly long _back = Inverse(Step, accounts);

    public int Accounts { get; } = accounts;

    public int Contacts => Accounts / 2 * 3;

    public int Interactions => Accounts * 10;

    public int Documents => Accounts * 3;

    public int Opportunities => Accounts / 5 * 2;

    public int AccountPairs => Accounts / 20;

    public int ContactPairs => Accounts / 25;

    /// <summary>The company of one account: 5,000 establishments, and daughters.</summary>
    public int Group => Ranked(40);

    public Company CompanyOf(int account) => _companies.Of(account);

    public Person PersonOf(int contact) => _people.Of(contact);

    /// <summary>The account of a rank, the heaviest first.</summary>
    public int Ranked(long rank) => (int)((rank * Step + 17) % Accounts);

    public long RankOf(int account) => (account - 17 + Accounts) % Accounts * _back % Accounts;

    /// <summary>Heavy ones much more often than light ones, of the first <paramref name="share"/> of them.</summary>
    public int PickAccount(ref Dice dice, double share = 1)
    {
        var drawn = dice.Share();
        return Ranked((long)(drawn * drawn * share * Accounts));
    }

    public int PickContact(ref Dice dice)
    {
        var drawn = dice.Share();
        return (int)((long)(drawn * drawn * Contacts) * Step % Contacts);
    }

    /// <summary>Two thirds of the accounts have one person each; the others work where much happens.</summary>
    public int AccountOf(int contact)
    {
        if (contact < Accounts / 3 * 2)
        {
            return Ranked(contact);
        }

        var dice = new Dice(Seed, contact, 101);
        return PickAccount(ref dice);
    }

    /// <summary>When the n-th of so many came, over five years.</summary>
    public static DateTimeOffset At(long n, long of) => Start.AddTicks((End - Start).Ticks / of * n);

    /// <summary>An id as the hub makes them: the time it was made, then chance; here always the same.</summary>
    public static Guid Id(BaseKind kind, long n, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        var dice = new Dice(Seed, n, 1_000 + (int)kind);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (dice.Next() & 0x0FFF)));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | (dice.Next() >> 2));
        return new Guid(bytes, bigEndian: true);
    }

    public Guid AccountId(int account) => Id(BaseKind.Account, account, At(account, Accounts));

    public Guid ContactId(int contact) => Id(BaseKind.Contact, contact, At(contact, Contacts));

    public Guid AccountRecordId(int account, int which) => Id(BaseKind.AccountRecord, account * 4L + which, At(account, Accounts));

    public Guid ContactRecordId(int contact, int which) => Id(BaseKind.ContactRecord, contact * 4L + which, At(contact, Contacts));

    private static long Inverse(long value, long modulus)
    {
        var (a, b, x, y) = (value % modulus, modulus, 1L, 0L);
        while (b > 0)
        {
            (a, b, x, y) = (b, a % b, y, x - a / b * y);
        }

        return (x % modulus + modulus) % modulus;
    }
}

/// <summary>What an id is of.</summary>
internal enum BaseKind
{
    Account,
    Contact,
    AccountRecord,
    ContactRecord,
    Evidence,
    Establishment,
    Interaction,
    Document,
    Line,
    Opportunity,
    Role,
    Consent,
    Pair,
    Link,
}
