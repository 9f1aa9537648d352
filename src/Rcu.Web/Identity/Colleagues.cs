namespace Rcu.Web.Identity;

/// <summary>Those a task or an account may be given to: whoever may still sign in and works on accounts. Kept for a minute.</summary>
internal sealed class Colleagues(IServiceScopeFactory services, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private (DateTimeOffset Until, IReadOnlyList<Colleague> People) _known = (DateTimeOffset.MinValue, []);

    public async Task<IReadOnlyList<Colleague>> ListAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_known.Until > now)
        {
            return _known.People;
        }

        await using var scope = services.CreateAsyncScope();
        var people = await scope.ServiceProvider.GetRequiredService<Users>().ListAsync(ct);
        IReadOnlyList<Colleague> open =
        [
            .. people.Where(u => u.DisabledAt is null && u.Roles.Any(r => r is HubRoles.Commercial or HubRoles.Steward or HubRoles.Admin))
                .Select(u => new Colleague(u.Email!.ToLowerInvariant(), u.DisplayName, u.Roles.Contains(HubRoles.Steward))),
        ];
        _known = (now + Kept, open);
        return open;
    }

    /// <summary>Null when this is one of them, or nobody in particular.</summary>
    public async Task<Error?> RefusalAsync(string? email, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(email) || (await ListAsync(ct)).Any(c => string.Equals(c.Email, email.Trim(), StringComparison.OrdinalIgnoreCase))
            ? null
            : UserErrors.NotAColleague(email);
}

/// <summary>Somebody who works on accounts.</summary>
internal sealed record Colleague(string Email, string Name, bool IsSteward = false);
