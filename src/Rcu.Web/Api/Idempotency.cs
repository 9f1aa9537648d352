using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace Rcu.Web.Api;

/// <summary>
/// A request that is sent again under the same <c>Idempotency-Key</c> gets the first answer again, for a day. The answer is
/// kept just after the act: should the process die between the two, the key frees itself and the act, which every POST of
/// the hub makes repeatable by a key of its own, is done again.
/// </summary>
internal sealed class Idempotency(NpgsqlDataSource database, TimeProvider clock, IStringLocalizer<Texts> texts) : IEndpointFilter
{
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 255;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan Lost = TimeSpan.FromMinutes(5);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.TryGetValue(Header, out var given))
        {
            return await next(context);
        }

        var key = given.ToString();
        if (key.Length is 0 or > LongestKey || key.Any(char.IsControl))
        {
            return ApiProblem.Of(texts, StatusCodes.Status400BadRequest, "idempotency.malformed");
        }

        var client = Guid.Parse(http.User.FindFirstValue(ClaimTypes.NameIdentifier)!);
        var hash = await HashAsync(http.Request, http.RequestAborted);
        if (!await BeginAsync(client, key, hash, http.RequestAborted))
        {
            return await RepeatAsync(http, client, key, hash);
        }

        var done = false;
        try
        {
            var result = await next(context);
            await AnswerAsync(http, (IResult)result!, client, key);
            done = true;
            return Results.Empty;
        }
        finally
        {
            if (!done)
            {
                await ForgetAsync(client, key);
            }
        }
    }

    // What a file holds is told by its length: it is too large to be read twice.
    private static async Task<byte[]> HashAsync(HttpRequest request, CancellationToken ct)
    {
        var what = Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString} {request.ContentLength}\n");
        if (!request.HasJsonContentType())
        {
            return SHA256.HashData(what);
        }

        request.EnableBuffering(ApiBody.MostBytes);
        var body = await ApiBody.ReadBytesAsync(request, ct) ?? [];
        request.Body.Position = 0;
        return SHA256.HashData([.. what, .. body]);
    }

    private async Task<bool> BeginAsync(Guid client, string key, byte[] hash, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var begin = database.CreateCommand(
            """
            with old as (
              delete from idempotent_answers where started_at < $4 and (api_key_id, idempotency_key) <> ($1, $2))
            insert into idempotent_answers (api_key_id, idempotency_key, request_hash, started_at) values ($1, $2, $3, $5)
            on conflict (api_key_id, idempotency_key) do update
            set request_hash = excluded.request_hash, started_at = excluded.started_at, status = null, content_type = null, location = null, body = null
            where idempotent_answers.started_at < $4 or (idempotent_answers.status is null and idempotent_answers.started_at < $6)
            """);
        foreach (var value in new object[] { client, key, hash, now - Kept, now, now - Lost })
        {
            begin.Parameters.Add(new() { Value = value });
        }

        return await begin.ExecuteNonQueryAsync(ct) > 0;
    }

    private async Task<IResult> RepeatAsync(HttpContext http, Guid client, string key, byte[] hash)
    {
        await using var find = Command("select request_hash, status, content_type, location, body from idempotent_answers where api_key_id = $1 and idempotency_key = $2", client, key);
        await using var row = await find.ExecuteReaderAsync(http.RequestAborted);
        if (!await row.ReadAsync(http.RequestAborted) || (await row.IsDBNullAsync(1) && row.GetFieldValue<byte[]>(0).SequenceEqual(hash)))
        {
            return ApiProblem.Of(texts, StatusCodes.Status409Conflict, "idempotency.in_progress");
        }

        if (!row.GetFieldValue<byte[]>(0).SequenceEqual(hash))
        {
            return ApiProblem.Of(texts, StatusCodes.Status422UnprocessableEntity, "idempotency.mismatch");
        }

        http.Response.StatusCode = row.GetInt32(1);
        http.Response.ContentType = await row.IsDBNullAsync(2) ? null : row.GetString(2);
        http.Response.Headers["Idempotent-Replayed"] = "true";
        if (!await row.IsDBNullAsync(3))
        {
            http.Response.Headers.Location = row.GetString(3);
        }

        await http.Response.Body.WriteAsync(row.GetFieldValue<byte[]>(4), http.RequestAborted);
        return Results.Empty;
    }

    private async Task AnswerAsync(HttpContext http, IResult result, Guid client, string key)
    {
        var (response, wire) = (http.Response, http.Response.Body);
        using var body = new MemoryStream();
        response.Body = body;
        try
        {
            await result.ExecuteAsync(http);
        }
        finally
        {
            response.Body = wire;
        }

        await using var keep = Command(
            "update idempotent_answers set status = $3, content_type = $4, location = $5, body = $6 where api_key_id = $1 and idempotency_key = $2", client, key);
        keep.Parameters.Add(new() { Value = response.StatusCode });
        keep.Parameters.Add(new() { Value = (object?)response.ContentType ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        keep.Parameters.Add(new() { Value = (object?)response.Headers.Location.FirstOrDefault() ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        keep.Parameters.Add(new() { Value = body.ToArray() });
        await keep.ExecuteNonQueryAsync(CancellationToken.None);
        body.Position = 0;
        await body.CopyToAsync(wire, http.RequestAborted);
    }

    private async Task ForgetAsync(Guid client, string key)
    {
        await using var forget = Command("delete from idempotent_answers where api_key_id = $1 and idempotency_key = $2 and status is null", client, key);
        await forget.ExecuteNonQueryAsync(CancellationToken.None);
    }

#pragma warning disable CA2100 // constant texts of this class
    private NpgsqlCommand Command(string sql, Guid client, string key)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = client });
        command.Parameters.Add(new() { Value = key });
        return command;
    }
#pragma warning restore CA2100
}
