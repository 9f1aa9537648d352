using System.Security.Cryptography;

namespace Rcu.Ingestion;

/// <summary>Keeps the bytes of uploads on disk: streamed, counted and fingerprinted as they come.</summary>
public sealed class UploadStore(UploadSettings settings)
{
    public string PathOf(string storedName) => Path.Combine(settings.Folder, storedName);

    /// <summary>Nothing is left on disk when the file is refused or the sender goes away.</summary>
    public async Task<Result<StoredFile>> KeepAsync(Stream content, CancellationToken ct)
    {
        Directory.CreateDirectory(settings.Folder);
        var name = RandomNumberGenerator.GetHexString(40, lowercase: true);
        var kept = false;
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[128 * 1024];
            var length = 0L;
            await using (var file = new FileStream(PathOf(name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
            {
                int read;
                while ((read = await content.ReadAsync(buffer, ct)) > 0)
                {
                    length += read;
                    if (length > settings.MostBytes)
                    {
                        return IngestionErrors.TooLarge(settings.MostBytes);
                    }

                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), ct);
                }

                file.Flush(flushToDisk: true); // once a file is accepted, a power cut must not lose it
            }

            kept = true;
            return new StoredFile(name, length, hash.GetHashAndReset());
        }
        finally
        {
            if (!kept)
            {
                Forget(name);
            }
        }
    }

    public bool Holds(string storedName) => File.Exists(PathOf(storedName));

    public void Forget(string storedName) => File.Delete(PathOf(storedName));
}

/// <summary>A file that is on disk.</summary>
public sealed record StoredFile(string Name, long Bytes, byte[] Sha256);
