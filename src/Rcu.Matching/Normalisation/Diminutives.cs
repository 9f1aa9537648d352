using System.Text;
using Rcu.Matching.Text;

namespace Rcu.Matching.Normalisation;

/// <summary>Given names and the short forms people go by, French and English: "Fred" is Frédéric, "Bill" is William.</summary>
internal static class Diminutives
{
    // Each line is one name and its forms; a form may belong to several names.
    private static readonly string[] Lines =
    [
        "alexandre alex sacha", "alexandra alex sandra", "alain al", "albert bebert al bert", "alfred fred al",
        "andre dede", "andrew andy drew", "angelique angie", "anne annie nanou", "anthony tony anto", "antoine toine tony",
        "antoinette toinette", "arthur tutur art", "augustin gus", "barbara barb babs", "benjamin ben benji", "benoit ben",
        "bernadette bern", "bernard nanard bern", "bertrand bebert", "catherine cathy kate katie cat", "cecile cecil",
        "charles charlie charly chuck", "charlotte charlie lotte", "christian chris", "christelle chris",
        "christine chris christie tina", "christophe chris tophe", "christopher chris kit", "claude cloclo", "claudine clo",
        "clement clem", "daniel dan dany danny", "danielle dany", "david dave", "deborah deb debbie", "denis denys",
        "dominique domi dom", "donald don donnie", "edouard edo ed", "edward ed eddie ted ned", "elisabeth babeth lise elise lili",
        "elizabeth liz beth betty eliza lisa libby", "emmanuel manu", "emmanuelle manu", "eric rico", "etienne tienou",
        "fabien fab", "fabrice fab", "florence flo", "florent flo", "florian flo", "francis frank", "francois fanfan",
        "francoise francette", "franck frank", "frederic fred", "frederick fred freddy", "frederique fred", "gabriel gab gaby",
        "gabrielle gaby", "genevieve ginette", "georges jojo", "gerard gege", "gilbert gil", "gregory greg", "guillaume guigui will",
        "guy guitou", "helene leni", "henri riton", "henry harry hank", "herve rv", "hubert hub", "isabelle isa babelle belle",
        "jacqueline jackie line", "jacques jacky jacquot", "james jim jimmy jamie", "jean jeannot", "jean-baptiste jb",
        "jeanne jeannette", "jennifer jen jenny", "jeremie jerem", "jeremy jerem jez", "jerome jej", "jessica jess jessie",
        "john jack johnny jon", "jonathan jon jo nathan", "joseph jo joe jose joey", "josephine jo fifi", "joshua josh", "julie juju",
        "julien ju juju", "juliette ju", "katherine kate kathy katie kay", "kenneth ken kenny", "kevin kev", "laetitia laeti",
        "laurence lolo", "laurent lolo", "lawrence larry", "leonard leo len", "louis loulou lou", "louise lou loulou", "lucien lulu",
        "madeleine mado", "marcel cello", "margaret maggie meg peggy", "marguerite margot", "marianne mimi", "marie mimi",
        "marine mimi", "mathieu mat matt", "matthieu mat matt", "matthew matt", "mathilde mat", "maurice momo", "maxime max",
        "maximilien max", "melanie mel", "michael mike mick mickey micka", "mickael mick micka", "michel mimi miche",
        "michele mich", "monique momo", "nathalie nath", "natalie nat", "nathan nat", "nicholas nick", "nicolas nico",
        "nicole nicky", "olivier oliv olive", "pamela pam", "pascal pasc", "patricia pat patty tricia", "patrick pat", "paul paulo",
        "philippe phil", "philip phil", "pierre pierrot", "quentin quen", "raphael raph", "raymond ray momo", "regis reg",
        "rene nene", "richard rick dick rich ritchie", "robert bob bobby rob robby bert", "roger rog", "roland rol",
        "ronald ron ronnie", "samantha sam", "samuel sam", "sandrine sand", "sebastien seb", "serge sergio", "severine sev",
        "simon sim", "sophie soph", "stephane steph", "stephanie steph", "stephen steve", "steven steve", "susan sue susie",
        "suzanne suzy", "sylvain sylv", "sylvie syl", "theodore theo ted", "thierry titi", "thomas tom tommy", "timothee tim",
        "timothy tim", "valentin val", "valerie val", "veronique vero", "victor vic", "victoria vicky", "vincent vinc vince",
        "virginie nini", "vladimir vlad", "william bill billy will willy liam", "xavier xav", "yannick yann", "yves yvon",
        "zacharie zac", "zoe zozo",
    ];

    private static readonly ByteTable Names = new();
    private static readonly Dictionary<int, HashSet<int>> LinesOf = Read();

    /// <summary>The code of a name that has short forms, or of a short form; 0 for any other.</summary>
    public static int CodeOf(ReadOnlySpan<byte> name) => Names.Find(name);

    /// <summary>Whether one line holds both names.</summary>
    public static bool AreOne(int left, int right) => left != 0 && right != 0 && LinesOf[left].Overlaps(LinesOf[right]);

    private static Dictionary<int, HashSet<int>> Read()
    {
        var lines = new Dictionary<int, HashSet<int>>();
        for (var line = 0; line < Lines.Length; line++)
        {
            foreach (var name in Lines[line].Split(' '))
            {
                var code = Names.Encode(Encoding.ASCII.GetBytes(name.Replace('-', ' ')));
                lines.TryAdd(code, []);
                lines[code].Add(line);
            }
        }

        return lines;
    }
}
