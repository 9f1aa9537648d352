using Npgsql;

namespace Rcu.Web.Tests.Support;

/// <summary>Everything a hub says of its accounts and contacts, as lines that two moments can be compared by.</summary>
internal static class HubPicture
{
    // What people wrote is read under the golden row that answers for it today.
    private const string Golden = "coalesce((select r.survivor_id from redirects r where r.retired_id = x.account_id and r.kind = 'Account'), x.account_id)";

    /// <summary>Every golden row, fact and typed word, without the moments they were written at.</summary>
    public static async Task<List<string>> ReadAsync(NpgsqlDataSource database)
    {
        await using var read = database.CreateCommand(
            $"""
            select line from (
              select (to_jsonb(a) - array['created_at', 'updated_at', 'version'])::text as line from accounts a
              union all select (to_jsonb(c) - array['created_at', 'updated_at', 'version'])::text from contacts c
              union all select to_jsonb(e)::text from establishments e union all select to_jsonb(r)::text from roles r
              union all select to_jsonb(c)::text from consents c union all select to_jsonb(i)::text from interactions i
              union all select to_jsonb(d)::text from documents d union all select to_jsonb(l)::text from document_lines l
              union all select to_jsonb(o)::text from opportunities o union all select to_jsonb(r)::text from relations r
              union all select to_jsonb(c)::text from capital_links c
              union all select concat_ws(' ', 'task', x.id, {Golden}, x.title, x.done_at is null) from account_tasks x
              union all select concat_ws(' ', 'tag', {Golden}, x.tag) from account_tags x
              union all select concat_ws(' ', 'follow', x.follower, {Golden}) from account_follows x
              union all select concat_ws(' ', 'role', id, contact_id, account_id, dropped_at is null) from typed_roles
              union all select concat_ws(' ', 'stance', id, contact_id, account_id, dropped_at is null) from typed_stances
              union all select concat_ws(' ', 'relation', id, from_contact_id, to_contact_id, dropped_at is null) from typed_relations) rows
            order by line
            """);
        var lines = new List<string>();
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            lines.Add(rows.GetString(0));
        }

        return lines;
    }
}
