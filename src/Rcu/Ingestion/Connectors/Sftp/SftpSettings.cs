using System.Text.Json;
using FluentValidation;

namespace Rcu.Ingestion.Connectors.Sftp;

/// <summary>Which files of which SFTP server are taken. The secret is a private key without passphrase.</summary>
/// <param name="HostKey">The server's public key, <c>ssh-ed25519 AAAA…</c>: any other server is refused.</param>
/// <param name="Folder">Where files are dropped over there.</param>
/// <param name="Pattern">A file name with <c>*</c>.</param>
/// <param name="StableSeconds">How long a file must not grow before it is taken.</param>
public sealed record SftpSettings(string Host, string User, string HostKey, int Port = 22, string Folder = ".", string Pattern = "*", int StableSeconds = 5)
{
    /// <summary>Null when they cannot be read.</summary>
    public static SftpSettings? Read(JsonElement settings)
    {
        try
        {
            return settings.Deserialize<SftpSettings>(JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What is needed to reach an SFTP server, said in French. What becomes an argument of a program is plain.</summary>
public sealed class SftpSettingsValidator : AbstractValidator<SftpSettings>
{
    public SftpSettingsValidator()
    {
        RuleFor(s => s.Host).NotEmpty().Matches("^[A-Za-z0-9][A-Za-z0-9.-]*$").WithMessage("Le serveur se donne par son nom ou son adresse IPv4.");
        RuleFor(s => s.User).NotEmpty().Matches("^[A-Za-z0-9_][A-Za-z0-9_.-]*$").WithMessage("Le nom d’utilisateur manque.");
        RuleFor(s => s.HostKey).NotEmpty().Matches("^(ssh-|ecdsa-)[a-z0-9-]+ [A-Za-z0-9+/=]+( .*)?$").WithMessage("La clé publique du serveur s’écrit « ssh-ed25519 AAAA… ».");
        RuleFor(s => s.Port).InclusiveBetween(1, 65535).WithMessage("Le port va de 1 à 65535.");
        RuleFor(s => s.Folder).NotEmpty().Must(IsPlain).WithMessage("Le dossier ne contient ni guillemet ni caractère de contrôle.");
        RuleFor(s => s.Pattern).NotEmpty().Must(p => IsPlain(p) && !p.Contains('/', StringComparison.Ordinal)).WithMessage("Le filtre est un nom de fichier, avec « * ».");
        RuleFor(s => s.StableSeconds).InclusiveBetween(0, 600).WithMessage("L’attente est de 0 à 600 secondes.");
    }

    /// <summary>Whether a name can stand between quotes in a batch of <c>sftp</c>.</summary>
    internal static bool IsPlain(string? name) => name is not null && !name.Any(c => char.IsControl(c) || c is '"' or '\\' or '\'' or '?' or '[' or ']');
}
