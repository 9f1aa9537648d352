using System.Linq.Expressions;
using Rcu.Customers;

namespace Rcu.Segmentation;

/// <summary>
/// The fields a company added of its own, as a segment reads them: by their names alone, that say what they hold and of whom. Those
/// that only stewards may see are none: a segment would tell them to everyone.
/// </summary>
public static class OwnField
{
    public const string Group = "own";

    private const string OfContact = "contact_";
    private const string OfEstablishment = "establishment_calc_";

    /// <summary>Whose field it is, by its name.</summary>
    public static Type SubjectOf(string name)
    {
        var rest = name[CustomField.Prefix.Length..].Split('_', 2)[^1];
        return rest.StartsWith(OfContact, StringComparison.Ordinal) ? typeof(Contact)
            : rest.StartsWith(OfEstablishment, StringComparison.Ordinal) ? typeof(Establishment)
            : typeof(Account);
    }

    /// <param name="subject">Account, establishment or contact.</param>
    /// <param name="ofAccount">Whether a contact is asked for its account's.</param>
    /// <returns>Null when the name is none of such a field.</returns>
    public static SegmentField? Find(Type subject, string name, bool ofAccount)
    {
        if (CustomField.HeldBy(name) is not { } holds || CustomField.IsReserved(name))
        {
            return null;
        }

        var owner = SubjectOf(name);
        return ofAccount ? subject == typeof(Contact) && owner == typeof(Account) ? Of<Contact>(name, holds, SubjectKind.Account, c => c.AccountId) : null
            : owner != subject ? null
            : owner == typeof(Account) ? Of<Account>(name, holds, SubjectKind.Account, a => a.Id)
            : owner == typeof(Contact) ? Of<Contact>(name, holds, SubjectKind.Contact, c => c.Id)
            : Of<Establishment>(name, holds, SubjectKind.Establishment, e => e.Id);
    }

    private static SegmentField Of<T>(string name, CustomValue holds, SubjectKind kind, Expression<Func<T, Guid?>> id)
    {
        // A constant of its own: the name reaches SQL as a parameter.
        LambdaExpression value = holds switch
        {
            CustomValue.Number => (Expression<Func<IQueryable<OwnValue>, Guid?, decimal?>>)((values, subject) => values
                .Where(v => v.Kind == kind && v.SubjectId == subject && v.Name == name).Select(v => v.Number).FirstOrDefault()),
            CustomValue.Date => (Expression<Func<IQueryable<OwnValue>, Guid?, DateOnly?>>)((values, subject) => values
                .Where(v => v.Kind == kind && v.SubjectId == subject && v.Name == name).Select(v => v.Day).FirstOrDefault()),
            CustomValue.YesNo => (Expression<Func<IQueryable<OwnValue>, Guid?, bool>>)((values, subject) => values
                .Any(v => v.Kind == kind && v.SubjectId == subject && v.Name == name && v.IsTrue)),
            _ => (Expression<Func<IQueryable<OwnValue>, Guid?, string?>>)((values, subject) => values
                .Where(v => v.Kind == kind && v.SubjectId == subject && v.Name == name).Select(v => v.Text).FirstOrDefault()),
        };
        var sources = Expression.Parameter(typeof(SegmentSources), "s");
        var read = new Replace(new Dictionary<Expression, Expression>
        {
            [value.Parameters[0]] = Expression.Property(sources, nameof(SegmentSources.OwnValues)),
            [value.Parameters[1]] = id.Body,
        }).Visit(value.Body);
        var type = holds switch
        {
            CustomValue.Number => FieldType.Number,
            CustomValue.Date => FieldType.Date,
            CustomValue.YesNo => FieldType.Flag,
            _ => FieldType.Text,
        };
        return new SegmentField(name, Group, type, Expression.Lambda(read, id.Parameters[0], sources));
    }

    private sealed class Replace(IReadOnlyDictionary<Expression, Expression> by) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => by.TryGetValue(node, out var other) ? other : node;
    }
}
