using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Rcu.Ingestion.Drafts;

namespace Rcu.Web.Pages.Imports;

/// <summary>A form read part by part: the small fields that come first, then the file, never in memory.</summary>
internal sealed class StreamedForm
{
    private const string PastedField = "pasted";
    private const int LongestField = 4096;
    private const int MostParts = 10;

    private StreamedForm()
    {
    }

    public Dictionary<string, string> Fields { get; } = [];

    /// <summary>What was pasted in the place of a file; null when nothing could be.</summary>
    public string? Pasted { get; private set; }

    public string? FileName { get; private set; }

    /// <summary>The file as it comes; null when none was chosen. It must be read before the request ends.</summary>
    public Stream? File { get; private set; }

    public static async Task<StreamedForm> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var form = new StreamedForm();
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            return form;
        }

        var parts = new MultipartReader(boundary, request.Body);
        for (var count = 0; count < MostParts && form.File is null && await parts.ReadNextSectionAsync(ct) is { } part; count++)
        {
            if (part.AsFileSection() is { FileName.Length: > 0, FileStream: { } content } file)
            {
                (form.FileName, form.File) = (file.FileName, content);
            }
            else if (part.AsFormDataSection() is { } field)
            {
                using var text = new StreamReader(field.Section.Body);
                if (field.Name == PastedField)
                {
                    form.Pasted = await UpToAsync(text, PastedTable.MostCharacters + 1, ct);
                    continue;
                }

                var buffer = new char[LongestField];
                var length = await text.ReadBlockAsync(buffer.AsMemory(), ct);
                form.Fields[field.Name] = new string(buffer, 0, length);
            }
        }

        return form;
    }

    private static async Task<string> UpToAsync(StreamReader text, int most, CancellationToken ct)
    {
        var (read, buffer) = (new StringBuilder(), new char[16 * 1024]);
        while (read.Length < most && await text.ReadBlockAsync(buffer.AsMemory(0, Math.Min(buffer.Length, most - read.Length)), ct) is > 0 and var length)
        {
            read.Append(buffer, 0, length);
        }

        return read.ToString();
    }
}
