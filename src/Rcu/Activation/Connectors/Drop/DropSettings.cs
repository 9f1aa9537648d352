using System.Text.Json.Serialization;
using FluentValidation;
using Rcu.Ingestion.Connectors.Sftp;

namespace Rcu.Activation.Connectors.Drop;

/// <summary>Where files are dropped, and how they are written.</summary>
/// <param name="Folder">On the hub's machine, under the folder its files are made in; over there when a server is named.</param>
/// <param name="Name">How the names of files begin.</param>
/// <param name="Host">An SFTP server; none for a folder of the hub. The secret is then a private key without passphrase.</param>
/// <param name="HostKey">The server's public key, <c>ssh-ed25519 AAAA…</c>: any other server is refused.</param>
public sealed record DropSettings(
    string Folder, DropFormat Format = DropFormat.Csv, string Name = "rcu", string? Host = null, string? User = null, string? HostKey = null, int Port = 22)
{
    /// <summary>How the server is reached; null when the files stay on the hub's machine.</summary>
    internal SftpSettings? Server => string.IsNullOrWhiteSpace(Host) ? null : new SftpSettings(Host, User ?? "", HostKey ?? "", Port, Folder);
}

[JsonConverter(typeof(JsonStringEnumConverter<DropFormat>))]
public enum DropFormat
{
    Csv,
    Xlsx,
}

/// <summary>What is needed to drop files, said in French.</summary>
public sealed class DropSettingsValidator : AbstractValidator<DropSettings>
{
    public DropSettingsValidator()
    {
        RuleFor(s => s.Name).Matches("^[A-Za-z0-9][A-Za-z0-9_-]{0,60}$").WithMessage("Le début des noms de fichiers s’écrit en lettres, chiffres et tirets.");
        RuleFor(s => s.Folder).NotEmpty().WithMessage("Le dossier manque.");
        RuleFor(s => s.Folder).Matches(@"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+){0,8}$").When(s => s.Server is null)
            .WithMessage("Le dossier se donne par des noms simples, par exemple « routage/clients » : il est fait là où le référentiel garde ses fichiers.");
        RuleFor(s => s.Server!).SetValidator(new SftpSettingsValidator()).When(s => s.Server is not null);
    }
}
