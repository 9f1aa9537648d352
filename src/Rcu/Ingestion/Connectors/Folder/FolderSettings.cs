using System.Text.Json;
using FluentValidation;

namespace Rcu.Ingestion.Connectors.Folder;

/// <summary>Which files of which drop folder are taken.</summary>
/// <param name="Folder">Below the hub's own root for drops.</param>
/// <param name="Pattern">A file name with <c>*</c>.</param>
/// <param name="StableSeconds">How long a file must not grow before it is taken.</param>
public sealed record FolderSettings(string Folder, string Pattern = "*", int StableSeconds = 5)
{
    /// <summary>Null when they cannot be read.</summary>
    public static FolderSettings? Read(JsonElement settings)
    {
        try
        {
            return settings.Deserialize<FolderSettings>(JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A drop folder lies below the root, and nowhere else.</summary>
public sealed class FolderSettingsValidator : AbstractValidator<FolderSettings>
{
    public FolderSettingsValidator()
    {
        RuleFor(s => s.Folder).NotEmpty().Matches("^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$").WithMessage("Le dossier se nomme en lettres, chiffres, tirets et « / ».");
        RuleFor(s => s.Pattern).NotEmpty().Must(p => p is null || !p.Contains('/')).WithMessage("Le filtre est un nom de fichier, avec « * ».");
        RuleFor(s => s.StableSeconds).InclusiveBetween(0, 600).WithMessage("L’attente est de 0 à 600 secondes.");
    }
}
