using System.Diagnostics.CodeAnalysis;

namespace Rcu.Segmentation;

// Never leaves ConditionCompiler.Compile, where it becomes the refusal.
[SuppressMessage("Design", "CA1032", Justification = "It never leaves the compiler of conditions.")]
[SuppressMessage("Design", "CA1064", Justification = "It never leaves the compiler of conditions.")]
internal sealed class Refused(Error error) : Exception(error.Message)
{
    public Error Error => error;
}
