namespace Rcu.Activation.Connectors.Salesforce;

/// <summary>Which Salesforce organisation is fed. The secret is that of a connected app (client credentials).</summary>
/// <param name="LoginUrl">The organisation's own address, <c>https://….my.salesforce.com</c>.</param>
/// <param name="ClientId">The connected app's consumer key.</param>
/// <param name="SegmentField">The checkbox that says who is in the segment; list views and reports are made over it.</param>
/// <param name="ExternalIdField">The field, external id and unique, that keeps the identifier of the hub on contacts and accounts.</param>
public sealed record SalesforceSettings(
    string LoginUrl, string ClientId, string SegmentField = "RcuSegment__c", string ExternalIdField = "RcuId__c", string Version = "62.0");
