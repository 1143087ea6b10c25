using System.Globalization;
using System.Text.Json;
using KCallbacks.Detection.Model;
using KCallbacks.Engine.Tests.DataModel;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Kernel;

namespace KCallbacks.Engine.Tests.Kernel;

/// <summary>What the command says of generated kernel dumps in the real engine is what was generated.</summary>
[TestClass]
public sealed class KernelFindingTests
{
    private const int SystemThreads = 3;

    public static IEnumerable<object[]> Plans => KernelCases.All.Where(plan => plan.HasSymbols).Select(plan => new object[] { plan.Name });

    [TestMethod]
    [DynamicData(nameof(Plans))]
    public void Every_thread_of_every_process_is_found_as_generated(string name)
    {
        (KernelDump dump, EngineProcess engine) = KernelReport.Open(name);
        using EngineProcess session = engine;

        JsonElement report = KernelReport.Of(engine, "-p all -u");

        Assert.AreEqual("kernel", report.GetProperty("source").GetProperty("session").GetString());
        Dictionary<string, JsonElement> found = KernelReport.ByAddress(report);
        Assert.HasCount(dump.Processes.Sum(process => process.Threads.Count) + SystemThreads, found);
        AssertAllFound(dump, found, withNames: true);
    }

    [TestMethod]
    [DynamicData(nameof(Plans))]
    public void Depth_wait_and_callbacks_are_found_without_user_modules(string name)
    {
        (KernelDump dump, EngineProcess engine) = KernelReport.Open(name);
        using EngineProcess session = engine;
        engine.Run(".reload /u");
        engine.Run(".reload nt");

        Dictionary<string, JsonElement> found = KernelReport.ByAddress(KernelReport.Of(engine, "-p all"));

        AssertAllFound(dump, found, withNames: false);
    }

    /// <summary>Without -p nobody thinks of other processes; what the list of all of them shows is what is told.</summary>
    [TestMethod]
    [DynamicData(nameof(Plans))]
    public void Other_processes_with_blocked_threads_are_told_without_asking(string name)
    {
        (_, EngineProcess engine) = KernelReport.Open(name);
        using EngineProcess session = engine;
        JsonElement own = KernelReport.Of(engine, "");
        HashSet<string> shown = [.. KernelReport.ByAddress(own).Keys];
        Dictionary<string, int> blocked = KernelReport.Of(engine, "-p all").GetProperty("threads").EnumerateArray()
            .Where(thread => thread.GetProperty("depth").GetInt32() > 0 && thread.GetProperty("activity").GetString() is "waits" or "sleeps")
            .Select(thread => thread.GetProperty("kernel"))
            .Where(kernel => !shown.Contains(kernel.GetProperty("address").GetString()!) && kernel.GetProperty("waitReason").GetString() != "WrUserRequest")
            .CountBy(kernel => kernel.GetProperty("process").GetProperty("name").GetString()!).ToDictionary();

        Dictionary<string, int> told = own.GetProperty("alsoBlocked").EnumerateArray().ToDictionary(other => other.GetProperty("process").GetProperty("name").GetString()!, other => other.GetProperty("threads").GetInt32());

        Assert.IsNotEmpty(told);
        CollectionAssert.AreEquivalent(blocked.ToArray(), told.ToArray());
        string text = engine.Run("!kcallbacks");
        Assert.Contains("Also blocked: ", text);
        Assert.Contains(told.Keys.First(), text);
    }

    [TestMethod]
    [DynamicData(nameof(Plans))]
    public void Stacks_are_shown_across_the_border_with_every_transition(string name)
    {
        (KernelDump dump, EngineProcess engine) = KernelReport.Open(name);
        using EngineProcess session = engine;
        KernelThread thread = dump.Processes.Single(process => process.Plan.Name == "browser.exe").Threads[1];

        string text = engine.Run($"!kcallbacks -p browser.exe -u -v -t ~~[{thread.User.SystemId:x}]");

        int place = 0;
        foreach (string frame in thread.Stack.Frames.Concat(thread.User.Stack.Frames).Select(frame => frame.Name.Split('+')[0]))
        {
            place = text.IndexOf(frame, place, StringComparison.Ordinal);
            Assert.IsGreaterThanOrEqualTo(0, place, $"{frame} is missing in {text}");
        }

        Assert.Contains("---- user mode", text);
        for (int callback = 1; callback <= 4; callback++)
            Assert.Contains($"---- callback {callback}: the kernel called WM_USER+0x{callback}", text);
    }

