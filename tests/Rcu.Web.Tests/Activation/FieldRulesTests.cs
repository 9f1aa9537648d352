using System.Text.Json;
using Rcu.Activation;
using Rcu.Segmentation;
using Rcu.Simulators;

namespace Rcu.Web.Tests.Activation;

/// <summary>A person says which field goes where; the tool says which fields it has; nobody is surprised.</summary>
public class FieldRulesTests
{
    [Fact]
    public async Task Rules_are_tried_on_real_profiles_kept_and_hold_in_the_tool()
    {
        await using var vendors = await VendorSimulators.StartAsync(0);
        await using var bench = await ActivationBench.StartAsync(people: 4);
        var destination = await bench.ConnectAsync(vendors);
        await bench.SayAsync("Acheteuse");
        await bench.RefreshAsync();
        FieldRule[] rules = [new("name", "NOM", Shape: FieldShape.Upper), new("job_title", "FONCTION", FieldOwner.NeverNull)];
        await using var db = bench.Open();

        var usual = (await bench.FieldsOn(db).ReadAsync(destination, default)).Value!;
        var shown = (await bench.FieldsOn(db).PreviewAsync(destination, rules, default)).Value!;
        var saved = (await bench.FieldsOn(db).SaveAsync(destination, rules, "test", default)).Value!;
        await bench.PushAsync(destination);
        await bench.SayAsync(null);
        await bench.PushAsync(destination);

        Assert.True(usual.IsUsual);
        Assert.Contains(new FieldRule("given_name", "PRENOM"), usual.Rules);
        Assert.Equal(3, shown.Count);
        Assert.Equal([("Personne 00", "PERSONNE 00"), ("Acheteuse", "Acheteuse")], shown[0].Fields.Select(f => (f.Value!, f.Told!)));
        Assert.False(saved.IsUsual);
        Assert.Empty(saved.Warnings);
        var held = vendors.Brevo.Contacts.Single(c => c.Email == "p0@societe.example");
        Assert.Equal("PERSONNE 00", held.Attributes["NOM"]);
        Assert.Equal("Acheteuse", held.Attributes["FONCTION"]);
        Assert.DoesNotContain("SOCIETE", held.Attributes.Keys);
    }

    [Fact]
    public async Task A_field_that_the_tool_renamed_is_said_with_the_name_it_may_have_now()
    {
        await using var vendors = await VendorSimulators.StartAsync(0);
        await using var bench = await ActivationBench.StartAsync(people: 1);
        var destination = await bench.ConnectAsync(vendors);
        await using var db = bench.Open();
        await bench.FieldsOn(db).SaveAsync(destination, [new("name", "NOM"), new("account.postal_code", "CODE_POSTAL")], "test", default);
        vendors.Brevo.Faults.MissingField = "CODE_POSTAL";

        var read = (await bench.FieldsOn(db).ReadAsync(destination, default)).Value!;
        var gone = await bench.FieldsOn(db).SaveAsync(destination, [new("name", "NOM"), new("account.postal_code", "CODE_POSTAL")], "test", default);
        var alike = await bench.FieldsOn(db).SaveAsync(destination, [new("name", "Pré-nom")], "test", default);

        Assert.Equal(["« Brevo » n’a pas de champ « CODE_POSTAL » : créez-le dans l’outil, ou choisissez-en un autre."], read.Warnings);
        Assert.Equal("destination.bad_fields", gone.Error!.Code);
        Assert.Contains("n’a pas de champ « Pré-nom »", alike.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused_in_words()
    {
        await using var bench = await ActivationBench.StartAsync(people: 1);
        var destination = await bench.ConnectAsync();
        await using var db = bench.Open();
        var fields = bench.FieldsOn(db);

        var twice = await fields.SaveAsync(destination, [new("email", "mail"), new("name", "mail ")], "test", default);
        var unknown = await fields.PreviewAsync(destination, [new("shoe_size", "pointure")], default);
        var unnamed = await fields.SaveAsync(destination, [new("email", " ")], "test", default);
        var back = await fields.SaveAsync(destination, [], "test", default);

        Assert.Contains("« mail » de l’outil recevrait deux valeurs", twice.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("« shoe_size »", unknown.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("« email »", unnamed.Error!.Message, StringComparison.Ordinal);
        Assert.True(back.Value!.IsUsual);
        Assert.Null(back.Value.There);
    }

    [Fact]
    public async Task Every_field_the_hub_offers_is_one_it_tells()
    {
        await using var bench = await ActivationBench.StartAsync(people: 1);
        var destination = await bench.ConnectAsync();
        await bench.PushAsync(destination);

        var told = bench.Tool.Profiles[bench.People[0].Id];

        Assert.All(HubFields.Of(SegmentTarget.Contacts).Where(field => !field.Contains('.')), field => Assert.True(told.TryGetProperty(field, out _), field));
        Assert.True(told.GetProperty("account").ValueKind is JsonValueKind.Null);
    }
}
