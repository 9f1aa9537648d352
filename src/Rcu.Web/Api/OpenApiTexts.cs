using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Rcu.Web.Api;

/// <summary>Says in the reader's language what each operation does, what a key must be allowed for it, and shows a body.</summary>
internal sealed class OpenApiTexts(IStringLocalizer<Texts> texts) : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        operation.Summary = texts[$"api.{operation.OperationId}"];
        if (metadata.OfType<ApiAccess.NeededScope>().FirstOrDefault() is { } needed)
        {
            operation.Description = texts["api.scope", needed.Scope];
        }

        if (metadata.OfType<OpenApiExamples.Body>().FirstOrDefault() is { } body && operation.RequestBody?.Content is { } contents)
        {
            foreach (var content in contents.Values)
            {
                content.Example = JsonNode.Parse(body.Json);
            }
        }

        if (context.ApiDescription.HttpMethod is "POST")
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Description = texts["api.idempotency"],
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
            });
        }
    }
}
