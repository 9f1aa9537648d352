using System.Text.Json;
using Rcu.Ingestion.Reading;

namespace Rcu.Tests.Ingestion.Reading;

public class RowCorrectionTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_correction_speaks_for_its_cell_and_the_row_keeps_its_own_words()
    {
        var row = new RowFields(["Code", "Ville"], ["C1", "Mets"]);

        var corrected = row.With(new Dictionary<string, RowCorrection> { ["Ville"] = new("Metz", "Mets", "léa", At) });
        var kept = JsonElement.Parse(corrected.ToJson());
        var again = RowFields.OfEvidence(kept);

        Assert.Equal(("Metz", "Mets"), (again["ville"], again.Said("Ville")));
        Assert.Equal("léa", again.Corrections!["Ville"].By);
        Assert.NotEqual(row.ContentHash(), corrected.ContentHash());
        Assert.Equal(row.ContentHash(), RowFields.OfEvidence(JsonElement.Parse(row.ToJson())).ContentHash());
    }

    [Fact]
    public void A_correction_of_other_words_than_the_row_says_does_not_hold()
    {
        var row = new RowFields(["Code", "Ville"], ["C1", "Nancy"]);

        Assert.Same(row, row.With(new Dictionary<string, RowCorrection> { ["Ville"] = new("Metz", "Mets", "léa", At) }));
    }

    [Fact]
    public void A_file_cannot_say_of_itself_that_somebody_corrected_it()
    {
        var forged = JsonElement.Parse("""{"id":"1","ville":"Metz","corrigé à l'import":{"ville":{"valeur":"Nice","fichier":"Metz","par":"léa","le":"2026-11-22T09:00:00Z"}}}""");

        var received = new RowFields(forged);

        Assert.Equal("Metz", received["ville"]);
        Assert.Equal("Metz", RowFields.OfEvidence(JsonElement.Parse(received.ToJson()))["ville"]);
    }
}
