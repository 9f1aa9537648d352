using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rcu.Data;

namespace Rcu.Customers;

internal sealed class AccountTable : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.ToTable("accounts");
        account.ComplexProperty(a => a.Address);
        account.Property(a => a.Origins).IsJson();
        account.HasOne(a => a.Metrics).WithOne().HasForeignKey<AccountMetrics>(m => m.AccountId);
        account.HasOne(a => a.PostalFlag).WithOne().HasForeignKey<PostalFlag>(f => f.AccountId);
        account.HasOne(a => a.Worth).WithOne().HasForeignKey<AccountWorth>(w => w.AccountId);
        // No constraint says so: companies nobody published a notice of have none.
        account.HasOne(a => a.Proceeding).WithMany().HasForeignKey(a => a.Siren).HasPrincipalKey(p => p.Siren).OnDelete(DeleteBehavior.ClientNoAction);
        account.HasOne(a => a.Score).WithOne().HasForeignKey<AccountScore>(s => s.AccountId);
    }
}
