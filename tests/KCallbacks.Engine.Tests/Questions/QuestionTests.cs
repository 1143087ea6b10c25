using System.Text.RegularExpressions;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Kernel;
using KCallbacks.Tool;

namespace KCallbacks.Engine.Tests.Questions;

/// <summary>
/// The commands of <c>docs/questions</c>, run as a reader would, and the lines of output that the pages show. With the environment variable
/// <c>KCALLBACKS_UPDATE_SNAPSHOTS=1</c> outputs that differ are written into the pages, to be reviewed in the diff.
/// </summary>
[TestClass]
public sealed partial class QuestionTests
{
    private static readonly bool IsUpdate = Environment.GetEnvironmentVariable("KCALLBACKS_UPDATE_SNAPSHOTS") == "1";

    public static IEnumerable<object[]> Pages => QuestionPage.Names.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public void The_commands_of_a_page_print_what_it_shows(string name)
    {
        var page = QuestionPage.Read(name);
        QuestionCommand[] commands = [.. page.Commands];
        Assert.IsNotEmpty(commands);
        using Subject subject = Subject.Of(page);

        (QuestionCommand Command, IReadOnlyList<string> Output)[] wrong =
        [
            .. commands.Select(command => (command, Output: subject.Run(command))).Where(run => !QuestionPage.Shows(run.command.Output, run.Output)),
        ];

        if (IsUpdate && wrong.Length > 0)
            page.Write(wrong);
        else
            Assert.IsEmpty(wrong, string.Join('\n', wrong.Select(run => $"{run.Command.Text} prints\n{string.Join('\n', run.Output)}")));
    }

    [TestMethod]
    public void Every_page_is_in_the_list()
    {
        string list = File.ReadAllText(Path.Combine(Paths.Repository.Root, "docs", "questions", "README.md"));

        foreach (string name in QuestionPage.Names)
            Assert.Contains($"]({name})", list);
    }

    /// <summary>What the commands of a page run on.</summary>
    private sealed partial class Subject : IDisposable
    {
        private readonly string _path;
        private readonly Lazy<EngineProcess?> _engine;

        private Subject(string path, Func<EngineProcess?> open)
        {
            _path = path;
            _engine = new(open);
        }

        public static Subject Of(QuestionPage page)
        {
            (string kind, string name) = page.Subject;
            if (kind == "text")
                return new(Path.Combine(Paths.Repository.Root, "tests", "questions", $"{name}.txt"), () => null);
            if (kind == "kernel")
            {
                KernelDumpPlan kernel = KernelCases.All.Single(plan => plan.Name == name);
                return new(FixtureFolder.OfRepository.Generate(kernel).Path, () => GeneratedSession.Open(kernel).Engine);
            }

            DumpPlan plan = QuestionCases.All.Single(plan => plan.Name == name);
            return new(FixtureFolder.OfRepository.Generate(plan).Path, () => GeneratedSession.Open(plan).Engine);
        }

        public void Dispose()
        {
            if (_engine.IsValueCreated)
                _engine.Value?.Dispose();
        }

        public IReadOnlyList<string> Run(QuestionCommand command)
        {
            string output = command.IsDebuggers ? InDebugger(command.Text) : WithTool(command.Text);
            string[] lines = [.. Milliseconds().Replace(output, "# ms").Split('\n').Select(line => line.TrimEnd())];
            return [.. lines.Reverse().SkipWhile(line => line.Length == 0).Reverse()];
        }

        private string InDebugger(string command)
        {
            if (!_engine.IsValueCreated)
                _engine.Value!.Execute("!kcallbacks"); // Loads the symbols and says what is wrong with them.
            return _engine.Value!.Execute(command).Text;
        }

        /// <summary>The page calls the file by a name of its own.</summary>
        private string WithTool(string command)
        {
            string[] words = command.Split(' ');
            Assert.AreEqual("kcallbacks", words[0]);
            string file = words.Single(word => word.EndsWith(".dmp", StringComparison.Ordinal) || word.EndsWith(".txt", StringComparison.Ordinal));
            using var output = new StringWriter();
            using var progress = new StringWriter();
            new ToolHost(Stream.Null, output, progress, TimeProvider.System, width: 100).Run([.. words.Skip(1).Select(word => word == file ? _path : word)]);
            return output.ToString().Replace(_path, file, StringComparison.Ordinal);
        }

        [GeneratedRegex(@"\d+(\.\d+)? ms\b")]
        private static partial Regex Milliseconds();
    }
}
