using Rcu.Segmentation;

namespace Rcu.Web.Pages.Segments;

/// <summary>One line of an explanation, and what its fields are of.</summary>
internal sealed record ReasonLine(SegmentReason Reason, Type Subject);
