using System.Text.RegularExpressions;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;
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
    public void Nested_callbacks_look_as_reviewed() => AssertLooks(GeneratedSession.Open(UserCases.Nested(WindowsLayout.Windows10)).Engine, "nested");

    [TestMethod]
    public void Shapes_of_hangs_look_as_reviewed() => AssertLooks(GeneratedSession.Open(UserCases.Shapes(WindowsLayout.Windows10)).Engine, "shapes");

    [TestMethod]
    public void A_32_bit_process_looks_as_reviewed() => AssertLooks(GeneratedSession.Open(UserCases.Wow64(WindowsLayout.Windows10)).Engine, "wow64");

    [TestMethod]
    public void Both_halves_of_a_32_bit_process_look_as_reviewed() => AssertLooks(GeneratedSession.Open(Wow64Cases.Both(WindowsLayout.Windows10)).Engine, "wow64-both", "-v");

    [TestMethod]
    public void An_ARM64_process_looks_as_reviewed() => AssertLooks(GeneratedSession.Open(Arm64Cases.StacksAndCode).Engine, "arm64", "-a");

    [TestMethod]
    public void A_32_bit_Windows_without_symbols_looks_as_reviewed() => AssertLooks(GeneratedSession.Open(UserCases.ExportsOnly(WindowsLayout.Windows7X86)).Engine, "x86");

    [TestMethod]
    public void A_dump_without_symbols_looks_as_reviewed() => AssertLooks(GeneratedSession.Open(UserCases.ExportsOnly(WindowsLayout.Windows10)).Engine, "exports");

    [TestMethod]
    public void A_dump_without_images_looks_as_reviewed() => AssertLooks(GeneratedSession.Open(UserCases.StacksOnly(WindowsLayout.Windows10)).Engine, "stacks");

    [TestMethod]
    public void Hostile_names_look_as_reviewed() => AssertLooks(GeneratedSession.Open(UserCases.HostileNames).Engine, "hostile", "-v");

    [TestMethod]
    public void A_kernel_dump_looks_as_reviewed() => AssertLooks(GeneratedSession.Open(KernelCases.Desktop(KernelVersion.Windows10)).Engine, "kernel", "-p all");

    [TestMethod]
    public void A_deadlock_looks_as_reviewed() => AssertLooks(GeneratedSession.Open(WaitCases.WindowAndSection(WindowsLayout.Windows10)).Engine, "deadlock");

    [TestMethod]
    [DataRow("waits-window-win10", "-width 80", "deadlock-80")]
    [DataRow("waits-window-win10", "-width 160", "deadlock-160")]
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

    private static void AssertLooks(EngineProcess opened, string name, string options = "")
    {
        using EngineProcess engine = opened;
        engine.Execute($"!kcallbacks {options}"); // Loads the symbols and says what is wrong with them.

        Reply reply = engine.Execute($"!kcallbacks {options}");
        Reply json = engine.Execute($"!kcallbacks {options} -json");

        Snapshot.Matches($"{name}.txt", Lines(reply.Text));
        Snapshot.Matches($"{name}.dml", Lines(reply.Markup));
        Snapshot.Matches($"{name}.json", Lines(json.Text));
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
