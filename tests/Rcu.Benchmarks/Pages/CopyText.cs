using System.Globalization;
using System.Text;

namespace Rcu.Benchmarks.Pages;

/// <summary>Rows as the server's text copy takes them: cells apart by a tab, one row a line.</summary>
internal sealed class CopyText
{
    private const string Null = "\\N";
    private readonly StringBuilder _text = new(1 << 16);
    private bool _begun;

    public StringBuilder Rows => _text;

    public CopyText Text(string? value)
    {
        Next();
        if (value is null)
        {
            _text.Append(Null);
            return this;
        }

        foreach (var letter in value)
        {
            _ = letter switch
            {
                '\\' => _text.Append("\\\\"),
                '\t' => _text.Append("\\t"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                _ => _text.Append(letter),
            };
        }

        return this;
    }

    public CopyText Id(Guid? value)
    {
        Next();
        _ = value is { } id ? _text.Append(CultureInfo.InvariantCulture, $"{id:D}") : _text.Append(Null);
        return this;
    }

    public CopyText Number(decimal? value)
    {
        Next();
        _ = value is { } number ? _text.Append(CultureInfo.InvariantCulture, $"{number}") : _text.Append(Null);
        return this;
    }

    public CopyText Day(DateOnly? value)
    {
        Next();
        _ = value is { } day ? _text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}") : _text.Append(Null);
        return this;
    }

    public CopyText At(DateTimeOffset? value)
    {
        Next();
        _ = value is { } at ? _text.Append(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00") : _text.Append(Null);
        return this;
    }

    public CopyText Flag(bool? value)
    {
        Next();
        _ = value is { } flag ? _text.Append(flag ? 't' : 'f') : _text.Append(Null);
        return this;
    }

    /// <summary>None of them holds a comma, a brace, a space or a quote.</summary>
    public CopyText List(params IEnumerable<object> values)
    {
        Next();
        _text.Append('{').AppendJoin(',', values).Append('}');
        return this;
    }

    public void End()
    {
        _text.Append('\n');
        _begun = false;
    }

    private void Next()
    {
        if (_begun)
        {
            _text.Append('\t');
        }

        _begun = true;
    }
}
