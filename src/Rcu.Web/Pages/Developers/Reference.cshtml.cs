using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.OpenApi;
using Rcu.Web.Api;
using Swashbuckle.AspNetCore.Swagger;

namespace Rcu.Web.Pages.Developers;

/// <summary>Every call of the API, read from its own description: no script, nothing fetched from elsewhere.</summary>
internal sealed class ReferenceModel(IAsyncSwaggerProvider description) : PageModel
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyList<IGrouping<string, Call>> Groups { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var document = await description.GetSwaggerAsync(ApiDoor.Version);
        Groups = [.. document.Paths.SelectMany(path => (path.Value.Operations ?? []).Select(o => Of(path.Key, o.Key, o.Value))).GroupBy(call => call.Tag)];
    }

    private static Call Of(string path, HttpMethod verb, OpenApiOperation operation) => new(
        operation.Tags?.FirstOrDefault()?.Name ?? "",
        operation.OperationId ?? "",
        verb.Method,
        path,
        operation.Summary ?? "",
        operation.Description ?? "",
        [.. (operation.Parameters ?? []).Select(p => new Parameter(p.Name ?? "", $"{p.In}".ToLowerInvariant(), TypeOf(p.Schema)))],
        operation.RequestBody?.Content?.Values.Select(content => content.Example).FirstOrDefault(example => example is not null)?.ToJsonString(Indented),
        [.. (operation.Responses ?? []).Keys]);

    private static string TypeOf(IOpenApiSchema? schema) => schema is OpenApiSchemaReference { Reference.Id: { } name }
        ? name
        : $"{schema?.Type}".Replace(", Null", "", StringComparison.Ordinal).Replace("Null, ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>One operation.</summary>
    internal sealed record Call(
        string Tag, string Id, string Verb, string Path, string Summary, string Scope, IReadOnlyList<Parameter> Parameters, string? Example,
        IReadOnlyList<string> Answers);

    /// <summary>One parameter of an operation.</summary>
    internal sealed record Parameter(string Name, string Where, string Type);
}
