using Rcu.Cleaning;
using Rcu.Customers;

namespace Rcu.Tests.Cleaning;

/// <summary>Says in one line what a record becomes: the tests of the rules are tables of these.</summary>
internal static class CleaningTest
{
    public static CleanedRecord Clean(RecordKind kind, params (string Field, string? Value)[] raw) =>
        RecordCleaner.Clean(kind, raw.ToDictionary(r => r.Field, r => r.Value));

    public static string? Field(this CleanedRecord record, string field) => record.Fields.GetValueOrDefault(field);

    public static string? Codes(this CleanedRecord record) =>
        record.Issues.Count == 0 ? null : string.Join(',', record.Issues.Select(issue => issue.Code));
}
