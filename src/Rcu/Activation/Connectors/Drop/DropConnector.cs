using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FluentValidation;
using Rcu.Activation.Connectors.Calls;
using Rcu.Activation.Connectors.Csv;
using Rcu.Ingestion.Connectors.Sftp;
using Rcu.Ingestion.Pulling;
using Rcu.Security.Outbound;
using Rcu.Segmentation;

namespace Rcu.Activation.Connectors.Drop;

/// <summary>
/// Drops files of what changed into a folder or on an SFTP server, for tools that fetch them. Each batch is a file of its own, that appears whole;
/// a batch that is sent again has the same name, so that nobody finds it twice.
/// </summary>
public sealed class DropConnector(ExportFolder folder, OutboundRules rules, IValidator<DropSettings> validator) : IDestinationConnector
{
    private const string Sheet = "Profils";

    public string Kind => "drop";

    public Type Settings => typeof(DropSettings);

    public int BatchSize => 10_000;

    public Error? Refusal(JsonElement settings) => Wrong(settings) is { } why ? ActivationErrors.BadSettings(why) : null;

    public async Task<Result<string>> TestAsync(JsonElement settings, string? secret, CancellationToken ct)
    {
        if (Refusal(settings) is { } refusal)
        {
            return refusal;
        }

        var read = SettingsReader.Read<DropSettings>(settings)!;
        if (read.Server is not { } server)
        {
            Directory.CreateDirectory(PathOf(read));
            return $"Les fichiers seront déposés dans {PathOf(read)}.";
        }

        if (string.IsNullOrWhiteSpace(secret))
        {
            return ActivationErrors.NoSecret;
        }

        var (session, closed) = await SftpSession.OpenAsync(server, secret, rules, ct);
        if (closed is not null)
        {
            return ActivationErrors.BadSettings(Why(closed));
        }

        var listed = await session!.RunAsync(["ls -ln"], ct);
        return listed.Failure switch
        {
            null => $"Le serveur répond : {listed.Files.Count} fichier(s) dans « {read.Folder} ».",
            PullAnswer.CredentialsRefused refused => ActivationErrors.CredentialsRefused(refused.Why),
            var other => ActivationErrors.Unreachable(Why(other)),
        };
    }

    public string Show(Change change) => SafeCsv.Line(ProfileColumns.Of(change));

    public async Task<IReadOnlyList<Outcome>> DeliverAsync(DeliveryBatch batch, CancellationToken ct)
    {
        if (Wrong(batch.Settings) is { } wrong)
        {
            return All(batch, new Outcome.Closed(wrong));
        }

        var settings = SettingsReader.Read<DropSettings>(batch.Settings)!;
        var name = $"{settings.Name}-{batch.RunId:n}-{Mark(batch)}.{(settings.Format is DropFormat.Xlsx ? "xlsx" : "csv")}";
        var made = Path.Combine(settings.Server is null ? PathOf(settings) : Path.Combine(folder.Path, "envois"), name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(made)!);
            await WriteAsync(made + ".part", settings.Format, batch.Changes, ct);
            if (settings.Server is not { } server)
            {
                File.Move(made + ".part", made, overwrite: true);
                return All(batch, new Outcome.Delivered(null, name));
            }

            var (session, closed) = await SftpSession.OpenAsync(server, batch.Secret ?? "", rules, ct);
            if (closed is not null)
            {
                return All(batch, Told(closed));
            }

            // What was sent before under this name is the same file: it goes, for a rename takes no other's place.
            var sent = await session!.RunAsync(
                [$"put \"{made}.part\" \"{name}.part\"", $"-rm \"{name}\"", $"rename \"{name}.part\" \"{name}\""], ct);
            File.Delete(made + ".part");
            return All(batch, sent.Failure is { } failure ? Told(failure) : new Outcome.Delivered(null, name));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return All(batch, new Outcome.RetryAfter("Le fichier ne peut pas être écrit.", Answer: failed.Message));
        }
    }

    private string PathOf(DropSettings settings) => Path.Combine(folder.Path, "depots", settings.Folder);

    private string? Wrong(JsonElement settings) => SettingsReader.Read<DropSettings>(settings) is not { Folder: not null } read
        ? "le dossier manque."
        : validator.Validate(read) is { IsValid: false } wrong ? wrong.Errors[0].ErrorMessage : null;

    private static Outcome Told(PullAnswer failure) => failure switch
    {
        PullAnswer.CredentialsRefused refused => new Outcome.CredentialsRefused(refused.Why),
        PullAnswer.Refused refused => new Outcome.Closed(refused.Why),
        var other => new Outcome.RetryAfter(Why(other)),
    };

    private static string Why(PullAnswer failure) => failure switch
    {
        PullAnswer.CredentialsRefused refused => refused.Why,
        PullAnswer.Refused refused => refused.Why,
        PullAnswer.RetryAfter retry => retry.Why,
        _ => throw new InvalidOperationException($"{failure}"),
    };

    // The same changes make the same name.
    private static string Mark(DeliveryBatch batch) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', batch.Changes.Select(change => change.Key)))))[..12];

    private static async Task WriteAsync(string path, DropFormat format, IReadOnlyList<Change> changes, CancellationToken ct)
    {
        await using var file = File.Create(path);
        if (format is DropFormat.Xlsx)
        {
            await using var sheet = await SheetWriter.OpenAsync(file, Sheet, ct);
            await sheet.RowAsync(ProfileColumns.All, isHead: true, ct);
            foreach (var change in changes)
            {
                await sheet.RowAsync(ProfileColumns.Of(change), isHead: false, ct);
            }

            return;
        }

        await using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)) { NewLine = "\r\n" };
        await text.WriteLineAsync(SafeCsv.Line(ProfileColumns.All).AsMemory(), ct);
        foreach (var change in changes)
        {
            await text.WriteLineAsync(SafeCsv.Line(ProfileColumns.Of(change)).AsMemory(), ct);
        }
    }

    private static Outcome[] All(DeliveryBatch batch, Outcome outcome) => [.. Enumerable.Repeat(outcome, batch.Changes.Count)];
}
