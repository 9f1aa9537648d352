using System.Text;

namespace Rcu.Ingestion.Reading.Json;

/// <summary>Cuts a JSON text into the items of its list, sign by sign, without ever holding more than one of them.</summary>
internal sealed class JsonItems(string? list, int limit)
{
    private readonly List<char> _open = [];
    private readonly StringBuilder _item = new();
    private readonly StringBuilder _name = new();

    // How many brackets stand around the items; -1 while their list is not found, -2 once it is passed.
    private int _depth = list is null ? 0 : -1;
    private bool _inItem;
    private bool _inText;
    private bool _escaped;
    private bool _afterReturn;
    private long _length;

    public long Line { get; private set; } = 1;

    /// <summary>Where the item just ended begins.</summary>
    public long FirstLine { get; private set; }

    public string Text { get; private set; } = "";

    /// <summary>False: the item is longer than the limit, and only its beginning is there.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>The text stopped before its list did.</summary>
    public bool IsCut { get; private set; }

    /// <summary>True: an item has just ended.</summary>
    public bool Add(char sign)
    {
        var ended = Take(sign);
        if (sign is '\r' || (sign is '\n' && !_afterReturn))
        {
            Line++;
        }

        _afterReturn = sign is '\r';
        return ended;
    }

    /// <summary>The text is over. True: an item was not.</summary>
    public bool End()
    {
        IsCut = _open.Count > 0 || _inText || _depth == -1;
        return _inItem && Ended();
    }

    private bool Take(char sign)
    {
        if (_inText)
        {
            Keep(sign);

            // No JSON text goes over a line: a quote was forgotten.
            var over = sign is '\n' or '\r' || (sign is '"' && !_escaped);
            _escaped = !_escaped && sign is '\\';
            _inText = !over;
            return false;
        }

        return sign switch
        {
            '"' => Quote(),
            '{' or '[' => Opened(sign),
            '}' or ']' => Closed(sign),
            ',' when _inItem && _open.Count == _depth => Ended(),
            _ when sign is ',' or '\uFEFF' || char.IsWhiteSpace(sign) => Between(sign),
            _ => Other(sign),
        };
    }

    private bool Quote()
    {
        Begin();
        _name.Clear();
        Keep('"');
        (_inText, _escaped) = (true, false);
        return false;
    }

    private bool Opened(char sign)
    {
        var isList = sign is '[' && !_inItem && (_depth == 0
            ? _open.Count == 0
            : _depth == -1 && _open is ['{'] && _name.ToString() == $"\"{list}\"");
        if (isList)
        {
            _open.Add(sign);
            _depth = _open.Count;
            return false;
        }

        Begin();
        Keep(sign);
        _open.Add(sign);
        return false;
    }

    private bool Closed(char sign)
    {
        var at = _open.LastIndexOf(sign is '}' ? '{' : '[');
        var endsList = _depth > 0 && at == _depth - 1 && sign is ']';
        if (at < 0 || (_depth > 0 && at < _depth && !endsList))
        {
            return _inItem && _open.Count == _depth && Ended(); // it closes nothing: what it was in is malformed
        }

        if (_inItem && !endsList)
        {
            Keep(sign);
        }

        // What was left open inside is closed with it.
        _open.RemoveRange(at, _open.Count - at);
        var ended = _inItem && _open.Count <= _depth && Ended();
        LeaveList();
        return ended;
    }

    private void LeaveList()
    {
        if (_depth > 0 && _open.Count < _depth)
        {
            _depth = list is null ? 0 : -2;
        }
    }

    private bool Between(char sign)
    {
        if (_inItem)
        {
            Keep(sign);
        }

        return false;
    }

    private bool Other(char sign)
    {
        Begin();
        return Between(sign);
    }

    private void Begin()
    {
        if (!_inItem && _depth >= 0 && _open.Count == _depth)
        {
            (_inItem, FirstLine, _length) = (true, Line, 0);
            _item.Clear();
        }
    }

    private void Keep(char sign)
    {
        if (_inItem && _length++ < limit)
        {
            _item.Append(sign);
        }
        else if (!_inItem && _name.Length < 200)
        {
            _name.Append(sign);
        }
    }

    private bool Ended()
    {
        (Text, IsWhole, _inItem) = (_item.ToString().Trim(), _length <= limit, false);
        _item.Clear();
        return true;
    }
}
