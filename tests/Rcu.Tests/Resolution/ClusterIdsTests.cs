using Rcu.Resolution;

namespace Rcu.Tests.Resolution;

public class ClusterIdsTests
{
    private static readonly Guid A = Id(1), B = Id(2), C = Id(3), Old = Id(100), Newer = Id(200);

    [Fact]
    public void An_id_stays_while_its_records_stay_together()
    {
        var plan = ClusterIds.Assign([[A, B]], new Dictionary<Guid, Guid> { [A] = Old, [B] = Old }, []);

        Assert.Equal((Old, Old), (plan.IdOf[A], plan.IdOf[B]));
        Assert.Empty(plan.Retired);
    }

    [Fact]
    public void When_two_join_the_older_survives_and_the_other_answers_through_it()
    {
        var plan = ClusterIds.Assign([[A, B, C]], new Dictionary<Guid, Guid> { [A] = Newer, [B] = Newer, [C] = Old }, []);

        Assert.All(plan.IdOf.Values, id => Assert.Equal(Old, id));
        var (retired, survivor, records) = Assert.Single(plan.Retired);
        Assert.Equal((Newer, Old), (retired, survivor));
        Assert.Equal([A, B], records);
    }

    [Fact]
    public void When_one_splits_the_larger_part_keeps_the_id()
    {
        var plan = ClusterIds.Assign([[C], [A, B]], new Dictionary<Guid, Guid> { [A] = Old, [B] = Old, [C] = Old }, []);

        Assert.Equal((Old, Old), (plan.IdOf[A], plan.IdOf[B]));
        Assert.NotEqual(Old, plan.IdOf[C]);
        Assert.Empty(plan.Retired);
    }

    [Fact]
    public void An_unmerge_gives_the_retired_id_back_to_its_own_records()
    {
        var retired = new Redirect { RetiredId = Newer, Kind = ClusterKind.Account, SurvivorId = Old, RecordIds = [C], RetiredAt = DateTimeOffset.UnixEpoch };

        var plan = ClusterIds.Assign([[A, B], [C]], new Dictionary<Guid, Guid> { [A] = Old, [B] = Old, [C] = Old }, [retired]);

        Assert.Equal((Old, Newer), (plan.IdOf[A], plan.IdOf[C]));
        Assert.Equal([Newer], plan.Revived);
    }

    [Fact]
    public void An_unmerge_leaves_the_id_to_those_who_had_it_however_few_they_are()
    {
        var retired = new Redirect { RetiredId = Newer, Kind = ClusterKind.Account, SurvivorId = Old, RecordIds = [A, B], RetiredAt = DateTimeOffset.UnixEpoch };

        var plan = ClusterIds.Assign([[A, B], [C]], new Dictionary<Guid, Guid> { [A] = Old, [B] = Old, [C] = Old }, [retired]);

        Assert.Equal((Newer, Newer, Old), (plan.IdOf[A], plan.IdOf[B], plan.IdOf[C]));
        Assert.Equal([Newer], plan.Revived);
    }

    [Fact]
    public void An_id_is_not_retired_while_half_of_its_records_have_no_other()
    {
        var current = new Dictionary<Guid, Guid> { [A] = Old, [B] = Newer, [C] = Newer };

        var plan = ClusterIds.Assign([[A, B], [C]], current, []);

        Assert.Equal((Old, Old, Newer), (plan.IdOf[A], plan.IdOf[B], plan.IdOf[C]));
        Assert.Empty(plan.Retired);
    }

    [Fact]
    public void Records_that_are_together_again_have_the_id_they_had_though_one_had_another_meanwhile()
    {
        var (between, meanwhile) = (Id(150), Id(300));
        var retired = new Redirect { RetiredId = between, Kind = ClusterKind.Account, SurvivorId = Old, RecordIds = [B, C], RetiredAt = DateTimeOffset.UnixEpoch };

        var plan = ClusterIds.Assign([[A], [B, C]], new Dictionary<Guid, Guid> { [A] = Old, [B] = Old, [C] = meanwhile }, [retired]);

        Assert.Equal((Old, between, between), (plan.IdOf[A], plan.IdOf[B], plan.IdOf[C]));
        Assert.Equal([between], plan.Revived);
        Assert.Equal((meanwhile, between), (Assert.Single(plan.Retired).Retired, plan.Retired[0].Survivor));
    }

    [Fact]
    public void The_order_of_groups_and_records_changes_nothing()
    {
        var current = new Dictionary<Guid, Guid> { [A] = Newer, [B] = Old, [C] = Old };

        var one = ClusterIds.Assign([[A, B], [C]], current, []);
        var other = ClusterIds.Assign([[C], [B, A]], current, []);

        Assert.Equal(one.IdOf[A], other.IdOf[A]);
        Assert.Equal(one.Retired.Select(r => (r.Retired, r.Survivor)), other.Retired.Select(r => (r.Retired, r.Survivor)));
    }

    private static Guid Id(int n) => new($"00000000-0000-7000-8000-{n:D12}");
}
