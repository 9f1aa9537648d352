using System.Globalization;
using System.Resources;
using Rcu.Web.Hosting;

namespace Rcu.Web.Commands;

/// <summary>One thing the program can be told to do on its command line; its help is the text <c>verb.name</c>.</summary>
/// <param name="DoAsync">Given the words after the verb, does it and answers the exit code.</param>
internal sealed record Verb(string Name, Func<string[], Task<int>> DoAsync)
{
    /// <summary>The exit code of a command that was not written as it must be.</summary>
    public const int Misused = 2;

    /// <summary>Does what the first word says; options alone, or nothing, mean the first verb.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<Verb> verbs, string[] args)
    {
        if (args is [] || args[0].StartsWith("--", StringComparison.Ordinal) && args[0] != "--help")
        {
            return await verbs[0].DoAsync(args);
        }

        if (verbs.FirstOrDefault(verb => verb.Name == args[0]) is { } known)
        {
            return await known.DoAsync(args[1..]);
        }

        var asked = args[0] is "help" or "--help" or "-h";
        var to = asked ? Console.Out : Console.Error;
        if (!asked)
        {
            await to.WriteLineAsync(Text("verb.unknown", args[0]));
        }

        await to.WriteLineAsync(Text("verb.usage"));
        foreach (var verb in verbs)
        {
            await to.WriteLineAsync($"  {verb.Name,-10} {Text($"verb.{verb.Name}")}");
        }

        return asked ? 0 : Misused;
    }

    /// <summary>A sentence for the console, in the language of the terminal: English when it says so, else French.</summary>
    public static string Text(string key, params object[] values)
    {
        var english = (Environment.GetEnvironmentVariable("LANG") ?? "").StartsWith("en", StringComparison.OrdinalIgnoreCase);
        var culture = CultureInfo.GetCultureInfo(english ? "en" : "fr");
        return string.Format(new PluralFormat(culture), Sentences.GetString(key, culture) ?? key, values);
    }

    private static readonly ResourceManager Sentences = new(typeof(Texts));
}
