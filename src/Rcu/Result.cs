using System.Diagnostics.CodeAnalysis;

namespace Rcu;

/// <summary>Why the hub refused something the caller could have asked differently.</summary>
/// <param name="Code">Stable, for machines, and the name of the French and English texts: <c>match.already_judged</c>.</param>
/// <param name="Message">The English sentence, for logs and for a door that has no text of its own.</param>
/// <param name="Fields">For a malformed request, what is wrong with each of its fields.</param>
public sealed record Error(
    ErrorKind Kind, string Code, string Message, IDictionary<string, string[]>? Fields = null)
{
    /// <summary>What the texts say <c>{0}</c> and <c>{1}</c> for.</summary>
    public object[] Values { get; init; } = [];
}

/// <summary>What sort of refusal: each becomes one HTTP status (400/422, 404, 409, 503, 403, 412, 429) in the doors.</summary>
public enum ErrorKind
{
    Invalid,
    NotFound,
    Conflict,
    Unavailable,
    Forbidden,
    Stale,
    TooMany,
}

/// <summary>What an operation gave, or the one reason it refused. Bugs and outages throw instead.</summary>
public readonly struct Result<T>
{
    private Result(T? value, Error? error) => (Value, Error) = (value, error);

    public T? Value { get; }

    public Error? Error { get; }

    [MemberNotNullWhen(true, nameof(Value)), MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}
