using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using KCallbacks.EngineHost.Client.Protocol;
using KCallbacks.Engine.Tests.DataModel;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Kernel;

namespace KCallbacks.Engine.Tests.Kernel;

/// <summary>How the command behaves in kernel sessions: what the user had selected stays, and what cannot be done is said in one line.</summary>
[TestClass]
public sealed partial class KernelConductTests
{
    /// <summary>Milliseconds for a thread that is in no callback.</summary>
    private const double MostPerThread = 0.2;

    [TestMethod]
    [DataRow("!kcallbacks")]
    [DataRow("!kcallbacks -p all")]
    [DataRow("!kcallbacks -p all -walk -v")]
    [DataRow("!kcallbacks -p all -u -json")]
    [DataRow("!kcallbacks -p nosuch")]
    [DataRow("!kcallbacks -p ffff800000001000")]
    [DataRow("!kcallbacks -p all -record C:\\fails.at.the.second.process")]
    [DataRow("!kcallbacks -p all -jsonfile Q:\\no\\such\\folder\\file")]
    [DataRow("dx -r2 @$cursession.Processes.Select(p => p.KernelCallbacks)")]
    public void Process_thread_frame_and_page_directory_are_as_before(string command)
    {
        (KernelDump dump, EngineProcess engine) = KernelReport.Open("kernel-win10");
        using EngineProcess session = engine;
        KernelProcess browser = dump.Processes[1];
        AssertKept(engine, browser, command);

        engine.Run($".thread /p /r 0x{browser.Threads[1].Address:x}");
        AssertKept(engine, browser, command);

        engine.Run(".frame 5");
        AssertKept(engine, browser, command);
    }

    [TestMethod]
    [DataRow(PageDirectoryDamage.LacksKernel)]
    [DataRow(PageDirectoryDamage.Elsewhere)]
    public void The_selection_is_as_before_although_a_process_has_a_damaged_page_directory(PageDirectoryDamage damage)
    {
        (KernelDump dump, EngineProcess engine) = GeneratedSession.Open(KernelCases.DamagedDirectory(damage));
        using EngineProcess session = engine;

        foreach (string command in (string[])["!kcallbacks -p all", "!kcallbacks -p all -walk -v", "dx -r2 @$cursession.Processes.Select(p => p.KernelCallbacks)"])
            AssertKept(engine, dump.Processes[0], command);
        Assert.Contains("page directory is damaged", engine.Run("!kcallbacks -p all -v"));
        string threads = engine.Run("!kcallbacks -p all -a");
        foreach (KernelThread thread in dump.Processes.SelectMany(process => process.Threads).Where(thread => thread.State.CallbackDepth > 0))
            Assert.Contains($"{thread.Address:x16}", threads);
    }

    [TestMethod]
    public void Modules_are_those_of_before_unless_user_modules_are_asked_for()
    {
        (_, EngineProcess engine) = KernelReport.Open("kernel-win10");
        using EngineProcess session = engine;
        engine.Run(".reload /u");
        engine.Run(".reload nt");
        string[] before = Modules(engine);

        engine.Run("!kcallbacks -p all -v");
        CollectionAssert.AreEqual(before, Modules(engine));

        engine.Run("!kcallbacks -p browser.exe -u");
        Assert.IsGreaterThan(before.Length, Modules(engine).Length);
    }

    [TestMethod]
    public void Five_thousand_threads_are_scanned_within_the_limit()
    {
        (KernelDump dump, EngineProcess engine) = GeneratedSession.Open(KernelCases.Large);
        using EngineProcess session = engine;
        engine.Run("!kcallbacks"); // The first one loads symbols.

        Reply reply = engine.Execute("!kcallbacks -g");

        int threads = int.Parse(Summary().Match(reply.Text).Groups["threads"].ValueSpan, CultureInfo.InvariantCulture);
        Assert.AreEqual(dump.Processes[0].Threads.Count, threads);
        Assert.IsLessThan(MostPerThread * threads, reply.Milliseconds, reply.Text);
    }

    [TestMethod]
    public void Ctrl_Break_stops_between_two_threads_and_says_what_is_missing()
    {
        (_, EngineProcess engine) = GeneratedSession.Open(KernelCases.Large);
        using EngineProcess session = engine;
        string before = engine.Run("r $thread,$proc");

        string text = engine.Execute("!kcallbacks -walk", interruptAfter: 100).Text;

        Assert.Contains("PARTIAL", text);
        Assert.AreEqual(before, engine.Run("r $thread,$proc"));
    }