    [TestMethod]
    public void A_damaged_thread_list_is_said_and_the_rest_found_from_its_other_end()
    {
        (KernelDump dump, EngineProcess engine) = KernelReport.Open("kernel-win10");
        using EngineProcess session = engine;
        KernelProcess damaged = dump.Processes.Single(process => process.Plan.CorruptLink is not null);

        JsonElement report = KernelReport.Of(engine, "-p damaged.exe");

        Assert.AreEqual(damaged.Threads.Count, report.GetProperty("summary").GetProperty("threads").GetInt32());
        Assert.Contains("the thread list of damaged.exe", report.GetProperty("warnings")[0].GetString()!);
    }

    [TestMethod]
    public void A_paged_out_user_stack_is_said_and_the_kernels_count_still_told()
    {
        (KernelDump dump, EngineProcess engine) = KernelReport.Open("kernel-win10");
        using EngineProcess session = engine;
        KernelThread pagedOut = dump.Processes.SelectMany(process => process.Threads).Single(thread => thread.User.Captured is null);

        JsonElement found = KernelReport.ByAddress(KernelReport.Of(engine, "-p all"))[Address(pagedOut.Address)];

        Assert.AreEqual(pagedOut.State.CallbackDepth, found.GetProperty("depth").GetInt32());
        Assert.Contains("paged out", found.GetProperty("reason").GetString()!);
    }

    [TestMethod]
    public void Processes_are_chosen_by_id_name_and_address()
    {
        (KernelDump dump, EngineProcess engine) = KernelReport.Open("kernel-win10");
        using EngineProcess session = engine;
        KernelProcess browser = dump.Processes[1];
        string[] threads = [.. browser.Threads.Select(thread => Address(thread.Address))];

        foreach (string choice in new[] { $"{browser.Id:x}", $"0x{browser.Id:x}", $"0n{browser.Id}", "browser.exe", "BROWSER", $"{browser.Address:x}" })
            CollectionAssert.AreEqual(threads, KernelReport.ByAddress(KernelReport.Of(engine, $"-p {choice}")).Keys, choice);
        Assert.Contains(Address(dump.Processes[0].Threads[0].Address), KernelReport.ByAddress(KernelReport.Of(engine, "")).Keys);
    }

    [TestMethod]
    public void A_query_over_five_thousand_threads_costs_one_scan()
    {
        (KernelDump dump, EngineProcess engine) = GeneratedSession.Open(KernelCases.Large);
        using EngineProcess session = engine;
        int inCallback = dump.Processes[0].Threads.Count(thread => thread.State.CallbackDepth > 0);

        Assert.AreEqual(
            string.Create(CultureInfo.InvariantCulture, $"0x{inCallback:x}"),
            engine.ValueOf("@$curprocess.Threads.Where(t => t.KernelCallback.Depth > 0).Count()"));
        Assert.AreEqual("1", engine.ValueOf("@$curprocess.KernelCallbacks.Scans"));
    }

    [TestMethod]
    public void The_user_half_is_walked_to_the_threads_start_without_user_modules()
    {
        (KernelDump dump, EngineProcess engine) = KernelReport.Open("kernel-win10");
        using EngineProcess session = engine;
        KernelThread thread = dump.Processes.Single(process => process.Plan.IsWow64).Threads[2];

        string text = engine.Run($"!kcallbacks -p legacy.exe -v -t ~~[{thread.User.SystemId:x}]");

        foreach (ulong stackPointer in thread.User.Stack.Frames.Select(frame => frame.StackPointer))
            Assert.Contains($"{stackPointer:x16}", text);
        Assert.DoesNotContain("the walk ends here", text);
        Assert.DoesNotContain("(0 KB)", engine.Run("!kcallbacks -p legacy.exe -stats"));
    }

