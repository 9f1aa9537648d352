using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Customers;

internal sealed class ContactTable : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> contact)
    {
        contact.ToTable("contacts");
        contact.Property(c => c.PreviousPositions).IsJson();
        contact.Property(c => c.Preferences).IsJson();
        contact.Property(c => c.Origins).IsJson();
        contact.HasOne(c => c.Account).WithMany().HasForeignKey(c => c.AccountId);
        contact.HasOne(c => c.Lead).WithOne().HasForeignKey<ContactLead>(l => l.ContactId);
        contact.HasOne(c => c.Score).WithOne().HasForeignKey<ContactScore>(s => s.ContactId);
    }
}
