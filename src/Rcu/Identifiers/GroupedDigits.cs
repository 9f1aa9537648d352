namespace Rcu.Identifiers;

/// <summary>French numbers as people read them, in groups held together by no-break spaces.</summary>
internal static class GroupedDigits
{
    private const string NoBreakSpace = "\u00a0";

    extension(string digits)
    {
        /// <summary>Groups of the given sizes: <c>552 032 534</c> for 3, 3, 3.</summary>
        public string Grouped(params ReadOnlySpan<int> sizes)
        {
            var groups = new List<string>(sizes.Length);
            var start = 0;
            foreach (var size in sizes)
            {
                groups.Add(digits.Substring(start, size));
                start += size;
            }

            return string.Join(NoBreakSpace, groups);
        }
    }
}
