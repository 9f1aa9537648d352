using System.Net;
using System.Text.Json;
using FluentValidation;
using Npgsql;
using Rcu.Ingestion.Pulling;
using Rcu.Security.Outbound;

namespace Rcu.Ingestion.Connectors.Postgres;

/// <summary>
/// Reads a table or a query of a PostgreSQL, in transactions that may only read, in the order of a watermark then of the keys: rows
/// that share an instant stay apart at the edge of a page. Nothing of our clock counts. A private address is called only when the
/// settings of the hub name it.
/// </summary>
public sealed class PostgresConnector(OutboundRules rules, IValidator<PostgresSourceSettings> validator) : ISourceConnector
{
    public string Kind => "postgres";

    public Type Settings => typeof(PostgresSourceSettings);

    public Error? Refusal(JsonElement settings, bool hasSecret) =>
        PostgresSourceSettings.Read(settings) is not { } read ? SourceErrors.BadSettings("l’adresse, la base, l’utilisateur et les colonnes clés sont nécessaires.")
        : validator.Validate(read) is { IsValid: false } wrong ? SourceErrors.BadSettings(wrong.Errors[0].ErrorMessage)
        : IPAddress.TryParse(read.Host, out var address) && !rules.Allows(address) ? SourceErrors.BadSettings(SourceAddress.NotPublic(address))
        : null;

    public bool GivesWhole(JsonElement settings) => PostgresSourceSettings.Read(settings) is { Watermark: null or "" };

    public async Task<Result<string>> TestAsync(SourceAccess access, CancellationToken ct)
    {
        if (Refusal(access.Settings, access.Secret is not null) is { } refusal)
        {
            return refusal;
        }

        var settings = PostgresSourceSettings.Read(access.Settings)!;
        var (address, closed) = await SourceAddress.FindAsync(settings.Host, rules, ct);
        if (address is null)
        {
            return SourceErrors.NotReady(closed is PullAnswer.Refused refused ? refused.Why : ((PullAnswer.RetryAfter)closed!).Why);
        }

        try
        {
            await using var reading = await PostgresReading.OpenAsync(settings, address, access.Secret, ct);
            return reading.Lack(access.Feeds) is { } lack ? SourceErrors.NotReady(lack) : await reading.TellAsync(ct);
        }
        catch (NpgsqlException failed)
        {
            return SourceErrors.NotReady(Why(failed));
        }
    }

    public async Task<PullAnswer> ReadAsync(SourceAccess access, string? cursor, CancellationToken ct)
    {
        if (Refusal(access.Settings, access.Secret is not null) is { } refusal)
        {
            return new PullAnswer.Refused($"{refusal.Values[0]}");
        }

        var settings = PostgresSourceSettings.Read(access.Settings)!;
        var (address, closed) = await SourceAddress.FindAsync(settings.Host, rules, ct);
        if (address is null)
        {
            return closed!;
        }

        try
        {
            await using var reading = await PostgresReading.OpenAsync(settings, address, access.Secret, ct);
            return reading.Lack(access.Feeds) is { } lack ? new PullAnswer.Refused(lack) : await reading.PageAsync(cursor, ct);
        }
        catch (PostgresException refused) when (refused.SqlState.StartsWith("28", StringComparison.Ordinal))
        {
            return new PullAnswer.CredentialsRefused(Why(refused));
        }
        catch (PostgresException wrong) when (wrong.SqlState.StartsWith("42", StringComparison.Ordinal) || wrong.SqlState is "3D000" or "25006" or "22P02")
        {
            return new PullAnswer.Refused(Why(wrong));
        }
        catch (NpgsqlException away)
        {
            return new PullAnswer.RetryAfter(Why(away));
        }
    }

    private static string Why(NpgsqlException failure) => failure switch
    {
        PostgresException { SqlState: "42501" } => "l’utilisateur n’a pas le droit de lire cette table.",
        PostgresException { SqlState: "42P01" } => "cette table n’existe pas.",
        PostgresException { SqlState: "42703" } wrong => $"une colonne demandée n’existe pas ({wrong.MessageText}).",
        PostgresException { SqlState: "3D000" } => "cette base n’existe pas.",
        PostgresException { SqlState: "25006" } => "la requête veut écrire : seules les lectures sont permises.",
        PostgresException { SqlState: "57014" } => "la requête dure plus de deux minutes : un index manque sans doute sur la colonne repère.",
        PostgresException wrong when wrong.SqlState.StartsWith("28", StringComparison.Ordinal) => "le serveur refuse l’utilisateur ou le mot de passe.",
        PostgresException wrong => $"le serveur refuse : {wrong.MessageText} ({wrong.SqlState}).",
        _ => $"le serveur ne répond pas ({failure.GetBaseException().Message}).",
    };
}
