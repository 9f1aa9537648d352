using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Ingestion;
using Rcu.Web.Commands;
using Rcu.Web.Tests.Api;

namespace Rcu.Web.Tests.Register;

/// <summary>The accounts of a CRM that the fixture of the register knows, and the stages that follow.</summary>
internal static class CrmImport
{
    private const string Crm = "crm_accounts.csv";

    public static async Task ImportCrmAsync(this ApiHub api)
    {
        await api.DeclareSourcesAsync();
        await api.InAsync(async services =>
        {
            await using var content = new MemoryStream(Encoding.UTF8.GetBytes(RegisterFiles.Text(Crm)));
            var received = await services.GetRequiredService<Imports>().ReceiveAsync(new ImportRequest(Crm, "crm", "test"), content, default);
            Assert.True(received.Succeeded, received.Error?.Code);
            await services.GetRequiredKeyedService<Jobs.IJob>(nameof(IngestJob)).RunAsync(received.Value, default);
            return 0;
        });
        await api.RunStagesAsync();
    }

    public static Task<int> RunStagesAsync(this ApiHub api) => api.InAsync(async services =>
    {
        await services.GetRequiredService<Pipeline>().RunAsync(new StageBars(quiet: true), default);
        return 0;
    });
}