    [TestMethod]
    public void Processes_of_the_data_model_have_their_callbacks()
    {
        (KernelDump dump, EngineProcess engine) = KernelReport.Open("kernel-win10");
        using EngineProcess session = engine;
        KernelProcess browser = dump.Processes[1];
        KernelThread deepest = browser.Threads[1];

        string all = engine.Run($"dx @$cursession.Processes[0x{browser.Id:x}].KernelCallbacks");
        engine.Run($".thread /p /r 0x{deepest.Address:x}");
        string current = engine.Run("dx @$curthread.KernelCallback.Depth");
        string depth = engine.Run($"dx @$cursession.Processes[0x{browser.Id:x}].KernelCallbacks[0x{deepest.User.SystemId:x}].Depth");

        foreach (KernelThread thread in browser.Threads)
            Assert.AreEqual(thread.State.CallbackDepth > 0, all.Contains($"[0x{thread.User.SystemId:x}]", StringComparison.Ordinal), all);
        Assert.Contains($": {deepest.State.CallbackDepth}", depth);
        Assert.Contains($": {deepest.State.CallbackDepth}", current);
    }

    private static void AssertAllFound(KernelDump dump, Dictionary<string, JsonElement> found, bool withNames)
    {
        foreach (KernelProcess process in dump.Processes)
        {
            foreach (KernelThread thread in process.Threads)
                AssertFound(process, thread, found[Address(thread.Address)], withNames);
        }
    }

    private static void AssertFound(KernelProcess process, KernelThread thread, JsonElement found, bool withNames)
    {
        string because = $"{thread.User.Plan.Description}: {found}";
        JsonElement kernel = found.GetProperty("kernel");
        Assert.AreEqual(process.Plan.Name, kernel.GetProperty("process").GetProperty("name").GetString(), because);
        Assert.AreEqual(process.Id, kernel.GetProperty("process").GetProperty("id").GetUInt32(), because);
        Assert.AreEqual(Address(process.Address), kernel.GetProperty("process").GetProperty("address").GetString(), because);
        Assert.AreEqual(thread.User.SystemId, kernel.GetProperty("threadId").GetUInt32(), because);
        Assert.AreEqual(thread.State.WaitReason, kernel.GetProperty("waitReason").GetString(), because);
        Assert.AreEqual(thread.State.WaitTime?.TotalMilliseconds, kernel.GetProperty("waitMilliseconds") is { ValueKind: JsonValueKind.Number } wait ? wait.GetDouble() : null, because);
        AssertDepth(thread, found, because);

        ExpectedFinding user = thread.User.Expected;
        JsonElement[] callbacks = [.. found.GetProperty("callbacks").EnumerateArray()];
        Assert.HasCount(user.Depth, callbacks, because);
        foreach ((Callback expected, JsonElement callback) in user.Callbacks.Zip(callbacks))
            AssertCallback(expected, callback, withNames, because);
    }

    private static void AssertDepth(KernelThread thread, JsonElement found, string because)
    {
        int depth = found.GetProperty("depth").GetInt32();
        bool isInside = thread.State.CallbackDepth > 0 || thread.State.HasCallbackStack == true;
        Assert.AreEqual(isInside ? "in-callback" : "none", found.GetProperty("verdict").GetString(), because);
        if (thread.State.CallbackDepth is { } counted)
            Assert.AreEqual(counted, depth, because);
        else if (thread.User.Captured is null)
            Assert.AreEqual(isInside, depth == 1 && found.GetProperty("depthIsMinimum").GetBoolean(), because);
        else
            Assert.AreEqual(thread.User.Expected.Depth, depth, because);
    }

    private static void AssertCallback(Callback expected, JsonElement callback, bool withNames, string because)
    {
        Assert.AreEqual(expected.ApiNumber, callback.GetProperty("apiNumber").GetInt32(), because);
        if (!withNames)
            return;
        Assert.AreEqual(Plain(expected.Routine), Plain(callback.GetProperty("routine").GetString()), because);
        Assert.IsTrue(ExpectedFinding.IsEntry(expected.Entry, callback.GetProperty("entry").GetString()), $"{because}, expected entry {expected.Entry}");
    }

    private static string Address(ulong address) => string.Create(CultureInfo.InvariantCulture, $"0x{address:x16}");

    /// <summary>Underscores differ with where a name comes from.</summary>
    private static string? Plain(string? name) => name?.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
