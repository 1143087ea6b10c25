using System.Text.RegularExpressions;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Engine.Tests.Command;

/// <summary>What two clients of one session get of the same command: one wants markup, the other text.</summary>
[TestClass]
public sealed partial class MarkupTests
{
    [TestMethod]
    [DataRow("!kcallbacks")]
    [DataRow("!kcallbacks -a -v")]
    [DataRow("!kcallbacks -g")]
    [DataRow("!kcallbacks -?")]
    public void Markup_without_its_tags_is_the_text(string command)
    {
        foreach (DumpPlan plan in (DumpPlan[])[UserCases.HostileNames, UserCases.Shapes(WindowsLayout.Windows10)])
        {
            (_, EngineProcess opened) = GeneratedSession.Open(plan);
            using EngineProcess engine = opened;
            engine.Run("~*k");

            Reply reply = engine.Execute(command);

            Assert.AreEqual(reply.Text, Markup.WithoutTags(reply.Markup), plan.Name);
        }
    }

    [TestMethod]
    public void Only_commands_of_ours_are_links_whatever_the_names_are()
    {
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.HostileNames);
        using EngineProcess engine = opened;

        string markup = engine.Execute("!kcallbacks -a -v").Markup + engine.Execute("!kcallbacks").Markup;

        string[] commands = [.. LinkCommand().Matches(markup).Select(match => match.Groups["command"].Value).Distinct()];
        Assert.IsNotEmpty(commands);
        Assert.IsEmpty(commands.Where(command => !OwnCommand().IsMatch(command)));
        Assert.DoesNotContain(".shell", string.Join(' ', commands));
    }

    [TestMethod]
    public void A_thread_is_one_click_away()
    {
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.Nested(WindowsLayout.Windows10));
        using EngineProcess engine = opened;
        string link = LinkCommand().Matches(engine.Execute("!kcallbacks -t 4").Markup).Select(match => match.Groups["command"].Value).First(command => command.EndsWith("]s;kn", StringComparison.Ordinal));

        string stack = engine.Run(link);

        Assert.Contains("KiUserCallbackDispatcher", stack);
        Assert.Contains(".  4  Id:", engine.Run("~."));
    }

    [GeneratedRegex("<link cmd=\"(?<command>[^\"]*)\">")]
    private static partial Regex LinkCommand();

    [GeneratedRegex(@"^(~~\[[0-9a-f]+\]s;kn|u \w+!\w+|lmvm \w+|!kcallbacks( -[a-z?]+)+( [0-9,]+| ~~\[[0-9a-f]+\])?|!handle [0-9a-f]+ f|\.reload /f \w+\.dll)$")]
    private static partial Regex OwnCommand();
}
