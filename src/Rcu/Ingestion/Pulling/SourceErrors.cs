namespace Rcu.Ingestion.Pulling;

/// <summary>Why an act on a connection to a source is refused.</summary>
public static class SourceErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "connection.not_found", "This connection does not exist.");

    public static readonly Error AlertNotFound = new(ErrorKind.NotFound, "connection.alert_not_found", "This alert does not exist.");

    public static readonly Error Closed = new(ErrorKind.Conflict, "connection.closed", "This connection is stopped: resume it first.");

    public static readonly Error NameTaken = new(ErrorKind.Conflict, "connection.name_taken", "Another connection has this name.");

    public static readonly Error NoFeed = new(ErrorKind.Invalid, "connection.no_feed", "The mapping of the rows is missing: name a feed of this source, or give one.");

    public static readonly Error SecretLost = new(ErrorKind.Conflict, "connection.secret_lost", "The secret of this connection can no longer be read: give it again.");

    public static readonly Error NotWhole = new(
        ErrorKind.Invalid, "connection.not_whole", "A reading of this source gives what changed, not all there is: what it does not give is not absent.");

    public static Error UnknownKind(string kind) =>
        new(ErrorKind.Invalid, "connection.unknown_kind", $"There is no kind of connection '{kind}'.") { Values = [kind] };

    /// <param name="why">In French.</param>
    public static Error NotReady(string why) => new(ErrorKind.Unavailable, "connection.not_ready", $"The source is not ready: {why}") { Values = [why] };

    /// <param name="why">In French.</param>
    public static Error BadSettings(string why) => new(ErrorKind.Invalid, "connection.bad_settings", $"The settings are not right: {why}") { Values = [why] };

    public static readonly Error BadSignature = new(ErrorKind.Forbidden, "connection.bad_signature", "The signature, the identifier or the time of this message is not right.");

    public static Error MessageDiffers(string id) =>
        new(ErrorKind.Conflict, "connection.message_differs", $"Another message was received under the identifier '{id}'.") { Values = [id] };
}
