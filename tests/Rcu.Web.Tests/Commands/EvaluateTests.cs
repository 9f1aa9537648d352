namespace Rcu.Web.Tests.Commands;

/// <summary>A result measured against a truth of either shape.</summary>
public sealed class EvaluateTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Pairs_against_pairs()
    {
        // a-b-c found as a chain: a-c only follows. d-e is wrong, f-g is missed.
        var pairs = _line.Write("paires.csv", "id_a,id_b,probability\nb,a,1\nb,c,1\nd,e,1\n");
        var truth = _line.Write("verite.csv", "id_a;id_b\na;b\nb;c\na;c\nf;g\n");

        Assert.Equal(0, await _line.EvaluateAsync("--pairs", pairs, "--truth", truth));

        AssertQuality("pairs", right: 2, found: 3, all: 4);
        AssertQuality("clusters", right: 3, found: 4, all: 4);
    }

    [Theory]
    [InlineData("id,cluster")]
    [InlineData("record_id,siren")]
    public async Task Pairs_against_clusters(string header)
    {
        var pairs = _line.Write("paires.csv", "id_a,id_b\nb,a\nb,c\nd,e\n");
        var truth = _line.Write("verite.csv", $"{header}\na,1\nb,1\nc,1\nd,2\ne,3\nf,4\ng,4\n");

        await _line.EvaluateAsync("--pairs", pairs, "--truth", truth);

        AssertQuality("pairs", right: 2, found: 3, all: 4);
        AssertQuality("clusters", right: 3, found: 4, all: 4);
    }

    [Fact]
    public async Task Clusters_against_pairs_by_id_or_by_row()
    {
        var clusters = _line.Write("groupes.csv", "id,nom,cluster_id\n1,x,1\n2,x,1\n3,y,2\n");
        var truth = _line.Write("verite.csv", "id_a,id_b\n1,2\n2,3\n");

        foreach (var args in new string[][] { [], ["--id", "id"] })
        {
            await _line.EvaluateAsync(["--clusters", clusters, "--truth", truth, .. args]);

            AssertQuality("pairs", right: 1, found: 1, all: 2);
            AssertQuality("clusters", right: 1, found: 1, all: 3);
        }
    }

    [Fact]
    public async Task Nothing_found_is_no_division_by_zero()
    {
        var pairs = _line.Write("paires.csv", "id_a,id_b\n");
        var truth = _line.Write("verite.csv", "id_a,id_b\n1,2\n");

        await _line.EvaluateAsync("--pairs", pairs, "--truth", truth);

        Assert.Equal(0, _line.Json.GetProperty("pairs").GetProperty("f1").GetDouble());
    }

    [Fact]
    public async Task What_dedupe_writes_it_reads()
    {
        var file = _line.Write("liste.csv", "code;nom;siren;vérité\nA;Garage Martin;552032534;x\nB;Garage Martin;552032534;x\nC;Autre;542065479;y\n");
        var truth = _line.Write("verite.csv", "id;cluster\nA;x\nB;x\nC;y\n");
        var (pairs, clusters) = (_line.PathOf("paires.csv"), _line.PathOf("groupes.csv"));
        await _line.DedupeAsync(file, "--id", "code", "--out", clusters, "--pairs", pairs);

        Assert.Equal(0, await _line.EvaluateAsync("--pairs", pairs, "--clusters", clusters, "--id", "code", "--truth", truth));

        AssertQuality("pairs", right: 1, found: 1, all: 1);
        AssertQuality("clusters", right: 1, found: 1, all: 1);
    }

    [Theory]
    [InlineData(2, "--pairs PAIRS")]
    [InlineData(2, "--truth TRUTH")]
    [InlineData(2, "--pairs PAIRS --truth")]
    [InlineData(2, "--paires PAIRS --truth TRUTH", "--paires")]
    [InlineData(1, "--pairs TRUTH --truth TRUTH", "id_a")]
    [InlineData(1, "--clusters PAIRS --truth TRUTH", "cluster_id")]
    [InlineData(1, "--pairs PAIRS --truth OTHER", "OTHER", "nom, ville")]
    [InlineData(1, "--pairs absent --truth TRUTH", "absent")]
    [InlineData(1, "--pairs STRANGE --truth TRUTH", "row-1", "b")]
    public async Task A_measure_that_makes_no_sense_is_refused(int expected, string args, params string[] said)
    {
        _line.Write("PAIRS", "id_a,id_b\n1,2\n");
        _line.Write("STRANGE", "id_a,id_b\nrow-1,row-2\n");
        _line.Write("TRUTH", "id,cluster\nb,x\na,x\n");
        _line.Write("OTHER", "nom,ville\nb,x\na,x\n");
        var words = args.Split(' ').Select(word => word.StartsWith("--", StringComparison.Ordinal) ? word : _line.PathOf(word));

        Assert.Equal(expected, await _line.EvaluateAsync([.. words]));

        Assert.Equal("", _line.Out);
        Assert.All(said, part => Assert.Contains(part, _line.Aside, StringComparison.Ordinal));
    }

    private void AssertQuality(string of, long right, long found, long all)
    {
        var quality = _line.Json.GetProperty(of);
        Assert.Equal((right, found, all), (quality.GetProperty("right").GetInt64(), quality.GetProperty("found").GetInt64(), quality.GetProperty("true").GetInt64()));
        Assert.Equal((double)right / found, quality.GetProperty("precision").GetDouble(), 1e-6);
        Assert.Equal((double)right / all, quality.GetProperty("recall").GetDouble(), 1e-6);
        Assert.Equal(2.0 * right / (found + all), quality.GetProperty("f1").GetDouble(), 1e-6);
    }
}
