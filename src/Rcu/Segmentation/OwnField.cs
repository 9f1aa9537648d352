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

    /// <param name="subject">Account or contact.</param>
    /// <param name="ofAccount">Whether a contact is asked for its account's.</param>
    /// <returns>Null when the name is none of such a field.</returns>
    public static SegmentField? Find(Type subject, string name, bool ofAccount)
    {
        if (CustomField.HeldBy(name) is not { } holds || CustomField.IsReserved(name))
        {
            return null;
        }

        var isOfContact = name[CustomField.Prefix.Length..].Split('_', 2)[^1].StartsWith(OfContact, StringComparison.Ordinal);
        return subject == typeof(Account) && !isOfContact ? Of<Account>(name, holds, RecordKind.Account, a => a.Id)
            : subject != typeof(Contact) || isOfContact == ofAccount ? null
            : ofAccount ? Of<Contact>(name, holds, RecordKind.Account, c => c.AccountId)
            : Of<Contact>(name, holds, RecordKind.Contact, c => c.Id);
    }

    private static SegmentField Of<T>(string name, CustomValue holds, RecordKind kind, Expression<Func<T, Guid?>> id)
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
