using Rcu.Activation;
using Rcu.Customers;
using Rcu.Data;
using Rcu.Segmentation;

namespace Rcu.Web.Tests.Segmentation;

/// <summary>What few rules look at, of the small base with holes: in the tables, and as memory holds it.</summary>
internal static class HoledExtras
{
    public static readonly Guid Segment = new("01900000-0000-7000-8000-0000000000a1");
    public static readonly Guid Tool = new("01900000-0000-7000-8000-0000000000a2");

    public static SegmentExtras Fill(RcuDb db, List<Account> accounts, List<Contact> contacts, List<Document> documents)
    {
        Product[] catalogue = [new() { Code = "P1", Label = "Pompe", Range = "Fluides" }, new() { Code = "P2", Label = "Vanne" }];
        db.AddRange(catalogue);
        List<DocumentLine> lines = [.. documents.Where((_, i) => i % 2 == 0).Select((d, i) => new DocumentLine
        {
            AccountId = d.AccountId,
            DocumentId = d.Id,
            Id = Guid.CreateVersion7(),
            ProductId = i % 5 == 4 ? null : catalogue[i % 2].Id,
            Quantity = i % 3 == 0 ? null : i,
            Net = i * 12.5m,
            Source = "erp",
        })];
        List<Consent> consents = [.. contacts.Where((_, i) => i % 3 != 0).Select((c, i) => new Consent
        {
            ContactId = c.Id,
            Id = Guid.CreateVersion7(),
            Purpose = i % 2 == 0 ? "prospecting" : "newsletter",
            Channel = i % 4 == 0 ? "phone" : "email",
            State = (ConsentState)(i % 3),
            At = i % 5 == 0 ? null : HoledBase.Now.AddDays(-i * 17),
            Source = "crm",
            RecordId = Guid.CreateVersion7(),
        })];

        // A group of three, one of two, and a link that ended.
        CapitalLink Link(int parent, int child, DateOnly? ended = null) => new() { ParentId = accounts[parent].Id, ChildId = accounts[child].Id, EndedOn = ended, Source = "crm" };
        db.AddRange(Link(1, 2), Link(2, 3), Link(10, 11), Link(20, 21, new DateOnly(2020, 1, 1)));
        int[][] groups = [[1, 2, 3], [10, 11]];
        List<SegmentMember> members = [.. accounts.Where((_, i) => i % 3 == 1).Select(a => a.Id).Concat(contacts.Where((_, i) => i % 4 == 1).Select(c => c.Id))
            .Select(id => new SegmentMember { SegmentId = Segment, MemberId = id, EnteredAt = HoledBase.Now })];
        db.Add(new SegmentMember { SegmentId = Segment, MemberId = accounts[0].Id, EnteredAt = HoledBase.Now, ExitedAt = HoledBase.Now.AddDays(1) });
        List<DestinationProfile> held = [.. accounts.Where((_, i) => i % 4 == 2).Select(a => a.Id).Concat(contacts.Where((_, i) => i % 5 == 2).Select(c => c.Id))
            .Select(id => new DestinationProfile { DestinationId = Tool, ProfileId = id, ContentHash = [1], SentAt = HoledBase.Now })];
        db.AddRange(lines);
        db.AddRange(consents);
        db.AddRange(members);
        db.AddRange(held);
        return new SegmentExtras(
            consents,
            [.. from line in lines
                where line.ProductId is not null
                let document = documents.Single(d => d.Id == line.DocumentId)
                let product = catalogue.Single(p => p.Id == line.ProductId)
                select new BoughtProduct
                {
                    AccountId = line.AccountId,
                    Id = line.Id,
                    ContactId = document.ContactId,
                    Type = document.Type,
                    Date = document.Date,
                    Code = product.Code,
                    Label = product.Label,
                    Range = product.Range,
                    Quantity = line.Quantity,
                    Net = line.Net,
                }],
            [.. from tie in groups
                from one in tie
                from other in tie
                where one != other
                select new GroupMember { AccountId = accounts[one].Id, MemberId = accounts[other].Id }],
            members,
            [.. held.Select(h => new SegmentPresence { ProfileId = h.ProfileId, DestinationId = h.DestinationId })],
            []);
    }
}
