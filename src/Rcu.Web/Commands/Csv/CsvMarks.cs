using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rcu.Web.Commands.Csv;

/// <summary>Finds separators and line ends many bytes at once: cells are short, a search for each would cost more.</summary>
internal static class CsvMarks
{
    /// <summary>How many bytes are looked at together.</summary>
    public const int Window = 64;

    /// <summary>A bit for each separator and line end among the bytes of a window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ReadOnlySpan<byte> window, byte separator) =>
        Half(Vector256.Create(window[..32]), separator) | ((ulong)Half(Vector256.Create(window[32..Window]), separator) << 32);

    private static uint Half(Vector256<byte> bytes, byte separator) =>
        (Vector256.Equals(bytes, Vector256.Create(separator)) | Vector256.Equals(bytes, Vector256.Create((byte)'\n'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\r'))).ExtractMostSignificantBits();
}
