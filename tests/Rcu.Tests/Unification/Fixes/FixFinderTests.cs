using Rcu.Resolution;
using Rcu.Unification.Fixes;

namespace Rcu.Tests.Unification.Fixes;

public class FixFinderTests
{
    [Theory]
    [InlineData(ClusterKind.Contact, "email=lea@gmial.com", "email.domain", "email=lea@gmail.com")]
    [InlineData(ClusterKind.Contact, "email=lea@gmail.com", null, null)]
    [InlineData(ClusterKind.Account, "email=contact@wanado.fr", "email.domain", "email=contact@wanadoo.fr")]
    [InlineData(ClusterKind.Account, "postal_code=57000;city=Mets", "city.postal_code", "city=Metz")]
    [InlineData(ClusterKind.Account, "postal_code=69003;city=Lyonn", "city.postal_code", "city=Lyon")]
    [InlineData(ClusterKind.Account, "postal_code=88000;city=Épinal", null, null)]
    [InlineData(ClusterKind.Account, "postal_code=57000;city=Zone industrielle", "city.postal_code", "city=Metz")]
    [InlineData(ClusterKind.Account, "postal_code=57000;city=Marseille", null, null)] // a real town: which of the two is wrong?
    [InlineData(ClusterKind.Account, "postal_code=57000;city=Lyonn;country=DE", null, null)]
    [InlineData(ClusterKind.Account, "usual_name=TRANSPORTS GARNIER", "name.capitals", "usual_name=Transports Garnier")]
    [InlineData(ClusterKind.Account, "usual_name=SNCF", null, null)]
    [InlineData(ClusterKind.Contact, "family_name=Mme Dupont;given_name=Marie", "civility.in_name", "family_name=Dupont;civility=MME")]
    [InlineData(ClusterKind.Contact, "family_name=Mme Dupont;civility=MME", "civility.in_name", "family_name=Dupont")]
    [InlineData(ClusterKind.Contact, "family_name=Maître;given_name=Marie", null, null)]
    [InlineData(ClusterKind.Contact, "job_title=DIRECTEUR DES ACHATS", "job_title.capitals", "job_title=Directeur des achats")]
    [InlineData(ClusterKind.Contact, "job_title=DSI ADJOINT", "job_title.capitals", "job_title=DSI adjoint")]
    [InlineData(ClusterKind.Contact, "job_title=DRH", null, null)]
    [InlineData(ClusterKind.Account, "unread=tél. 01 99 00 00 01 (standard)", "phone.hidden", "phone=+33199000001")]
    [InlineData(ClusterKind.Account, "unread=01 99 00 00 01 / 01 99 00 00 02", null, null)]
    [InlineData(ClusterKind.Contact, "unread=portable : 06 39 98 00 01", "phone.hidden", "mobile=+33639980001")]
    [InlineData(ClusterKind.Account, "unread=voir le standard;phone=+33199000001", null, null)]
    [InlineData(ClusterKind.Account, "number=5410758", "siret.zeros", "siren=005410758")]
    [InlineData(ClusterKind.Account, "number=404833048 22", "siret.zeros", "siren=404833048;siret=40483304800022")] // the NIC as a number
    [InlineData(ClusterKind.Account, "number=541075800014", null, null)] // two numbers whose keys are right
    [InlineData(ClusterKind.Account, "number=541075800015", null, null)] // no key is right
    [InlineData(ClusterKind.Account, "number=404833048 23", null, null)]
    [InlineData(ClusterKind.Account, "number=404833048 22;siren=732829320", null, null)]
    [InlineData(ClusterKind.Account, "number=4,04833E+13", null, null)]
    [InlineData(ClusterKind.Account, "naf=01.12Y", "naf.edition", "naf=01.12Z;naf2025=01.12Y")]
    [InlineData(ClusterKind.Account, "naf=01.12Y;naf2025=01.12Y", "naf.edition", "naf=01.12Z")]
    [InlineData(ClusterKind.Account, "naf=01.12Z", "naf.follower", "naf2025=01.12Y")]
    [InlineData(ClusterKind.Account, "naf=01.12Z;naf2025=01.12Y", null, null)]
    public void A_likely_mistake_has_its_fix_and_a_doubtful_one_has_none(ClusterKind kind, string said, string? code, string? after)
    {
        var values = said.Split(';').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        values.Remove("unread", out var unread);
        values.Remove("number", out var number);

        var found = FixFinder.Find(kind, new FixSubject(Guid.Empty, "x", values, unread, number)).ToList();

        Assert.Equal(code, found.SingleOrDefault()?.Code);
        Assert.Equal(after, found.Count == 0 ? null : string.Join(';', found[0].After.Select(v => $"{v.Key}={v.Value}")));
        Assert.All(found, fix => Assert.Contains(fix.Code, FixFinder.Codes));
    }
}
