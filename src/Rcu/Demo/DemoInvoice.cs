namespace Rcu.Demo;

/// <summary>One sale to an invented customer.</summary>
internal sealed record DemoInvoice(string Number, string CustomerCode, string CustomerName, DateOnly Day, decimal Net, decimal Vat)
{
    public decimal Total => Net + Vat;
}
