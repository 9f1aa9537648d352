using Rcu.Customers;
using Rcu.Unification;

namespace Rcu.Tests.Unification;

public class AccountTypeTests
{
    [Theory]
    [InlineData("prospect", true, AccountType.Customer)]
    [InlineData("prospect", false, AccountType.Prospect)]
    [InlineData("former", true, AccountType.FormerCustomer)]
    [InlineData("former", false, AccountType.FormerCustomer)]
    public void The_books_make_a_customer_of_a_prospect_and_leave_a_former_customer_as_it_is(string said, bool isInTheBooks, AccountType type)
    {
        List<ClusterRecord> records = [Record("crm", ("name", "Acme"), ("type", said))];
        if (isInTheBooks)
        {
            records.Add(Record("erp", ("name", "Acme"), ("payment_terms", "30 JOURS")));
        }

        Assert.Equal(type, AccountUnifier.Unify(Guid.CreateVersion7(), records, [], DateTimeOffset.UnixEpoch)!.Type);
    }

    private static ClusterRecord Record(string source, params (string Field, string Value)[] fields) => new(
        Guid.Empty, Guid.CreateVersion7(), Guid.CreateVersion7(), source, 10, source, false, DateTimeOffset.UnixEpoch, fields.ToDictionary(f => f.Field, f => f.Value));
}
