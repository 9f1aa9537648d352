using Rcu.Unification;

namespace Rcu.Web.Pages.Shared;

/// <summary>What « Ajouter une note » shows, and what was typed when it was refused.</summary>
internal sealed record NoteForm(Guid Id, NoteKind Kind = NoteKind.Note, string? Text = null);
