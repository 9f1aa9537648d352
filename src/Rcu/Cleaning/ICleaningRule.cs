namespace Rcu.Cleaning;

/// <summary>One thing the hub knows about dirty data: reads raw values, gives clean ones, and says what it found.</summary>
internal interface ICleaningRule
{
    void Apply(Draft draft);
}
