using System.Text;

namespace Rcu.Simulators.Salesforce;

/// <summary>One Bulk 2.0 job: a file received, done once it is closed and asked after, and the two files of what became of its rows.</summary>
internal sealed class SalesforceJob(SalesforceSimulator organisation, string type)
{
    private readonly StringBuilder _taken = new("\"sf__Id\",\"sf__Created\",\"RcuId__c\"\n");
    private readonly StringBuilder _refused = new("\"sf__Id\",\"sf__Error\",\"RcuId__c\"\n");
    private string _file = "";
    private string _state = "Open";
    private string? _why;

    public string Taken => _taken.ToString();

    public string Refused => _refused.ToString();

    public Reply Upload(string file)
    {
        _file = file;
        return new Reply(201);
    }

    public Reply Close()
    {
        _state = "UploadComplete";
        return new Reply(200, new { state = _state });
    }

    // The first who asks is told that it is being done.
    public Reply State()
    {
        if (_state == "UploadComplete")
        {
            _state = "InProgress";
        }
        else if (_state == "InProgress")
        {
            Do();
        }

        return new Reply(200, new { state = _state, errorMessage = _why });
    }

    private void Do()
    {
        var lines = Lines(_file).ToList();
        var columns = lines[0];
        if (columns.FirstOrDefault(column => !organisation.Known(type).Contains(column)) is { } unknown)
        {
            (_state, _why) = ("Failed", $"InvalidBatch : Field name not found : {unknown}");
            return;
        }

        foreach (var cells in lines.Skip(1))
        {
            var said = columns.Zip(cells).Where(pair => pair.Second.Length > 0).ToDictionary(pair => pair.First, pair => pair.Second == "#N/A" ? null : pair.Second);
            var (record, code, why) = organisation.Write(type, said);
            _ = record is not null
                ? _taken.Append('"').Append(record.Id).Append("\",\"true\",\"").Append(said["RcuId__c"]).Append("\"\n")
                : _refused.Append("\"\",\"").Append(code).Append(':').Append(why).Append(":--\",\"").Append(said["RcuId__c"]).Append("\"\n");
        }

        _state = "JobComplete";
    }

    private static IEnumerable<List<string>> Lines(string file)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < file.Length; i++)
        {
            switch (file[i])
            {
                case '"' when quoted && i + 1 < file.Length && file[i + 1] == '"':
                    cell.Append(file[++i]);
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\n' when !quoted:
                    cells.Add(cell.ToString());
                    cell.Clear();
                    yield return cells;
                    cells = [];
                    break;
                default:
                    cell.Append(file[i]);
                    break;
            }
        }
    }
}