    /// <summary>While a Ctrl+Break waits to be seen, the engine's reads fail.</summary>
    [TestMethod]
    public void Ctrl_Break_at_any_moment_is_not_taken_for_damage_or_missing_symbols()
    {
        (_, EngineProcess engine) = GeneratedSession.Open(KernelCases.Large);
        using EngineProcess session = engine;
        engine.Run("!kcallbacks -p all"); // The first one loads symbols.
        string whole = CountsIn(engine.Run("!kcallbacks -p all"));

        for (int moment = 0; moment < 60; moment++)
        {
            string text = engine.Execute("!kcallbacks -p all", interruptAfter: moment / 2).Text;

            Assert.DoesNotContain("damaged", text);
            Assert.DoesNotContain("missing", text);
            bool saysSo = text.Contains("PARTIAL", StringComparison.Ordinal) || text.Contains("Stopped by Ctrl+Break", StringComparison.Ordinal);
            Assert.IsTrue(saysSo || CountsIn(text) == whole, text);
            // How many threads there are is not known when listing was stopped.
            Assert.DoesNotMatchRegex(@"PARTIAL: \d+ of", text);
        }

        static string CountsIn(string text) => Summary().Match(text).Value;
    }

    [TestMethod]
    public void A_process_that_does_not_exist_is_said_in_one_line()
    {
        (_, EngineProcess engine) = KernelReport.Open("kernel-win10");
        using EngineProcess session = engine;

        Assert.Contains("has the id or name 'nosuch'", OneLine(engine, "!kcallbacks -p nosuch"));
        Assert.Contains("no EPROCESS at 0xffff800000001000", OneLine(engine, "!kcallbacks -p ffff8000`00001000"));
        Assert.Contains("A recording holds one process", OneLine(engine, "!kcallbacks -p all -record C:\\none.json"));
    }

    [TestMethod]
    public void Without_symbols_of_the_kernel_the_current_thread_is_judged_and_one_line_says_why()
    {
        (KernelDump dump, EngineProcess engine) = KernelReport.Open("kernel-no-symbols");
        using EngineProcess session = engine;

        JsonElement report = KernelReport.Of(engine, "");

        JsonElement thread = report.GetProperty("threads").EnumerateArray().Single();
        KernelThread current = dump.Processes[0].Threads[0];
        Assert.AreEqual($"0x{current.Address:x16}", thread.GetProperty("kernel").GetProperty("address").GetString());
        Assert.AreEqual("in-callback", thread.GetProperty("verdict").GetString());
        Assert.AreEqual(current.State.CallbackDepth, thread.GetProperty("depth").GetInt32());
        Assert.Contains("the symbols of nt are missing", report.GetProperty("warnings")[0].GetString()!);
        Assert.Contains("the symbols of nt are missing", OneLine(engine, "!kcallbacks -p all"));
    }

