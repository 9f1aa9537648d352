using System.Net;
using System.Text;
using System.Text.Json;
using Rcu.Ingestion;
using Rcu.Jobs;

namespace Rcu.Web.Tests.Api;

public class ImportsApiTests
{
    private const string File = "Account ID,Account Name,SIRET,Billing City\nA1,Élan,1,Metz\n,Sans clé,2,Nancy\n";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_handed_over_ends_in_accounts(bool asForm)
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();

        var (answer, import) = await SendAsync(api, "crm_accounts.csv", asForm);
        var id = import.GetProperty("id").GetGuid();
        await api.WorkAsync<IngestJob>(id);
        var (_, ended) = await api.GetAsync($"/imports/{id}");
        var (_, runs) = await api.GetAsync("/runs");
        var pipeline = runs.GetProperty("data").EnumerateArray().Single(run => run.GetProperty("stage").GetString() == PipelineRuns.Stage);
        await api.WorkAsync<PipelineJob>(pipeline.GetProperty("id").GetGuid());
        var (found, account) = await api.GetAsync("/accounts/by-key/crm/A1");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal($"/api/v1/imports/{id}", answer.Headers.Location!.OriginalString);
        Assert.Equal("queued", import.GetProperty("status").GetString());
        Assert.Equal("succeeded", ended.GetProperty("status").GetString());
        Assert.Equal((2, 1), (ended.GetProperty("counters").GetProperty("read").GetInt32(), ended.GetProperty("counters").GetProperty("rejected").GetInt32()));
        Assert.Equal((HttpStatusCode.OK, "Élan"), (found.StatusCode, account.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task What_was_refused_of_a_file_comes_back_as_a_file()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();
        var (_, import) = await SendAsync(api, "crm_accounts.csv", asForm: true);
        await api.WorkAsync<IngestJob>(import.GetProperty("id").GetGuid());

        var (answer, _) = await api.GetAsync($"/imports/{import.GetProperty("id").GetString()}/rejects.csv");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Sans clé", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_nobody_knows_and_an_import_that_cannot_be_undone_are_refused()
    {
        await using var api = await ApiHub.StartAsync();
        await api.DeclareSourcesAsync();

        var (unknown, problem) = await SendAsync(api, "autre.csv", asForm: true, content: "a,b\n1,2\n");
        var (none, noFile) = await api.SendAsync(HttpMethod.Post, "/imports", null);
        var (_, import) = await SendAsync(api, "crm_accounts.csv", asForm: true);
        var (early, notEnded) = await api.SendAsync(HttpMethod.Post, $"/imports/{import.GetProperty("id").GetString()}/undo", null);

        Assert.Equal((422, "import.unknown_file"), ((int)unknown.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal((400, "request.no_file"), ((int)none.StatusCode, noFile.GetProperty("code").GetString()));
        Assert.Equal((409, "import.not_ended"), ((int)early.StatusCode, notEnded.GetProperty("code").GetString()));
    }

    private static async Task<(HttpResponseMessage Answer, JsonElement Body)> SendAsync(ApiHub api, string name, bool asForm, string content = File)
    {
        using var bytes = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", name } };
        var answer = await api.Client.PostAsync(
            new Uri(asForm ? "/api/v1/imports" : $"/api/v1/imports?fileName={name}", UriKind.Relative), asForm ? form : bytes);
        return (answer, await ApiHub.BodyAsync(answer));
    }
}
