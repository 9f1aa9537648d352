using System.Text.Json;
using FluentValidation;

namespace Rcu.Ingestion.Connectors.Postgres;

/// <summary>Which rows of which PostgreSQL are read.</summary>
/// <param name="Table"><c>schema.table</c>; null when <paramref name="Query"/> is given.</param>
/// <param name="Query">One <c>select</c>.</param>
/// <param name="Watermark">A column that only grows when a row is written; null to read the whole each time.</param>
/// <param name="Keys">The columns that tell rows apart.</param>
/// <param name="OverlapMinutes">How far back each reading begins again, for rows that were committed late.</param>
/// <param name="Tls">Whether the connection must be encrypted.</param>
public sealed record PostgresSourceSettings(
    string Host, string Database, string User, IReadOnlyList<string> Keys, string? Table = null, string? Query = null, string? Watermark = null, int Port = 5432,
    int OverlapMinutes = 5, bool Tls = true)
{
    /// <summary>Null when they cannot be read.</summary>
    public static PostgresSourceSettings? Read(JsonElement settings)
    {
        try
        {
            return settings.Deserialize<PostgresSourceSettings>(JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What is needed to read a PostgreSQL, said in French.</summary>
public sealed class PostgresSourceSettingsValidator : AbstractValidator<PostgresSourceSettings>
{
    public PostgresSourceSettingsValidator()
    {
        RuleFor(s => s.Host).NotEmpty().WithMessage("L’adresse du serveur manque.");
        RuleFor(s => s.Database).NotEmpty().WithMessage("Le nom de la base manque.");
        RuleFor(s => s.User).NotEmpty().WithMessage("Le nom d’utilisateur manque.");
        RuleFor(s => s.Port).InclusiveBetween(1, 65535).WithMessage("Le port va de 1 à 65535.");
        RuleFor(s => s.Keys).NotEmpty().WithMessage("Les colonnes qui distinguent les lignes manquent.");
        RuleFor(s => s.Table).Must((s, table) => string.IsNullOrWhiteSpace(table) != string.IsNullOrWhiteSpace(s.Query))
            .WithMessage("Donnez une table ou une requête, l’une des deux.");
        RuleFor(s => s.OverlapMinutes).InclusiveBetween(0, 7 * 24 * 60).WithMessage("La reprise va de 0 à 7 jours.");
    }
}
