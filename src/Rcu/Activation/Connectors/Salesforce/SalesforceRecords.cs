using System.Text.RegularExpressions;
using Rcu.Activation.Connectors.Calls;

namespace Rcu.Activation.Connectors.Salesforce;

/// <summary>The contacts, or the accounts, of one batch, upserted by external id two hundred at a time; each row has its own answer.</summary>
internal sealed partial class SalesforceRecords(SalesforceApi api, Rows rows, bool accounts)
{
    private const int Most = 200;

    private readonly string _type = accounts ? "Account" : "Contact";

    public static FieldMap Contacts { get; } = new(
        ("email", "Email"), ("given_name", "FirstName"), ("family_name", "LastName"), ("civility", "Salutation"), ("job_title", "Title"), ("phone", "Phone"),
        ("mobile", "MobilePhone"), ("account.postal_code", "MailingPostalCode"), ("account.city", "MailingCity"));

    public static FieldMap Accounts { get; } = new(
        ("name", "Name"), ("website", "Website"), ("phone", "Phone"), ("street", "BillingStreet"), ("postal_code", "BillingPostalCode"), ("city", "BillingCity"),
        ("headcount", "NumberOfEmployees"));

    /// <summary>What Salesforce demands of every record goes each time: it may have been deleted there.</summary>
    public static Dictionary<string, object?> Fields(Change change, SalesforceSettings settings)
    {
        var fields = change.IsRemoval ? [] : (change.IsAccount ? Accounts : Contacts).Changed(change);
        if (!change.IsRemoval)
        {
            var (required, value) = change.IsAccount
                ? ("Name", FieldMap.Text(change.Payload, "name"))
                : ("LastName", FieldMap.Text(change.Payload, "family_name") ?? FieldMap.Text(change.Payload, "name"));
            fields[required] = value;
        }

        (fields[settings.ExternalIdField], fields[settings.SegmentField]) = ($"{change.ProfileId}", !change.IsRemoval);
        return fields;
    }

    public static Dictionary<string, object?> Body(Change change, SalesforceSettings settings)
    {
        var body = Fields(change, settings);
        body["attributes"] = new { type = change.IsAccount ? "Account" : "Contact" };
        return body;
    }

    public async Task DeliverAsync(IReadOnlyList<Row> open, CancellationToken ct)
    {
        foreach (var chunk in open.Chunk(Most).TakeWhile(_ => rows.GoOn))
        {
            var orphans = await UpsertAsync(chunk, withAccount: !accounts, ct);
            if (orphans.Count > 0 && rows.GoOn)
            {
                // Their company is not fed to this organisation: they go without it.
                await UpsertAsync([.. orphans], withAccount: false, ct);
            }
        }
    }

    private async Task<IReadOnlyList<Row>> UpsertAsync(Row[] chunk, bool withAccount, CancellationToken ct)
    {
        var answer = await api.PatchAsync(
            $"composite/sobjects/{_type}/{api.Settings.ExternalIdField}",
            new { allOrNone = false, records = chunk.Select(row => Record(row.Change, withAccount)) },
            ct);
        if (MissingField().Match(answer.Text) is { Success: true } missing)
        {
            rows.Stop(new Outcome.Closed(SalesforceApi.Lacks(missing.Groups[1].Value, _type), answer.Text));
        }

        if (!rows.GoOn || rows.StopsOn(answer))
        {
            return [];
        }

        if (answer.Failure is not null)
        {
            rows.Say(chunk, answer.Failure);
            return [];
        }

        var orphans = new List<Row>();
        foreach (var (row, said) in chunk.Zip(answer.Body.EnumerateArray()))
        {
            if (ToolAnswer.TextAt(said, "success") is "true")
            {
                rows.Done(row, ToolAnswer.TextAt(said, "id"), said.GetRawText());
            }
            else if (withAccount && said.GetRawText().Contains("Foreign key external ID", StringComparison.Ordinal))
            {
                orphans.Add(row);
            }
            else
            {
                rows.Say(row, Refused(row, said.GetRawText(), ToolAnswer.TextAt(said.GetProperty("errors")[0], "message")));
            }
        }

        return orphans;
    }

    /// <summary>One that was to go and was never there is gone.</summary>
    public static Outcome Refused(Row row, string answer, string? why) =>
        row.Change.IsRemoval && answer.Contains("REQUIRED_FIELD_MISSING", StringComparison.Ordinal) ? new Outcome.Delivered(null, "Absent de Salesforce.")
        : new Outcome.Rejected($"Salesforce refuse cette fiche : {why}", answer);

    private Dictionary<string, object?> Record(Change change, bool withAccount)
    {
        var body = Body(change, api.Settings);
        if (withAccount && !change.IsRemoval && FieldMap.Text(change.Payload, "account.id") is { } account
            && (change.Held is not { } held || FieldMap.Text(held, "account.id") != account))
        {
            body["Account"] = new Dictionary<string, object> { [api.Settings.ExternalIdField] = account };
        }

        return body;
    }

    [GeneratedRegex("No such column '([^']+)'")]
    private static partial Regex MissingField();
}
