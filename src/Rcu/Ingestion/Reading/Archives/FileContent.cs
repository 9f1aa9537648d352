using System.IO.Compression;

namespace Rcu.Ingestion.Reading.Archives;

/// <summary>The bytes to read: those of a stored file, or of the one file that an archive holds.</summary>
/// <param name="Entry">Its name in the archive. Null: the stored file is read as it is.</param>
internal sealed record FileContent(string Path, string? Entry = null)
{
    /// <summary>A stream to seek in. That of an archive is a copy, gone when it is closed.</summary>
    public async Task<FileStream> OpenAsync(CancellationToken ct)
    {
        var file = new FileStream(
            Path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        if (Entry is null)
        {
            return file;
        }

        await using (file)
        {
            var copy = new FileStream(
                System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"rcu-{Guid.NewGuid():N}"),
                FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
            try
            {
                await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, null, ct);
                var part = archive.GetEntry(Entry) ?? throw new InvalidDataException($"{Entry} is no longer in its archive.");
                if (await ZipGuard.InflateAsync(part, copy, ct) is { } refusal)
                {
                    throw new InvalidDataException(refusal.Message);
                }

                await copy.FlushAsync(ct);
                copy.Position = 0;
                return copy;
            }
            catch
            {
                await copy.DisposeAsync();
                throw;
            }
        }
    }
}
