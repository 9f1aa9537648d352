namespace Rcu.Web;

/// <summary>Every sentence a person reads: French in <c>Texts.resx</c>, English in <c>Texts.en.resx</c>.</summary>
public sealed class Texts;
