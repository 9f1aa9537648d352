using Microsoft.EntityFrameworkCore;
using Rcu.Data;

namespace Rcu.Web.Tests.Data;

/// <summary>What is read beside: begun at once where a core is free, in its turn where none is, and never left behind.</summary>
public sealed class SideReadsTests
{
    private static readonly DbContextOptions<RcuDb> Nowhere = new DbContextOptionsBuilder<RcuDb>().UseNpgsql("Host=127.0.0.1").Options;

    [Fact]
    public async Task It_is_read_before_anybody_asks_for_it()
    {
        using var idle = new SemaphoreSlim(1);
        var begun = new TaskCompletionSource();

        await using var read = Reads(idle).Begin(_ =>
        {
            begun.SetResult();
            return Task.FromResult(7);
        });

        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(7, await read.ValueAsync());
        Assert.Equal(1, idle.CurrentCount);
    }

    [Fact]
    public async Task Without_an_idle_core_it_is_read_when_it_is_asked_for_and_once()
    {
        using var idle = new SemaphoreSlim(0);
        var times = 0;

        await using var read = Reads(idle).Begin(_ => Task.FromResult(++times));
        var before = times;

        Assert.Equal(0, before);
        Assert.Equal(1, await read.ValueAsync());
        Assert.Equal(1, await read.ValueAsync());
        Assert.Equal(0, idle.CurrentCount);
    }

    [Fact]
    public async Task Its_caller_does_not_end_before_it_even_when_nobody_asks()
    {
        using var idle = new SemaphoreSlim(1);
        var (held, ended) = (new TaskCompletionSource(), false);
        var read = Reads(idle).Begin(async _ =>
        {
            await held.Task;
            return ended = true;
        });

        var ending = read.DisposeAsync();
        Assert.False(ending.IsCompleted);
        held.SetResult();
        await ending;

        Assert.True(ended);
    }

    [Fact]
    public async Task What_goes_wrong_is_told_to_who_asks_and_gives_the_core_back()
    {
        using var idle = new SemaphoreSlim(1);
        var read = Reads(idle).Begin<int>(_ => throw new InvalidOperationException("no"));

        await Assert.ThrowsAsync<InvalidOperationException>(read.ValueAsync);
        await read.DisposeAsync();

        Assert.Equal(1, idle.CurrentCount);
    }

    private static SideReads Reads(SemaphoreSlim idle) => new(Nowhere) { Idle = idle };
}