    [TestMethod]
    public void A_triage_dump_has_one_thread_that_is_unknown_and_one_line_says_what_it_holds()
    {
        (_, EngineProcess engine) = KernelReport.Open("kernel-triage");
        using EngineProcess session = engine;

        JsonElement report = KernelReport.Of(engine, "");

        JsonElement thread = report.GetProperty("threads").EnumerateArray().Single();
        Assert.AreEqual("unknown", thread.GetProperty("verdict").GetString());
        Assert.Contains("holds no user memory", thread.GetProperty("reason").GetString()!);
        Assert.Contains("it holds one thread and no user memory. Only the current thread is judged.", report.GetProperty("warnings")[0].GetString()!);
        Assert.Contains("Process 8 is not its", OneLine(engine, "!kcallbacks -p 8"));
        Assert.HasCount(1, KernelReport.Of(engine, "-p all").GetProperty("threads").EnumerateArray());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void The_thread_of_a_triage_dump_is_known_for_the_systems_without_symbols(bool hasSymbols)
    {
        (_, EngineProcess engine) = GeneratedSession.Open(
            KernelCases.Triage with { Name = $"kernel-triage-system-{hasSymbols}", StoppedBySystemThread = true, HasSymbols = hasSymbols });
        using EngineProcess session = engine;

        JsonElement thread = KernelReport.Of(engine, "").GetProperty("threads").EnumerateArray().Single();

        Assert.AreEqual("none", thread.GetProperty("verdict").GetString());
        Assert.AreEqual("high", thread.GetProperty("confidence").GetString());
        Assert.Contains("a thread of the system", thread.GetProperty("reason").GetString()!);
        Assert.AreEqual("none", engine.ValueOf("@$curthread.KernelCallback.Verdict"));
    }

    [TestMethod]
    [DataRow("kernel-triage", "unknown", "one thread and no user memory")]
    [DataRow("kernel-no-symbols", "in-callback", "the symbols of nt are missing")]
    public void Without_ids_the_data_model_says_what_the_command_says(string name, string verdict, string summary)
    {
        (KernelDump dump, EngineProcess engine) = KernelReport.Open(name);
        using EngineProcess session = engine;
        string key = $"0x{dump.Processes[0].Threads[0].Address:x}";

        Assert.AreEqual(verdict, engine.ValueOf("@$curthread.KernelCallback.Verdict"));
        Assert.AreEqual(verdict, engine.ValueOf($"@$curprocess.KernelCallbacks[{key}].Verdict"));
        Assert.AreEqual(verdict, engine.ValueOf($"@$kernelcallbacks()[{key}].Verdict"));
        string told = engine.ValueOf("@$curprocess.KernelCallbacks.Summary");
        Assert.Contains(summary, told);
        Assert.DoesNotContain("..", told);
        Assert.AreEqual(told, engine.ValueOf("@$kernelcallbacks().Summary"));
        Assert.Contains(summary, engine.ValueOf("@$callbackfacts().Warnings"));
        Assert.DoesNotContain("Error", engine.Run("dx -r2 @$curprocess.KernelCallbacks"));
    }

    [TestMethod]
    public void A_dump_without_lists_has_the_current_thread_with_the_kernels_count()
    {
        (KernelDump dump, EngineProcess engine) = GeneratedSession.Open(KernelCases.Triage with { Name = "kernel-triage-symbols", HasSymbols = true });
        using EngineProcess session = engine;

        JsonElement report = KernelReport.Of(engine, "");

        JsonElement thread = report.GetProperty("threads").EnumerateArray().Single();
        Assert.AreEqual(dump.Processes[0].Threads[0].State.CallbackDepth, thread.GetProperty("depth").GetInt32());
        Assert.Contains("not in the dump", thread.GetProperty("reason").GetString()!);
        Assert.Contains("Only the current thread is judged", report.GetProperty("warnings")[0].GetString()!);
    }

    [TestMethod]
    public void Symbols_of_another_kernel_are_not_believed()
    {
        (_, EngineProcess engine) = KernelReport.Open("kernel-win10");
        using EngineProcess session = engine;
        (KernelDump other, _) = FixtureFolder.OfRepository.Generate(KernelCases.Desktop(KernelVersion.Windows7));
        engine.Run($".sympath {EngineRun.Platform.WindowsPathOf(other.Images.Folder)}");
        engine.Execute(".reload /u");
        engine.Execute(".reload /i nt");

        Assert.Contains("the symbols of nt belong to another kernel", OneLine(engine, "!kcallbacks -p all"));
        JsonElement report = KernelReport.Of(engine, "");
        Assert.Contains("the symbols of nt belong to another kernel", report.GetProperty("warnings")[0].GetString()!);
        Assert.AreEqual(1, report.GetProperty("summary").GetProperty("threads").GetInt32());
    }

    private static string OneLine(EngineProcess engine, string command) =>
        engine.Execute(command).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Single(line => line.StartsWith("kcallbacks:", StringComparison.Ordinal));

    private static void AssertKept(EngineProcess engine, KernelProcess process, string command)
    {
        // The same address of the user half holds something else in every process: it tells the page directory.
        ulong stack = process.Threads[1].User.Stack.StackPointer;
        string[] shown = ["r $thread,$proc", ".frame", "r", $"dq 0x{stack:x} L8", "kn 3"];
        _ = shown.Select(engine.Run).ToArray(); // The first walk prints warnings about symbols.
        string[] before = [.. shown.Select(engine.Run)];

        engine.Execute(command);

        CollectionAssert.AreEqual(before, shown.Select(engine.Run).ToArray(), command);
    }

    private static string[] Modules(EngineProcess engine) =>
        [.. engine.Run("lm").Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2])];

    [GeneratedRegex(@"^(?<threads>\d+) threads.*: \d+ in a callback.*", RegexOptions.Multiline)]
    private static partial Regex Summary();
}
