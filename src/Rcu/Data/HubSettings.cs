using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Rcu.Data;

/// <summary>Facts about the hub itself, one named value each.</summary>
public sealed class HubSettings(RcuDb db, TimeProvider clock)
{
    public async Task<T?> GetAsync<T>(string name, CancellationToken ct)
    {
        var value = await db.Database
            .SqlQuery<string>($"""select value::text as "Value" from hub_settings where name = {name}""").SingleOrDefaultAsync(ct);
        return value is null ? default : JsonSerializer.Deserialize<T>(value, JsonSerializerOptions.Web);
    }

    public async Task<bool> HasAsync(string name, CancellationToken ct) =>
        await db.Database.SqlQuery<int>($"""select 1 as "Value" from hub_settings where name = {name}""").AnyAsync(ct);

    public async Task SetAsync<T>(string name, T value, CancellationToken ct)
    {
        var json = JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into hub_settings (name, value, updated_at) values ({name}, {json}::jsonb, {clock.GetUtcNow()})
            on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at
            """,
            ct);
    }

    public async Task RemoveAsync(string name, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync($"delete from hub_settings where name = {name}", ct);
}
