using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Rcu.Web.Api;

/// <summary>Lists the words a parameter may be, and says each refusal and the idempotency header once for all operations: the document stays small.</summary>
internal sealed class OpenApiShape : IParameterFilter, IDocumentFilter
{
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        var type = context.PropertyInfo?.PropertyType ?? context.ParameterInfo?.ParameterType;
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(Choice<>) && parameter is OpenApiParameter written)
        {
            written.Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [.. Enum.GetNames(type.GenericTypeArguments[0]).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))],
            };
        }
    }

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var refusals = (swaggerDoc.Components ??= new OpenApiComponents()).Responses ??= new Dictionary<string, IOpenApiResponse>();
        var headers = swaggerDoc.Components.Parameters ??= new Dictionary<string, IOpenApiParameter>();
        foreach (var operation in swaggerDoc.Paths.Values.SelectMany(path => path.Operations ?? []).Select(operation => operation.Value))
        {
            var parameters = operation.Parameters ?? [];
            for (var i = 0; i < parameters.Count; i++)
            {
                if (parameters[i].Name == Idempotency.Header)
                {
                    headers.TryAdd(Idempotency.Header, parameters[i]);
                    parameters[i] = new OpenApiParameterReference(Idempotency.Header, swaggerDoc);
                }
            }

            var responses = operation.Responses!;
            foreach (var status in responses.Keys.Where(key => key.StartsWith('4')).ToList())
            {
                refusals.TryAdd(status, responses[status]);
                responses[status] = new OpenApiResponseReference(status, swaggerDoc);
            }
        }
    }
}
