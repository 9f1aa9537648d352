using System.Security.Cryptography;
using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Rcu.Security;

namespace Rcu.Web.Identity;

/// <summary>Who may come in: what an administrator can do about people.</summary>
internal sealed class Users(UserManager<User> users, IValidator<CreateUser> validator, Audit audit, TimeProvider clock)
{
    // No letter that looks like another: it may be read aloud.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    public Task<bool> AnyAsync(CancellationToken ct) => users.Users.AnyAsync(ct);

    public async Task<IReadOnlyList<User>> ListAsync(CancellationToken ct) =>
        await users.Users.AsNoTracking().OrderBy(u => u.DisplayName).ThenBy(u => u.Id).ToListAsync(ct);

    /// <summary>Lets someone in. Without a password, one is made, to be shown once.</summary>
    public async Task<Result<CreatedUser>> CreateAsync(CreateUser command, string by, CancellationToken ct)
    {
        if (validator.Refusal(command) is { } malformed)
        {
            return malformed;
        }

        if (await users.FindByEmailAsync(command.Email) is not null)
        {
            return UserErrors.EmailTaken;
        }

        var password = command.Password ?? Generate();
        var user = new User
        {
            DisplayName = command.Name.Trim(),
            Roles = [.. command.Roles],
            Email = command.Email.Trim(),
            UserName = command.Email.Trim(),
            EmailConfirmed = true,
            LockoutEnabled = true,
            CreatedAt = clock.GetUtcNow(),
        };
        var created = await users.CreateAsync(user, password);
        if (!created.Succeeded)
        {
            return Refusal(created);
        }

        await audit.NoteAsync(by, "user.created", $"{user.Id}", ct);
        return new CreatedUser(user, password);
    }

    /// <summary>Gives roles, in place of those there were. Felt within a minute.</summary>
    public Task<Result<User>> SetRolesAsync(Guid id, IReadOnlyCollection<string> roles, string by, CancellationToken ct) =>
        ChangeAsync(id, user => user.Roles = [.. HubRoles.All.Where(roles.Contains)], "user.roles_changed", by, ct);

    /// <summary>Shuts someone out, within a minute, or lets them in again.</summary>
    public Task<Result<User>> SetDisabledAsync(Guid id, bool disabled, string by, CancellationToken ct) =>
        ChangeAsync(
            id, user => user.DisabledAt = disabled ? clock.GetUtcNow() : null, disabled ? "user.disabled" : "user.enabled", by, ct);

    /// <summary>Makes another password, to be shown once.</summary>
    public async Task<Result<CreatedUser>> ResetPasswordAsync(Guid id, string by, CancellationToken ct)
    {
        if (await users.FindByIdAsync($"{id}") is not { } user)
        {
            return UserErrors.NotFound;
        }

        var password = Generate();
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        var changed = await users.UpdateSecurityStampAsync(user);
        if (!changed.Succeeded)
        {
            return Refusal(changed);
        }

        await audit.NoteAsync(by, "user.password_reset", $"{id}", ct);
        return new CreatedUser(user, password);
    }

    private async Task<Result<User>> ChangeAsync(Guid id, Action<User> change, string action, string by, CancellationToken ct)
    {
        if (await users.FindByIdAsync($"{id}") is not { } user)
        {
            return UserErrors.NotFound;
        }

        change(user);
        var admins = await users.Users.Where(u => u.Id != id && u.DisabledAt == null && u.Roles.Contains(HubRoles.Admin)).AnyAsync(ct);
        if (!admins && (user.DisabledAt is not null || !user.Roles.Contains(HubRoles.Admin)))
        {
            return UserErrors.LastAdmin;
        }

        var changed = await users.UpdateSecurityStampAsync(user);
        if (!changed.Succeeded)
        {
            return Refusal(changed);
        }

        await audit.NoteAsync(by, action, $"{id}", ct);
        return user;
    }

    private static string Generate() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 5)));

    private static Error Refusal(IdentityResult result) =>
        result.Errors.First() is { Code: "user.password_common" }
            ? UserErrors.PasswordCommon
            : UserErrors.Refused(string.Join(' ', result.Errors.Select(e => e.Description)));
}

/// <summary>Someone to let in.</summary>
internal sealed record CreateUser(string Email, string Name, IReadOnlyCollection<string> Roles, string? Password = null);

/// <param name="Password">In clear, for this once.</param>
internal sealed record CreatedUser(User User, string Password);

internal sealed class CreateUserValidator : AbstractValidator<CreateUser>
{
    public const int ShortestPassword = 12;

    public CreateUserValidator()
    {
        RuleFor(c => c.Email).NotEmpty().EmailAddress().MaximumLength(200);
        RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
        RuleFor(c => c.Roles).NotEmpty();
        RuleForEach(c => c.Roles).Must(role => HubRoles.All.Contains(role));
        RuleFor(c => c.Password).MinimumLength(ShortestPassword).MaximumLength(200);
    }
}
