using Microsoft.Extensions.Localization;
using Rcu.Customers;
using Rcu.Security;
using Rcu.Unification;
using Rcu.Web.Hosting;
using Rcu.Web.Identity;
using Rcu.Web.Pages.Shared;

namespace Rcu.Web.Pages.Accounts;

/// <summary>One value of an account, corrected where it stands.</summary>
internal sealed class ValueModel(Edits edits, Colleagues colleagues, AccountScope scope, IStringLocalizer<Texts> texts) : ValuePage(texts)
{
    private readonly IStringLocalizer<Texts> _texts = texts;

    public override string Sheet => $"/comptes/{Id}";

    protected override Task<Result<Guid>> SetAsync(EditValue command, CancellationToken ct) =>
        edits.SetAccountValueAsync(scope, Id, command, User.Name, ct);

    protected override Task<Result<EditedValue>> CurrentAsync(CancellationToken ct) => edits.CurrentAccountValueAsync(scope, Id, Field, ct);

    protected override async Task<IReadOnlyList<(string Value, string Text)>> ChoicesAsync(CancellationToken ct) => Field switch
    {
        "owner" => [.. (await colleagues.ListAsync(ct)).Select(c => (c.Email, c.Name))],
        "type" => [.. Enum.GetValues<AccountType>().Select(t => (t.ToString().ToLowerInvariant(), _texts[$"account.type.{t}"].Value))],
        _ => [],
    };
}
