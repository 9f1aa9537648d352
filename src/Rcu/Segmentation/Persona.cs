using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Rcu.Segmentation;

/// <summary>Someone typical whom a segment stands for: a portrait in words; what its members have in common is read from them.</summary>
public sealed class Persona
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public required string Portrait { get; set; }

    /// <summary>What they look for, and how to speak to them.</summary>
    public string? Needs { get; set; }

    public required Guid SegmentId { get; set; }

    public int Version { get; set; } = 1;

    public required string SetBy { get; set; }

    public required DateTimeOffset SetAt { get; set; }
}

/// <summary>A persona as a person describes it.</summary>
/// <param name="Version">The version that was looked at; null not to mind.</param>
public sealed record SavePersona(string Name, string Portrait, Guid SegmentId, string? Needs = null, int? Version = null);

/// <summary>A persona with what its members have in common.</summary>
/// <param name="Members">The accounts, or the accounts of the contacts, of its segment.</param>
/// <param name="Revenue">Their mean net revenue over twelve months, in euros.</param>
public sealed record PersonaSheet(Persona Persona, string Segment, long Members, decimal? Revenue, decimal? Basket, int? Score, IReadOnlyList<PersonaTrait> Traits);

/// <summary>A value members often have.</summary>
/// <param name="Trait">Which: <c>region</c>, <c>naf</c>, <c>headcount</c>, <c>function</c>, <c>range</c>, <c>channel</c>.</param>
/// <param name="Share">The part of the members who have it.</param>
public sealed record PersonaTrait(string Trait, string Value, double Share);

/// <summary>Why a persona is refused.</summary>
public static class PersonaErrors
{
    public static readonly Error NotFound = new(ErrorKind.NotFound, "persona.not_found", "There is no such persona.");

    public static readonly Error Changed =
        new(ErrorKind.Stale, "persona.version_changed", "The persona was changed meanwhile: open it again, then make your change.");

    public static readonly Error UnknownSegment =
        new(ErrorKind.Invalid, "persona.unknown_segment", "The segment does not exist, or is archived.");

    public static Error NameTaken(string name) =>
        new(ErrorKind.Conflict, "persona.name_taken", $"There is a persona called '{name}' already.") { Values = [name] };
}

internal sealed class PersonaTable : IEntityTypeConfiguration<Persona>
{
    public void Configure(EntityTypeBuilder<Persona> persona)
    {
        persona.ToTable("personas");
        persona.Property(p => p.Version).IsConcurrencyToken();
    }
}

internal sealed class SavePersonaValidator : AbstractValidator<SavePersona>
{
    public SavePersonaValidator()
    {
        RuleFor(p => p.Name).NotEmpty().MaximumLength(80);
        RuleFor(p => p.Portrait).NotEmpty().MaximumLength(1000);
        RuleFor(p => p.Needs).MaximumLength(1000);
        RuleFor(p => p.SegmentId).NotEmpty();
    }
}
