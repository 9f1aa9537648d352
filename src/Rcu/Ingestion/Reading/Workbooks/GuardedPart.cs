using System.IO.Compression;
using Rcu.Ingestion.Reading.Archives;

namespace Rcu.Ingestion.Reading.Workbooks;

/// <summary>
/// A part of a workbook while it is looked at: it ends badly when it grows beyond what its directory says, or when one
/// of its texts goes on without end.
/// </summary>
internal sealed class GuardedPart(Stream inner, ZipArchiveEntry part) : Stream
{
    public const string Endless = "endless";

    // A cell holds 32,767 characters at most.
    private const int LongestText = 1_000_000;

    private readonly Checksum _sum = new();
    private long _length;
    private long _sinceTag;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _length += read;
        _sum.Add(buffer[..read]);
        var tag = buffer[..read].LastIndexOf((byte)'<');
        _sinceTag = tag < 0 ? _sinceTag + read : read - tag;
        return _length > part.Length || _sinceTag > LongestText ? throw new InvalidDataException(Endless) : read;
    }

    /// <summary>Reads what is left. A part that is not what its archive says of it ends here.</summary>
    public void ReadToEnd()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (Read(rest) > 0)
        {
        }

        if (_length != part.Length || _sum.Value != part.Crc32)
        {
            throw new InvalidDataException(part.FullName);
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
