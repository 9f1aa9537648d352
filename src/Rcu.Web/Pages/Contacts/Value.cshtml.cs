using Microsoft.Extensions.Localization;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Web.Hosting;
using Rcu.Web.Pages.Shared;

namespace Rcu.Web.Pages.Contacts;

/// <summary>One value of a person, corrected where it stands.</summary>
internal sealed class ValueModel(Edits edits, AccountScope scope, IStringLocalizer<Texts> texts) : ValuePage(texts)
{
    public override string Sheet => $"/contacts/{Id}";

    protected override Task<Result<Guid>> SetAsync(EditValue command, CancellationToken ct) =>
        edits.SetContactValueAsync(scope, Id, command, User.Name, ct);

    protected override Task<Result<EditedValue>> CurrentAsync(CancellationToken ct) => edits.CurrentContactValueAsync(scope, Id, Field, ct);
}
