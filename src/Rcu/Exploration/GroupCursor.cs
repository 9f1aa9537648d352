using System.Diagnostics.CodeAnalysis;

namespace Rcu.Exploration;

/// <summary>Where a page of a group ended: the name and the id of its last account.</summary>
public sealed record GroupCursor(string Name, Guid Id) : IParsable<GroupCursor>
{
    public static GroupCursor Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var cursor) ? cursor : throw new FormatException($"'{text}' is no page of a group.");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, [MaybeNullWhen(false)] out GroupCursor cursor)
    {
        cursor = text?.Split('~', 2) is [var id, var name] && Guid.TryParse(id, out var last) ? new GroupCursor(name, last) : null;
        return cursor is not null;
    }

    public override string ToString() => $"{Id:N}~{Name}";
}
