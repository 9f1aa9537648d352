namespace Rcu.Web.Commands.Duplicates;

/// <summary>One line on a terminal's standard error that fills up as the work goes; nothing when nobody looks.</summary>
internal sealed class ProgressBar : IProgress<double>
{
    private const int Width = 30;

    private readonly bool _seen = !Console.IsErrorRedirected;
    private string _stage = "";
    private int _shown = -1;

    /// <param name="stage">What is being done, as it is read.</param>
    public void Enter(string stage)
    {
        (_stage, _shown) = (stage, -1);
        Report(0);
    }

    public void Report(double value)
    {
        var share = (int)(Math.Clamp(value, 0, 1) * 100);
        if (_seen && share != _shown)
        {
            _shown = share;
            Console.Error.Write($"\r  {_stage,-16} [{new string('#', share * Width / 100).PadRight(Width, '.')}] {share,3} %");
        }
    }

    /// <summary>Wipes the line: the outcome takes its place.</summary>
    public void Clear()
    {
        if (_seen)
        {
            Console.Error.Write($"\r{new string(' ', Width + 30)}\r");
        }
    }
}
