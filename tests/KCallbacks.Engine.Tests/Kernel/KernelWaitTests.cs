using System.Globalization;
using System.Text.Json;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Kernel;

namespace KCallbacks.Engine.Tests.Kernel;

/// <summary>Who waits for whom in generated kernel dumps, in the real engine: by everything that the kernel records, sound and damaged.</summary>
[TestClass]
public sealed class KernelWaitTests
{
    private const string HandedOver = "free: it is just being handed over";
    /// <summary>The thread that stopped the machine, which waits for nothing.</summary>
    private static readonly ThreadPlace Running = new(0, 0);

    private const string NotRecorded = "whoever sets an event is not recorded";

    /// <summary>What each thread of <see cref="KernelCases.Waits"/> waits for; threads that are not there wait for nothing that is known.</summary>
    private static readonly (ThreadPlace Waiter, string Waits)[] Expected =
    [
        (new(0, 1), "mutex, owned by 1.0 (certain)"),
        (new(0, 2), "critical-section, owned by 0.1 (certain)"),
        (new(0, 3), "window, owned by 0.5 (certain)"),
        (new(0, 4), "thread, owned by 0.2 (certain)"),
        (new(0, 5), $"event: {NotRecorded}"),
        (new(0, 6), "address: a lock that records no owner, or a value that another thread must change"),
        (new(1, 0), "mutex, owned by 0.1 (certain), the wait has a time-out"),
        (new(1, 1), "call, owned by 0.5 (certain)"),
        (new(1, 2), "call: no thread of editor.exe (0x1400) has taken the message yet"),
        (new(1, 3), "resource, owned by 1.1 (certain), held exclusively"),
        (new(1, 4), "resource, owned by 1.1 and 1.2 (certain), held shared"),
        (new(1, 5), "fast-mutex, owned by 1.5 (certain)"),
        (new(1, 6), $"event: {NotRecorded}; mutex, owned by 1.3 (certain)"),
        (new(1, 7), $"event: {NotRecorded}; mutex, owned by 1.3 (certain)"),
        (new(1, 8), "process: until editor.exe (0x1400) ends"),
        (new(1, 9), $"mutex: {HandedOver}"),
        (new(1, 10), "mutex: abandoned: its last owner ended without letting go"),
        (new(1, 11), "mutex: recorded as the waiting thread's own, which would not have to wait for it"),
        (new(2, 3), "mutex: what it records as its owner, ffffa5860bad0ba8, is no thread"),
        (new(2, 4), $"event: {NotRecorded}"),
        (new(2, 5), "resource: what it records as its owner is no thread, held exclusively"),
        (new(2, 6), "resource: which resource it is cannot be told"),
        (new(2, 7), "call: the thread that serves the call is not recorded"),
        (new(2, 8), "mutex, owned by 0.1 (certain)"),
        (new(2, 9), $"event: {NotRecorded}"),
    ];

    [TestMethod]
    [DataRow("win10")]
    [DataRow("win7")]
    public void Each_thread_waits_for_whom_it_was_made_to(string version)
    {
        (KernelDump dump, EngineProcess engine) = Open(version);
        using EngineProcess session = engine;
        string selected = engine.Run(".process") + engine.Run(".thread");

        JsonElement report = KernelReport.Of(engine, "-p all");

        Assert.AreEqual(selected, engine.Run(".process") + engine.Run(".thread"));
        Dictionary<string, JsonElement> found = KernelReport.ByAddress(report);
        string[] waits = [.. from place in Places(dump).Except([Running]) let text = Spell(dump, found[AddressOf(dump, place)]) where text.Length > 0 select $"{place}: {text}"];
        Assert.AreEqual(string.Join('\n', Expected.Select(wait => $"{wait.Waiter}: {wait.Waits}")), string.Join('\n', waits));

        string[] circles = [.. report.GetProperty("deadlocks").EnumerateArray().Select(circle => $"{circle.GetProperty("proof").GetString()} {circle.GetProperty("cycle").GetArrayLength()}")];
        Assert.AreEqual("certain 2, certain 1", string.Join(", ", circles), "the mutexes of two processes, and a fast mutex whose owner waits for it");
    }

    [TestMethod]
    public void An_owner_in_a_process_that_was_not_asked_for_is_named()
    {
        (KernelDump dump, EngineProcess engine) = Open("win10");
        using EngineProcess session = engine;

        JsonElement report = KernelReport.Of(engine, "-p editor.exe");

        JsonElement owner = KernelReport.ByAddress(report)[AddressOf(dump, new(0, 1))].GetProperty("waitsFor")[0].GetProperty("owners")[0];
        Assert.AreEqual(dump.Processes[1].Threads[0].User.SystemId, owner.GetProperty("systemId").GetUInt32());
        Assert.AreEqual(dump.Processes[1].Id, owner.GetProperty("processId").GetUInt32());
        Assert.AreEqual(dump.Processes[1].Plan.Name, owner.GetProperty("processName").GetString());
    }

    [TestMethod]
    public void Two_thousand_threads_stand_behind_one()
    {
        (KernelDump dump, EngineProcess engine) = GeneratedSession.Open(KernelCases.ManyWaits);
        using EngineProcess session = engine;

        JsonElement head = KernelReport.Of(engine, "").GetProperty("heads")[0];

        Assert.AreEqual(1998, head.GetProperty("behind").GetArrayLength());
        Assert.AreEqual(dump.Processes[0].Threads[1].User.SystemId, head.GetProperty("thread").GetProperty("systemId").GetUInt32());
    }

    private static (KernelDump Dump, EngineProcess Engine) Open(string version) =>
        GeneratedSession.Open(KernelCases.Waits(version == "win10" ? KernelVersion.Windows10 : KernelVersion.Windows7));

    private static IEnumerable<ThreadPlace> Places(KernelDump dump) =>
        dump.Processes.SelectMany((process, number) => process.Threads.Select((_, thread) => new ThreadPlace(number, thread)));

    private static string AddressOf(KernelDump dump, ThreadPlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"0x{dump.Processes[place.Process].Threads[place.Thread].Address:x16}");

    /// <summary>The waits of a thread, its owners by their places.</summary>
    private static string Spell(KernelDump dump, JsonElement thread)
    {
        var places = Places(dump).ToDictionary(place => dump.Processes[place.Process].Threads[place.Thread].User.SystemId);
        return string.Join("; ", thread.GetProperty("waitsFor").EnumerateArray().Select(wait => Spell(wait, places)).Where(text => !text.StartsWith("messages", StringComparison.Ordinal)));
    }

    private static string Spell(JsonElement wait, Dictionary<uint, ThreadPlace> places)
    {
        string[] owners = [.. wait.GetProperty("owners").EnumerateArray().Select(owner => places[owner.GetProperty("systemId").GetUInt32()]).Select(place => $"{place.Process}.{place.Thread}")];
        string who = owners.Length == 0 ? $": {wait.GetProperty("ownerUnknownReason").GetString()}" : $", owned by {string.Join(" and ", owners)} ({wait.GetProperty("proof").GetString()})";
        string? state = wait.GetProperty("objectState").GetString();
        return wait.GetProperty("kind").GetString() + who + (state is null ? "" : ", " + state);
    }
}
