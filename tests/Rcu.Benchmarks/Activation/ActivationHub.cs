using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rcu.Activation;
using Rcu.Data;
using Rcu.Jobs;
using Rcu.Segmentation;

namespace Rcu.Benchmarks.Activation;

/// <summary>A hub of contacts who may be written to, and webhooks that segments of them are pushed to.</summary>
internal sealed class ActivationHub(BenchHub hub)
{
    public IServiceProvider Services => hub.Services;

    public async Task FillAsync(int people, CancellationToken ct)
    {
        await using var fill = hub.Database.CreateCommand(
            """
            insert into contacts (
              id, name, given_name, family_name, email, emails, phones, email_reach, email_reach_reason, job_title, phone_reach, phone_reach_reason, sources,
              record_count, quality, origins, search, created_at, updated_at)
            select new_id(), 'Personne ' || n, 'Camille', 'Nom ' || n, 'p' || n || '@societe.example', array['p' || n || '@societe.example'], '{}', 'Allowed',
              'Adresse professionnelle.', 'Acheteuse', 'Allowed', '', array['crm'], 1, 50, '{}', 'personne ' || n, now(), now()
            from generate_series(1, $1) n
            """);
        fill.Parameters.Add(new() { Value = people });
        await fill.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A webhook fed with so many of the contacts.</summary>
    public async Task<Guid> ConnectAsync(Uri url, int people, CancellationToken ct)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var (db, segments) = (scope.ServiceProvider.GetRequiredService<RcuDb>(), scope.ServiceProvider.GetRequiredService<Segments>());
        var segment = await segments.CreateAsync(
            new SaveSegment($"{url} {Guid.CreateVersion7()}", null, SegmentTarget.Contacts, new Condition.Compare("sources", Operator.Is, ["nobody"])), "bench", ct);
        var made = await scope.ServiceProvider.GetRequiredService<Destinations>().CreateAsync(
            new SaveDestination("Outil", "webhook", JsonSerializer.SerializeToElement(new { url }), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", segment.Value!.Id), "bench", ct);
        await db.Database.ExecuteSqlAsync(
            $"insert into segment_members (segment_id, member_id, entered_at) select {segment.Value.Id}, id, now() from contacts order by id limit {people}", ct);
        return made.Value!.Id;
    }

    /// <summary>Says something new of everybody.</summary>
    public async Task ChangeAsync(string title, CancellationToken ct)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
        await db.Contacts.ExecuteUpdateAsync(c => c.SetProperty(x => x.JobTitle, title), ct);
        await db.Destinations.ExecuteUpdateAsync(d => d.SetProperty(x => x.GuardPasses, int.MaxValue), ct);
    }

    /// <summary>Pushes as a worker does, until nothing waits.</summary>
    public async Task PushAsync(Guid destination, CancellationToken ct)
    {
        var waits = true;
        while (waits)
        {
            await using var scope = hub.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<RcuDb>();
            var run = new Run { Stage = "Activation", Subject = destination, Label = "Outil", RequestedBy = "bench", QueuedAt = hub.Clock.GetUtcNow() };
            db.Runs.Add(run);
            await db.SaveChangesAsync(ct);
            await scope.ServiceProvider.GetRequiredService<Push>().RunAsync(run.Id, progress: null, ct);
            waits = await db.Outbox.AnyAsync(o => o.DestinationId == destination && o.Status == OutboxStatus.Waiting, ct);
            await Task.Delay(waits ? TimeSpan.FromSeconds(1) : TimeSpan.Zero, ct);
        }
    }

    /// <summary>The exact texts a destination was last told.</summary>
    public async Task<List<byte[]>> TextsAsync(Guid destination, CancellationToken ct)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var webhook = scope.ServiceProvider.GetServices<IDestinationConnector>().Single(c => c.Kind == "webhook");
        var rows = await scope.ServiceProvider.GetRequiredService<RcuDb>().Outbox.AsNoTracking().Where(o => o.DestinationId == destination).ToListAsync(ct);
        return [.. rows.Select(row => System.Text.Encoding.UTF8.GetBytes(webhook.Show(PushBatch.ToChange(row, SegmentTarget.Contacts, known: null))))];
    }
}
