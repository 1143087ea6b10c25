using System.Diagnostics;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Tool;

namespace KCallbacks.Release.Tests;

/// <summary>The programs that are released do what the same code does under the runtime.</summary>
[TestClass]
public sealed class ToolTests
{
    private const string Text = """
        0:000> ~*k
           0  Id: 1a2c.1a30 Suspend: 1 Teb: 000000aa`bb000000 Unfrozen
        Child-SP          RetAddr               Call Site
        000000aa`bb100000 00007ffa`11111111     win32u!NtUserGetMessage+0x14
        000000aa`bb100010 00007ffa`11111112     USER32!GetMessageW+0x2e
        000000aa`bb100020 00007ffa`11111113     app!Main+0x10
        000000aa`bb100030 00007ffa`11111114     KERNEL32!BaseThreadInitThunk+0x14
        000000aa`bb100040 00000000`00000000     ntdll!RtlUserThreadStart+0x21
        """;

    public static IEnumerable<object[]> Tools => ReleasedTool.All.Select(tool => new object[] { tool });

    [TestMethod]
    [DynamicData(nameof(Tools))]
    public void It_says_its_version(ReleasedTool tool) => Assert.StartsWith("0.", tool.Run("--version").Output);

    [TestMethod]
    [DynamicData(nameof(Tools))]
    public void Every_dump_gets_the_same_answer(ReleasedTool tool)
    {
        string[] dumps = [.. UserCases.All.Select(plan => FixtureFolder.OfRepository.Generate(plan).Path)];
        string folder = Path.GetDirectoryName(dumps[0])!;
        string[] arguments = ["analyze", "-v", .. dumps.Select(dump => Path.GetFileName(dump))];

        ProgramRun run = tool.RunIn(folder, arguments);

        ProgramRun wanted = ProgramRun.Of(new ProcessStartInfo("dotnet", [typeof(ToolHost).Assembly.Location, .. arguments]) { WorkingDirectory = folder });
        Assert.IsTrue(wanted.Output == run.Output, FirstDifference(wanted.Output, run.Output));
        Assert.AreEqual(wanted.Code, run.Code, run.Error);
    }

    [TestMethod]
    [DynamicData(nameof(Tools))]
    public void A_text_on_standard_input_gets_the_same_answer(ReleasedTool tool)
    {
        ProgramRun run = tool.RunWith(Text, "analyze", "--json");

        Assert.AreEqual(0, run.Code, run.Error);
        Assert.Contains("NtUserGetMessage", run.Output);
    }

    [TestMethod]
    [DynamicData(nameof(Tools))]
    public void A_file_that_is_not_there_is_an_error(ReleasedTool tool)
    {
        ProgramRun run = tool.Run("analyze", "nothing.dmp");

        Assert.AreEqual((int)ExitCode.InputError, run.Code);
        Assert.Contains("nothing.dmp: error: there is no such file", run.Error);
    }

    [TestMethod]
    [DynamicData(nameof(Tools))]
    public void The_release_is_installed_found_well_and_removed(ReleasedTool tool)
    {
        string folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;
        string[] into = ["--into", tool.PathOf(Path.Combine(folder, "Dbg"))];
        try
        {
            string[] release = tool.Runtime == "win-x64" ? [] : [ReleaseFiles.Zip];
            ProgramRun installed = tool.Run(["install", .. release, .. into]);
            Assert.AreEqual(0, installed.Code, installed.Error);
            Assert.Contains("kcallbacks.dll", installed.Output);

            ProgramRun doctor = tool.Run(["doctor", .. into]);
            Assert.AreEqual(0, doctor.Code, doctor.Output + doctor.Error);
            Assert.Contains("is a library for amd64", doctor.Output);

            Assert.AreEqual(0, tool.Run(["uninstall", .. into]).Code);
            Assert.IsFalse(Directory.Exists(Path.Combine(folder, "Dbg")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string FirstDifference(string wanted, string found) =>
        wanted.Split('\n').Zip(found.Split('\n')).Where(pair => pair.First != pair.Second).Select(pair => $"wanted: {pair.First}\nfound:  {pair.Second}").FirstOrDefault("one is longer");
}
