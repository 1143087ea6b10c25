using System.Text.RegularExpressions;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Kernel;
using KCallbacks.Fixtures.Windows;
using KCallbacks.Snapshots;

namespace KCallbacks.Engine.Tests.Command;

/// <summary>All that the command prints of a dump in the real engine, as text, as markup and as JSON, held against snapshots.</summary>
[TestClass]
public sealed partial class SnapshotTests
{
    [TestMethod]
    public void Nested_callbacks_look_as_reviewed() => AssertLooks(UserCases.Nested(WindowsLayout.Windows10), "nested");

    [TestMethod]
    public void Shapes_of_hangs_look_as_reviewed() => AssertLooks(UserCases.Shapes(WindowsLayout.Windows10), "shapes");

    [TestMethod]
    public void A_32_bit_process_looks_as_reviewed() => AssertLooks(UserCases.Wow64(WindowsLayout.Windows10), "wow64");

    [TestMethod]
    public void Both_halves_of_a_32_bit_process_look_as_reviewed() => AssertLooks(Wow64Cases.Both(WindowsLayout.Windows10), "wow64-both", "-v");

    [TestMethod]
    public void An_ARM64_process_looks_as_reviewed() => AssertLooks(Arm64Cases.StacksAndCode, "arm64", "-a");

    [TestMethod]
    public void A_32_bit_Windows_without_symbols_looks_as_reviewed() => AssertLooks(UserCases.ExportsOnly(WindowsLayout.Windows7X86), "x86");

    [TestMethod]
    public void A_dump_without_symbols_looks_as_reviewed() => AssertLooks(UserCases.ExportsOnly(WindowsLayout.Windows10), "exports");

    [TestMethod]
    public void A_dump_without_images_looks_as_reviewed() => AssertLooks(UserCases.StacksOnly(WindowsLayout.Windows10), "stacks");

    [TestMethod]
    public void Hostile_names_look_as_reviewed() => AssertLooks(UserCases.HostileNames, "hostile", "-v");

    [TestMethod]
    public void A_kernel_dump_looks_as_reviewed() => AssertLooks(GeneratedSession.Open(KernelCases.Desktop(KernelVersion.Windows10)).Engine, "kernel", "-p all");

    [TestMethod]
    public void A_deadlock_looks_as_reviewed() => AssertLooks(WaitCases.WindowAndSection(WindowsLayout.Windows10), "deadlock");

    [TestMethod]
    [DataRow("waits-window-win10", "-w", "deadlock-w")]
    [DataRow("waits-window-win10", "-v -t 0", "deadlock-v")]
    [DataRow("waits-loader-win10", "", "loader")]
    [DataRow("waits-handles-win10", "-w", "handles-w")]
    [DataRow("waits-edges-win10", "-a", "edges-a")]
    [DataRow("waits-small-win10", "", "waits-small")]
    [DataRow("waits-ring-10-win7", "", "ring")]
    public void Waits_look_as_reviewed(string plan, string options, string name)
    {
        using EngineProcess engine = GeneratedSession.Open(WaitCases.All.Single(known => known.Name == plan)).Engine;
        engine.Execute("!kcallbacks"); // Loads the symbols and says what is wrong with them.

        Snapshot.Matches($"{name}.txt", Lines(engine.Execute($"!kcallbacks {options}").Text));
    }

    [TestMethod]
    public void Two_thousand_threads_on_one_lock_fit_one_screen()
    {
        using EngineProcess engine = GeneratedSession.Open(WaitCases.Crowd).Engine;
        engine.Execute("!kcallbacks"); // Loads the symbols and says what is wrong with them.

        Snapshot.Matches("crowd.txt", Lines(engine.Execute("!kcallbacks").Text));
    }

    /// <summary>The extension at every width, and what the tool prints of the same dump beside it.</summary>
    private static void AssertLooks(DumpPlan plan, string name, string options = "")
    {
        AssertLooks(GeneratedSession.Open(plan).Engine, name, options);

        // Lines are folded by the length of the path, which is to be the same wherever the repository lies.
        string path = Path.GetRelativePath(Environment.CurrentDirectory, FixtureFolder.OfRepository.Generate(plan).Path);
        string[] words = options.Length == 0 ? [] : [options];
        Snapshot.Matches($"{name}-tool.txt", Lines(ToolText.Of(["analyze", .. words, "--width", "100", path]).Replace(path, "(dump)", StringComparison.Ordinal)));
    }

    private static void AssertLooks(EngineProcess opened, string name, string options = "")
    {
        using EngineProcess engine = opened;
        engine.Execute($"!kcallbacks {options}"); // Loads the symbols and says what is wrong with them.

        AssertLooks(engine, options, name, "");
        AssertLooks(engine, $"{options} -width 80", name, "-80");
        AssertLooks(engine, $"{options} -width 160", name, "-160");
        Snapshot.Matches($"{name}.json", Lines(engine.Execute($"!kcallbacks {options} -json").Text));
    }

    private static void AssertLooks(EngineProcess engine, string options, string name, string width)
    {
        Reply reply = engine.Execute($"!kcallbacks {options}");

        Snapshot.Matches($"{name}{width}.txt", Lines(reply.Text));
        Snapshot.Matches($"{name}{width}.dml", Lines(reply.Markup));
        Assert.AreEqual(reply.Text, Markup.WithoutTags(reply.Markup));
    }

    /// <summary>Without times, and without the place of the dump.</summary>
    private static string[] Lines(string output) =>
        PathOfDump().Replace(Milliseconds().Replace(output, "(# ms)"), "\"path\":\"(dump)\"").TrimEnd('\n').Split('\n');

    [GeneratedRegex("\"path\":\"[^\"]+\"")]
    private static partial Regex PathOfDump();

    [GeneratedRegex(@"\(\d+ ms\)")]
    private static partial Regex Milliseconds();
}
