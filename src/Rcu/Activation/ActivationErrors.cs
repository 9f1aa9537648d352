namespace Rcu.Activation;

/// <summary>Why an act on a destination is refused.</summary>
public static class ActivationErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "destination.not_found", "This destination does not exist.");

    public static readonly Error NoSegment = new(ErrorKind.Conflict, "destination.no_segment", "This destination receives no segment.");

    public static readonly Error ChangesForgotten = new(
        ErrorKind.Conflict, "changes.forgotten", "These changes are kept no longer: read everything again, then go on from the cursor \"now\".");

    public static readonly Error Paused = new(ErrorKind.Conflict, "destination.paused", "This destination is paused.");

    public static readonly Error DeliveryNotFound = new(ErrorKind.NotFound, "delivery.not_found", "There is nothing to send again here.");

    public static readonly Error SecretLost =
        new(ErrorKind.Conflict, "destination.secret_lost", "The secret of this destination can no longer be read: give it again.");

    public static readonly Error BadAddress =
        new(ErrorKind.Invalid, "destination.bad_address", "The address must be a public https address.");

    public static readonly Error BadSecret =
        new(ErrorKind.Invalid, "destination.bad_secret", "The secret must be whsec_ followed by 24 to 64 bytes in base64.");

    public static readonly Error NoSecret =
        new(ErrorKind.Invalid, "destination.no_secret", "This tool opens with a secret of its own: give the one it made.");

    /// <summary>A rule of a field cannot be kept.</summary>
    /// <param name="why">A French sentence: what is wrong, where, and what to do.</param>
    public static Error BadFields(string why) => new(ErrorKind.Invalid, "destination.bad_fields", $"These fields are not right: {why}") { Values = [why] };

    /// <summary>Something the tool needs is not set.</summary>
    /// <param name="why">A French sentence: what is wrong, and what to do.</param>
    public static Error BadSettings(string why) => new(ErrorKind.Invalid, "destination.bad_settings", $"The settings are not right: {why}") { Values = [why] };

    public static readonly Error UnreadableReturn =
        new(ErrorKind.Invalid, "destination.unreadable_return", "This message is neither JSON nor a form: nothing of it was taken.");

    public static readonly Error NotSigned =
        new(ErrorKind.Conflict, "destination.not_signed", "What is sent to this tool is not signed: its secret is one of its own, give the new one in its settings.");

    public static readonly Error NotGuarded =
        new(ErrorKind.Conflict, "destination.not_guarded", "No push of this destination waits for a confirmation.");

    public static Error WrongNumber(int asked) =>
        new(ErrorKind.Invalid, "destination.wrong_number", $"To go on, type the number of profiles: {asked}.") { Values = [$"{asked}"] };

    public static Error UnknownKind(string kind) =>
        new(ErrorKind.Invalid, "destination.unknown_kind", $"There is no kind of destination '{kind}'.") { Values = [kind] };

    public static Error Unreachable(string why) =>
        new(ErrorKind.Unavailable, "destination.unreachable", $"The tool does not answer as expected: {why}") { Values = [why] };

    public static Error CredentialsRefused(string why) =>
        new(ErrorKind.Forbidden, "destination.credentials_refused", $"The tool refuses the secret: {why}") { Values = [why] };
}
