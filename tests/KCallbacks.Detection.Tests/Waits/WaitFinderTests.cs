using System.Collections.Immutable;
using KCallbacks.Detection.HangShapes;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.Waits;

/// <summary>What a thread waits for, and whether more is said than it shows.</summary>
[TestClass]
public sealed class WaitFinderTests
{
    private const ulong Section = WindowsX64.App + 0x1_5000;
    private const uint Second = WaitScene.FirstThread + 4;

    private static readonly string[] EnteringSection = ["RtlpWaitOnCriticalSection", "RtlpEnterCriticalSectionContended", "RtlEnterCriticalSection"];

    [TestMethod]
    [DataRow(19041, 8, DisplayName = "the call's argument is LockCount")]
    [DataRow(26100, 0, DisplayName = "the call's argument is the section")]
    public void A_critical_section_is_told_by_the_calls_argument(int build, int offset)
    {
        WaitScene scene = new WaitScene(build).Stands("NtWaitForAlertByThreadId", [Section + (ulong)offset, 0], functions: EnteringSection).Runs()
            .WithSection(Section, Second);
        scene.Process.WithSymbol("app!g_lock", Section);

        Wait wait = scene.First();

        Assert.AreEqual(WaitKind.CriticalSection, wait.Kind);
        Assert.AreEqual(new WaitOwner(Second, 1), wait.Owners.Single());
        Assert.AreEqual(WaitProof.Certain, wait.Proof);
        Assert.AreEqual(new WaitedObject(Section, Symbol: "app!g_lock"), wait.Object);
        Assert.Contains("rcx of NtWaitForAlertByThreadId", wait.Evidence);
        Assert.AreEqual(Timeout.InfiniteTimeSpan, scene.Find()[0].Timeout);
    }

    [TestMethod]
    public void Without_names_the_call_itself_is_one_of_a_lock()
    {
        Wait wait = new WaitScene().Stands("NtWaitForAlertByThreadId", [Section + 8, 0]).Runs().WithSection(Section, Second).First();

        Assert.AreEqual((WaitKind.CriticalSection, WaitProof.Certain), (wait.Kind, wait.Proof));
        Assert.AreEqual("app+0x15000", wait.Object.Symbol);
    }

    [TestMethod]
    [DataRow(-1, 1u, "a free section")]
    [DataRow(-2, 1u, "a section for which nobody waits")]
    [DataRow(0, 1u, "a number of the old form")]
    [DataRow(-6, 0u, "an owner that holds it no time")]
    public void What_breaks_a_rule_is_no_contended_section(int lockCount, uint recursion, string what)
    {
        Wait wait = new WaitScene().Stands("NtWaitForAlertByThreadId", [Section + 8, 0]).Runs()
            .WithSection(Section, Second, lockCount, recursion: recursion).First();

        Assert.AreNotEqual(WaitProof.Certain, wait.Proof, what);
        Assert.IsEmpty(wait.Owners, what);
    }

    [TestMethod]
    public void Debug_information_must_point_back()
    {
        const ulong debug = 0x5000_0000;
        WaitScene Scene(ulong section) => new WaitScene().Stands("NtWaitForAlertByThreadId", [Section + 8, 0]).Runs()
            .WithSection(Section, Second, debugInfo: debug).WithMemory(debug, [.. new byte[8], .. BitConverter.GetBytes(section), .. new byte[0x20]]);

        Assert.AreEqual(WaitProof.Certain, Scene(Section).First().Proof);
        Assert.IsEmpty(Scene(Section + 0x28).First().Owners);
    }

    [TestMethod]
    public void An_owner_that_is_gone_is_said_to_be()
    {
        Wait wait = new WaitScene().Stands("NtWaitForAlertByThreadId", [Section + 8, 0], functions: EnteringSection).WithSection(Section, 0x46e0).First();

        Assert.AreEqual(new WaitOwner(0x46e0), wait.Owners.Single());
        Assert.AreEqual("its owner, thread 46e0, is gone", wait.State);
        Assert.AreEqual(WaitProof.Likely, wait.Proof);
    }

    [TestMethod]
    public void A_section_that_changes_hands_is_said_to()
    {
        Wait handed = new WaitScene().Stands("NtWaitForAlertByThreadId", [Section + 8, 0]).Runs().WithSection(Section, 0, lockCount: -7).First();
        Wait woken = new WaitScene().Stands("NtWaitForAlertByThreadId", [Section + 8, 0]).Runs().WithSection(Section, Second, lockCount: -8).First();

        Assert.AreEqual("it is just being handed over", handed.NoOwner);
        Assert.IsEmpty(handed.Owners);
        Assert.AreEqual("a waiting thread has been woken and is about to get it", woken.State);
    }

    [TestMethod]
    public void A_thread_does_not_wait_for_its_own_section()
    {
        Wait wait = new WaitScene().Stands("NtWaitForAlertByThreadId", [Section + 8, 0], functions: EnteringSection).WithSection(Section, WaitScene.FirstThread).First();

        Assert.IsEmpty(wait.Owners);
    }

    [TestMethod]
    [DataRow(19041, 0x1d3u, DisplayName = "Rax is another number")]
    [DataRow(7601, 0x1d2u, DisplayName = "Windows 7, whatever Rax is")]
    public void Registers_prove_nothing_where_the_thread_does_not_show_that_they_hold(int build, uint rax)
    {
        Wait wait = new WaitScene(build).Stands("NtWaitForAlertByThreadId", [Section + 8, 0], registers: new X64CallRegisters(rax, Section + 8, 0, 0, 0, 0, 0)).Runs()
            .WithSection(Section, Second).First();

        Assert.IsEmpty(wait.Owners);
        Assert.IsNull(wait.Object.Address);
    }

    [TestMethod]
    public void Then_the_wait_block_on_the_stack_tells()
    {
        (int, ulong)[] block = [(0x40, Section + 8), (0x48, WaitScene.FirstThread), (0x68, 0)];
        Wait wait = new WaitScene().Stands("NtWaitForAlertByThreadId", [1, 2], registers: default(X64CallRegisters), words: block).Runs().WithSection(Section, Second).First();
        Wait other = new WaitScene().Stands("NtWaitForAlertByThreadId", [1, 2], registers: default(X64CallRegisters), words: [(0x40, Section + 8), (0x48, Second), (0x68, 0)])
            .Runs().WithSection(Section, Second).First();

        Assert.AreEqual((WaitKind.CriticalSection, WaitProof.Certain), (wait.Kind, wait.Proof));
        Assert.IsEmpty(other.Owners, "another thread's block");
    }

    [TestMethod]
    public void Without_a_name_the_block_tells_the_call_whose_number_changes_with_updates()
    {
        (int, ulong)[] block = [(0x40, Section + 8), (0x48, WaitScene.FirstThread), (0x68, 0)];
        WaitScene Scene((int, ulong)[] words) => new WaitScene(22000).Stands("NtWaitForAlertByThreadId", [Section + 8, 0], number: 0x1db, isNamed: false, words: words).Runs()
            .WithSection(Section, Second);

        Assert.AreEqual((WaitKind.CriticalSection, WaitProof.Certain), (Scene(block).First().Kind, Scene(block).First().Proof));
        Assert.IsEmpty(Scene([]).Find()[0].Waits);
        Assert.IsEmpty(Scene([(0x40, Section), (0x48, WaitScene.FirstThread), (0x68, 0)]).Find()[0].Waits, "the block of another wait");
    }

    [TestMethod]
    public void On_Windows_7_a_register_or_stack_word_of_the_locks_frames_tells()
    {
        const ulong debug = 0x5000_0000;
        WaitScene Scene(X64Registers preserved, (int, ulong)[] words, string[] functions) =>
            new WaitScene(7601).Stands("NtWaitForSingleObject", [0x44, 0, 0], number: 1, functions: functions, preserved: preserved, words: words).Runs()
                .WithSection(Section, Second, debugInfo: debug).WithMemory(debug, [.. new byte[8], .. BitConverter.GetBytes(Section), .. new byte[0x20]]);

        Assert.AreEqual(WaitProof.Certain, Scene(new X64Registers { Rbx = Section }, [], EnteringSection).First().Proof);
        Assert.AreEqual(WaitProof.Certain, Scene(default, [(0x150, Section)], EnteringSection).First().Proof);
        Assert.AreEqual(WaitProof.Certain, Scene(default, [(0x418, Section)], EnteringSection).First().Proof, "the home slot of the outermost frame");
        Assert.IsEmpty(Scene(default, [(0x428, Section)], EnteringSection).First().Owners, "left over further out");
        Assert.AreEqual(WaitKind.KernelObject, Scene(new X64Registers { Rbx = Section }, [(0x150, Section)], []).First().Kind, "the thread stands in no lock function");
    }

    [TestMethod]
    public void Found_by_a_search_alone_a_section_without_debug_information_is_likely()
    {
        Wait wait = new WaitScene(9600).Stands(
            "NtWaitForSingleObject", [0x44, 0, 0], functions: EnteringSection, registers: default(X64CallRegisters), words: [(0x150, Section)]).Runs().WithSection(Section, Second).First();

        Assert.AreEqual(WaitProof.Likely, wait.Proof);
        Assert.AreEqual(Second, wait.Owners.Single().SystemId);
    }

    [TestMethod]
    public void Its_own_event_proves_it()
    {
        Wait wait = new WaitScene(9600).Stands("NtWaitForSingleObject", [0x44, 0, 0], functions: EnteringSection, words: [(0x150, Section), (0x158, Section + 0x100)]).Runs()
            .WithSection(Section, Second, semaphore: 0x44).WithSection(Section + 0x100, Second, semaphore: 0x48).First();

        Assert.AreEqual((WaitProof.Certain, Section), (wait.Proof, wait.Object.Address!.Value));
    }

    [TestMethod]
    public void Of_two_sections_none_is_named()
    {
        Wait wait = new WaitScene(9600).Stands(
            "NtWaitForSingleObject", [0x44, 0, 0], functions: EnteringSection, registers: default(X64CallRegisters), words: [(0x150, Section), (0x158, Section + 0x100)]).Runs()
            .WithSection(Section, Second).WithSection(Section + 0x100, Second).First();

        Assert.IsEmpty(wait.Owners);
        Assert.AreEqual(WaitProof.Unknown, wait.Proof);
        Assert.StartsWith("2 critical sections fit: 0x", wait.NoOwner!);
        Assert.AreEqual(Second, wait.Candidates.Single().SystemId);
    }

    [TestMethod]
    public void The_owners_of_all_that_fit_are_told()
    {
        uint third = Second + 4;
        Wait wait = new WaitScene(9600).Stands(
            "NtWaitForSingleObject", [0x44, 0, 0], functions: EnteringSection, registers: default(X64CallRegisters), words: [(0x150, Section), (0x158, Section + 0x100)]).Runs().Runs()
            .WithSection(Section, Second).WithSection(Section + 0x100, third).First();

        Assert.IsEmpty(wait.Owners);
        CollectionAssert.AreEqual((int?[])[1, 2], wait.Candidates.Select(owner => owner.Position).ToArray());
    }

    [TestMethod]
    public void A_thread_in_no_lock_function_waits_for_no_lock()
    {
        WaitScene scene = new WaitScene().Stands("NtDelayExecution", [0, 0], words: [(0x50, Section)], preserved: new X64Registers { Rbx = Section, R14 = Section + 8 }).Runs()
            .WithSection(Section, Second);

        Assert.AreEqual(WaitKind.Sleep, scene.First().Kind);
        Assert.IsEmpty(scene.Find()[1].Waits, "one that runs waits for nothing");
    }

    [TestMethod]
    public void The_loader_lock_is_told_by_the_thread_itself()
    {
        var scene = new WaitScene(7601);
        Wait wait = scene.WithMemory(scene.NextBlock + 0x1760, 1, 0, 0, 0).WithWord(0x7000_0110, Section)
            .Stands("NtWaitForSingleObject", [0x44, 0, 0], number: 1, functions: EnteringSection).Runs().WithSection(Section, Second).First();

        Assert.AreEqual((WaitKind.LoaderLock, WaitProof.Certain), (wait.Kind, wait.Proof));
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 0, DisplayName = "two that are marked contradict each other")]
    [DataRow(0, 0)]
    public void Who_loads_libraries_is_marked(int marked, int owners)
    {
        WaitScene scene = new WaitScene().Stands("NtWaitForSingleObject", [0x44, 0, 0], functions: ["LdrpDrainWorkQueue"]);
        for (int i = 0; i < 2; i++)
        {
            scene.WithMemory(scene.NextBlock + 0x17ee, 0, (byte)(i < marked ? 0x10 : 0));
            scene.Runs();
        }

        Wait wait = scene.First();

        Assert.AreEqual(WaitKind.LoaderLock, wait.Kind);
        Assert.HasCount(owners, wait.Owners);
        Assert.HasCount(marked > 1 ? marked : 0, wait.Candidates);
        Assert.AreEqual(owners == 0 ? WaitProof.Unknown : WaitProof.Likely, wait.Proof);
    }

    [TestMethod]
    [DataRow("RtlAcquireSRWLockExclusive", nameof(WaitKind.SlimLock), "the lock does not record by whom it is held")]
    [DataRow("RtlSleepConditionVariableSRW", nameof(WaitKind.ConditionVariable), "whoever signals it is not recorded")]
    [DataRow("RtlWaitOnAddress", nameof(WaitKind.Address), "whoever changes the value is not recorded")]
    public void Locks_that_record_no_owner_have_none(string function, string kind, string reason)
    {
        Wait wait = new WaitScene().Stands("NtWaitForAlertByThreadId", [Section, 0], functions: [function]).WithWord(Section, 1).First();

        Assert.AreEqual((kind, reason, Section), (wait.Kind.ToString(), wait.NoOwner!, wait.Object.Address!.Value));
        Assert.AreEqual(WaitProof.Unknown, wait.Proof);
        Assert.AreEqual(wait.Kind == WaitKind.SlimLock ? "held exclusively" : null, wait.State);
    }

    [TestMethod]
    [DataRow("RtlAcquireSRWLockExclusive", LockAccess.Exclusive)]
    [DataRow("RtlAcquireSRWLockShared", LockAccess.Shared)]
    [DataRow("RtlpAcquireSRWLockSharedContended", LockAccess.Shared)]
    [DataRow("RtlpAcquireSRWLockWithTimeout", null, DisplayName = "a name that tells neither")]
    [DataRow("RtlSleepConditionVariableSRW", null, DisplayName = "no lock of readers and writers")]
    public void How_a_slim_lock_is_wanted_the_function_says(string function, LockAccess? access) =>
        Assert.AreEqual(access, new WaitScene().Stands("NtWaitForAlertByThreadId", [Section, 0], functions: [function]).WithWord(Section, 1).First().Access);

    [TestMethod]
    [DataRow(0x31ul, "held by 3 readers")]
    [DataRow(0x7ff6_0003ul, "held")]
    [DataRow(0x0ul, null)]
    public void The_word_of_a_slim_lock_tells_its_state(ulong word, string? state) =>
        Assert.AreEqual(state, new WaitScene().Stands("NtWaitForAlertByThreadId", [Section, 0], functions: ["RtlAcquireSRWLockShared"]).WithWord(Section, word).First().State);

    [TestMethod]
    [DataRow(unchecked((uint)-1), 0x3u, "held exclusively; 2 threads wait for it")]
    [DataRow(unchecked((uint)-2), 0x3u, "held exclusively; 2 threads wait for it")]
    [DataRow(2u, 0x3u, "held; 2 threads wait for it")]
    [DataRow(2u, 0xbu, "held by several readers; 2 threads wait for it")]
    public void The_queue_of_a_slim_lock_is_followed_on_the_stacks_of_its_threads(uint shareCount, uint flags, string state)
    {
        const ulong Newest = 0x6000_0000, Oldest = 0x6000_1000;
        Wait wait = new WaitScene(26100).Stands("NtWaitForAlertByThreadId", [Section, 0], functions: ["RtlAcquireSRWLockExclusive"]).Runs()
            .WithWord(Section, Newest | flags)
            .WithMemory(Newest, BlockOf(Oldest, Second, 0)).WithMemory(Oldest, BlockOf(0, WaitScene.FirstThread, shareCount))
            .First();

        Assert.AreEqual(state, wait.State);
        Assert.IsEmpty(wait.Owners);
    }

    [TestMethod]
    [DataRow(0x9999u, false, "a thread that is not there")]
    [DataRow(Second, true, "a queue without end")]
    public void A_queue_that_is_none_is_not_counted(uint thread, bool isEndless, string what)
    {
        const ulong Newest = 0x6000_0000;
        Wait wait = new WaitScene(26100).Stands("NtWaitForAlertByThreadId", [Section, 0], functions: ["RtlAcquireSRWLockExclusive"]).Runs()
            .WithWord(Section, Newest | 3).WithMemory(Newest, BlockOf(isEndless ? Newest : 0, thread, unchecked((uint)-1))).First();

        Assert.AreEqual("held", wait.State, what);
    }

    [TestMethod]
    public void Code_that_runs_again_in_a_callback_likely_waits_for_itself()
    {
        ThreadFinding reentered = Handling(0x401) with { Shapes = [new HangShape(ReenteredShape.Id, ReenteredShape.Name, [0, 1])] };
        WaitScene scene = new WaitScene().Stands("NtWaitForAlertByThreadId", [Section, 0], functions: ["RtlAcquireSRWLockExclusive"], finding: reentered);

        Wait wait = scene.First();
        Deadlock deadlock = WaitGraph.Of(scene.Find()).Deadlocks.Single();

        Assert.AreEqual((WaitProof.Likely, 0), (wait.Proof, wait.Owners.Single().Position!.Value));
        Assert.AreEqual((WaitProof.Likely, 1), (deadlock.Proof, deadlock.Cycle.Length));
    }

    /// <summary>Nothing lies in the first 64 KB; a word there is a count, a handle, or what an earlier call left.</summary>
    [TestMethod]
    [DataRow("NtWaitForAlertByThreadId", 0x1000UL, 0UL)]
    [DataRow("NtWaitForAlertByThreadId", 0xffffUL, 0UL)]
    [DataRow("NtWaitForKeyedEvent", 0UL, 0x1000UL)]
    public void A_word_that_is_no_address_is_no_lock(string call, ulong first, ulong second)
    {
        Wait wait = new WaitScene().Stands(call, [first, second], functions: EnteringSection).First();

        Assert.AreEqual((WaitKind.CriticalSection, null, "its address is not known"), (wait.Kind, wait.Object.Address, wait.NoOwner));
    }

    [TestMethod]
    public void It_does_not_where_the_lock_names_another_owner()
    {
        ThreadFinding reentered = Handling(0x401) with { Shapes = [new HangShape(ReenteredShape.Id, ReenteredShape.Name, [0, 1])] };
        Wait wait = new WaitScene().Stands("NtWaitForAlertByThreadId", [Section + 8, 0], functions: EnteringSection, finding: reentered).Runs().WithSection(Section, Second).First();

        Assert.AreEqual((WaitProof.Certain, 1), (wait.Proof, wait.Owners.Single().Position!.Value));
    }

    [TestMethod]
    public void A_keyed_events_key_is_the_lock()
    {
        Wait wait = new WaitScene(9600).Stands("NtWaitForKeyedEvent", [0x44, Section, 0, 0], functions: EnteringSection).Runs().WithSection(Section, Second).First();

        Assert.AreEqual((WaitKind.CriticalSection, WaitProof.Certain), (wait.Kind, wait.Proof));
        Assert.AreEqual("rdx of NtWaitForKeyedEvent", wait.Evidence[0]);
    }

    [TestMethod]
    public void Handles_tell_what_they_are()
    {
        WaitScene Scene() => new WaitScene().Stands("NtWaitForSingleObject", [0x44, 0, 0], number: 4).Runs();

        Wait mutex = Scene().WithHandle(0x44, new HandleInfo(HandleType.Mutex, "Mutant", "waits-mutex") { ThreadId = Second, RecordsOwner = true }).First();
        Wait strange = Scene().WithHandle(0x44, new HandleInfo(HandleType.Mutex) { ThreadId = 0x999, ProcessId = 0x77 }).First();
        Wait thread = Scene().WithHandle(0x44, new HandleInfo(HandleType.Thread) { ThreadId = Second }).First();

        Assert.AreEqual((WaitKind.Mutex, WaitProof.Certain, "waits-mutex"), (mutex.Kind, mutex.Proof, mutex.Object.Name!));
        Assert.AreEqual(1, mutex.Owners.Single().Position);
        Assert.AreEqual(new WaitOwner(0x999, null, 0x77), strange.Owners.Single());
        Assert.AreEqual(WaitProof.Likely, strange.Proof);
        Assert.AreEqual((WaitKind.Thread, WaitProof.Certain), (thread.Kind, thread.Proof));
        Assert.AreEqual("nothing is recorded of the handle", Scene().First().NoOwner);
    }

    /// <summary>A thread of the process itself that is not there is gone, and of no other process.</summary>
    [TestMethod]
    [DataRow(0x77ul, null, "thread 999 is none of the target's: it is gone")]
    [DataRow(0x78ul, 0x77u, "thread 999 is none of the target's: of another process, or gone")]
    [DataRow(0ul, 0x77u, "thread 999 is none of the target's: of another process, or gone", DisplayName = "the process's own id is not known")]
    public void An_owner_that_is_not_there_is_of_another_process_only_where_that_is_another(ulong ownProcess, uint? owner, string state)
    {
        var scene = new WaitScene();
        scene.WithWord(scene.NextBlock + 0x40, ownProcess).Stands("NtWaitForSingleObject", [0x44, 0, 0], number: 4)
            .WithHandle(0x44, new HandleInfo(HandleType.Mutex) { ThreadId = 0x999, ProcessId = 0x77 });

        Wait wait = scene.First();

        Assert.AreEqual((owner, state), (wait.Owners.Single().ProcessId, wait.State!));
    }

    [TestMethod]
    [DataRow(nameof(HandleType.Event), nameof(WaitKind.Event))]
    [DataRow(nameof(HandleType.Semaphore), nameof(WaitKind.Semaphore))]
    [DataRow(nameof(HandleType.Timer), nameof(WaitKind.Timer))]
    [DataRow(nameof(HandleType.Process), nameof(WaitKind.Process))]
    [DataRow(nameof(HandleType.Other), nameof(WaitKind.KernelObject))]
    public void Objects_that_record_no_owner_have_none(string type, string kind)
    {
        Wait wait = new WaitScene().Stands("NtWaitForSingleObject", [0x44, 0, 0]).WithHandle(0x44, new HandleInfo(Enum.Parse<HandleType>(type))).First();

        Assert.AreEqual(kind, wait.Kind.ToString());
        Assert.IsEmpty(wait.Owners);
        Assert.IsNotNull(wait.NoOwner);
    }

    [TestMethod]
    [DataRow(7601, true)]
    [DataRow(9600, false, DisplayName = "a build whose register nobody read")]
    public void On_Windows_7_the_handle_is_likely_in_a_register_of_its_caller(int build, bool isFound)
    {
        WaitScene scene = new WaitScene(build).Stands(
            "NtWaitForSingleObject", [0, 0, 0], number: 1, registers: default(X64CallRegisters), preserved: new X64Registers { Rdi = 0x44 }, caller: "WaitForSingleObjectEx").Runs()
            .WithHandle(0x44, new HandleInfo(HandleType.Mutex) { ThreadId = Second });

        Wait wait = scene.First();

        Assert.AreEqual(isFound ? 0x44ul : null, wait.Object.Handle);
        Assert.AreEqual(isFound ? WaitProof.Likely : WaitProof.Unknown, wait.Proof);
    }

    [TestMethod]
    public void Mutexes_that_nobody_owns_or_the_thread_itself_name_none()
    {
        Wait Of(HandleInfo info) => new WaitScene().Stands("NtWaitForSingleObject", [0x44, 0, 0]).WithHandle(0x44, info).First();

        Assert.IsEmpty(Of(new HandleInfo(HandleType.Mutex) { IsAbandoned = true, ThreadId = Second }).Owners);
        Assert.IsEmpty(Of(new HandleInfo(HandleType.Mutex) { RecordsOwner = true }).Owners);
        Assert.IsEmpty(Of(new HandleInfo(HandleType.Mutex) { ThreadId = WaitScene.FirstThread }).Owners);
    }

    [TestMethod]
    public void A_wait_for_the_thread_that_writes_the_dump_is_of_its_own_making()
    {
        Wait wait = new WaitScene().Stands("NtWaitForSingleObject", [0x44, 0, 0]).Stands("NtGetContextThread", [1, 2], writesDump: true)
            .WithHandle(0x44, new HandleInfo(HandleType.Thread) { ThreadId = Second }).First();

        Assert.IsEmpty(wait.Owners);
        Assert.Contains("writes the dump", wait.NoOwner!);
    }

    [TestMethod]
    [DataRow(26100, 0, nameof(WaitMode.All))]
    [DataRow(26100, 1, nameof(WaitMode.Any))]
    [DataRow(19041, 0, nameof(WaitMode.NotKnown))]
    public void Several_objects_are_waited_for_as_the_call_says(int build, int type, string mode)
    {
        var scene = new WaitScene(build);
        ulong array = scene.NextStack + 0x200;
        ThreadWaits waits = scene.Stands("NtWaitForMultipleObjects", [2, array, (ulong)type, 0, 0], number: 0x5b, words: [(0x200, 0x44), (0x208, 0x48)]).Runs()
            .WithHandle(0x44, new HandleInfo(HandleType.Event)).WithHandle(0x48, new HandleInfo(HandleType.Thread) { ThreadId = Second }).Find()[0];

        CollectionAssert.AreEqual(These(WaitKind.Event, WaitKind.Thread), waits.Waits.Select(wait => wait.Kind).ToArray());
        Assert.AreEqual(mode, waits.Mode.ToString());
    }

    [TestMethod]
    public void A_count_that_is_none_is_not_believed()
    {
        ThreadWaits waits = new WaitScene().Stands("NtWaitForMultipleObjects", [0x1234, 0x5000, 0, 0, 0]).Find()[0];

        Assert.AreEqual("the handles are not known", waits.Waits.Single().NoOwner);
    }

    [TestMethod]
    [DataRow(0x2b1u, true)]
    [DataRow(0x2b3u, true)]
    [DataRow(0x2b7u, false, DisplayName = "SendNotifyMessage does not wait")]
    [DataRow(0x2abu, false, DisplayName = "CallNextHookEx")]
    [DataRow(0x29cu, false, DisplayName = "default processing")]
    public void Only_a_sender_waits_for_the_windows_thread(uint type, bool waits)
    {
        WaitScene scene = new WaitScene().Stands("NtUserMessageCall", [0x10042, 0x401, 0, 0, 0, type, 0], number: 0x1007).Runs().WithWindow(0x10042, Second);

        Wait? wait = scene.Find()[0].Waits.SingleOrDefault();

        Assert.AreEqual(waits, wait is { Kind: WaitKind.WindowMessage, Proof: WaitProof.Certain });
        Assert.AreEqual(waits ? "WM_USER+0x1" : null, wait?.Object.Name);
    }

    [TestMethod]
    [DataRow(0x2b2u)]
    [DataRow(0x2b5u)]
    public void A_broadcast_waits_for_no_single_thread(uint type)
    {
        Wait wait = new WaitScene().Stands("NtUserMessageCall", [0x10010, 0x1a, 0, 0, 0, type, 0]).Runs().WithWindow(0x10010, Second).First();

        Assert.IsEmpty(wait.Owners, "the desktop's owner has no part in it");
        Assert.AreEqual("it waits for every top-level window", wait.NoOwner);
    }

    [TestMethod]
    public void SendMessageTimeout_ends_by_itself()
    {
        var scene = new WaitScene();
        ulong extra = scene.NextStack + 0x100;
        ThreadWaits waits = scene.Stands("NtUserMessageCall", [0x10042, 0x401, 0, 0, extra, 0x2b3, 0], words: [(0x100, (5000UL << 32) | 2)]).Runs().WithWindow(0x10042, Second).Find()[0];

        Assert.AreEqual(TimeSpan.FromSeconds(5), waits.Timeout);
        Assert.IsTrue(waits.EndsByTime);
    }

    [TestMethod]
    public void The_window_whose_procedure_the_kernel_calls_in_a_thread_is_that_threads()
    {
        WaitScene scene = new WaitScene().Stands("NtUserMessageCall", [0x10042, 0x401, 0, 0, 0, 0x2b1, 0]);
        scene.WithWord(scene.NextBlock + 0x840, 0x10042).Runs(Handling(0x401));

        Wait wait = scene.First();

        Assert.AreEqual((WaitProof.Certain, 1), (wait.Proof, wait.Owners.Single().Position!.Value));
        Assert.IsTrue(wait.IsBeingHandled);
    }

    [TestMethod]
    public void Else_the_only_thread_that_handles_the_message_is_likely_the_receiver()
    {
        WaitScene Sender() => new WaitScene().Stands("NtUserMessageCall", [0x10042, 0x401, 0, 0, 0, 0x2b1, 0]);

        Wait one = Sender().Runs(Handling(0x401)).Runs(Handling(0x402)).First();
        Wait two = Sender().Runs(Handling(0x401)).Runs(Handling(0x401)).First();
        Wait none = Sender().Runs().First();

        Assert.AreEqual((WaitProof.Likely, 1), (one.Proof, one.Owners.Single().Position!.Value));
        Assert.IsEmpty(two.Owners);
        CollectionAssert.AreEqual((int?[])[1, 2], two.Candidates.Select(owner => owner.Position).ToArray());
        Assert.IsEmpty(none.Candidates);
        Assert.AreEqual("whose the window is, is not recorded", none.NoOwner);
    }

    [TestMethod]
    [DataRow(19041)]
    [DataRow(7601)]
    public void Under_Wine_the_message_alone_joins_them(int build)
    {
        Wait wait = new WaitScene(build, isWine: true).Stands("NtUserMessageCall", [0x10042, 0x401, 0, 0, 0, 0x2b1, 0]).Runs(Handling(0x401)).First();

        Assert.AreEqual((WaitProof.Likely, 1), (wait.Proof, wait.Owners.Single().Position!.Value));
        Assert.IsNull(wait.Object.Handle);
    }

    [TestMethod]
    [DataRow(19041, 1, "serves the call")]
    [DataRow(26100, 0, "the layout of its COM is not known")]
    public void A_caller_of_COM_waits_for_the_thread_that_names_it_as_its_caller(int build, int owners, string what)
    {
        const ulong State = 0x6000_0000;
        WaitScene scene = new WaitScene(build).Stands("NtWaitForSingleObject", [0x100, 0, 0], number: 4, comCall: "ThreadSendReceive");
        ulong served = scene.NextBlock;
        scene.Stands("NtDelayExecution", [0, 0], number: 0x34).WithWord(served + 0x1758, State).WithMemory(State + 0x58, BitConverter.GetBytes(WaitScene.FirstThread));

        Wait wait = scene.First();

        Assert.AreEqual(WaitKind.Call, wait.Kind);
        Assert.HasCount(owners, wait.Owners, what);
        Assert.AreEqual(owners == 0 ? WaitProof.Unknown : WaitProof.Likely, wait.Proof);
    }

    [TestMethod]
    [DataRow(Confidence.Low, 1)]
    [DataRow(Confidence.High, 0)]
    public void A_callback_that_may_be_left_over_hides_no_receiver(Confidence inner, int owners)
    {
        ThreadFinding receiver = Handling(0x401);
        ThreadFinding finding = receiver with { Depth = 2, Callbacks = [new Callback { Routine = "user32!_fnDWORD", Confidence = inner }, .. receiver.Callbacks] };

        Assert.HasCount(owners, new WaitScene().Stands("NtUserMessageCall", [0x10042, 0x401, 0, 0, 0, 0x2b1, 0]).Runs(finding).First().Owners);
    }

    [TestMethod]
    public void A_lock_is_waited_for_again_when_the_time_of_a_call_is_over()
    {
        const ulong FiveSeconds = 0x6000_0000;
        ThreadWaits thread = new WaitScene().Stands("NtWaitForAlertByThreadId", [Section + 8, FiveSeconds], functions: EnteringSection).Runs()
            .WithSection(Section, Second).WithWord(FiveSeconds, unchecked((ulong)-50_000_000)).Find()[0];

        Assert.IsFalse(thread.EndsByTime);
    }

    [TestMethod]
    public void Of_thousands_of_threads_the_first_are_looked_at_for_windows()
    {
        var scene = new WaitScene();
        var blocks = new List<ulong>();
        for (int i = 0; i < 300; i++)
        {
            blocks.Add(scene.NextBlock);
            scene.Runs(i == 299 ? Handling(0x401) : null);
        }

        foreach (ulong block in blocks)
            scene.WithWord(block + 0x78, 0x1234);
        ImmutableArray<ThreadWaits> threads = scene.Find();

        Assert.AreEqual(256, threads.Take(299).Count(thread => thread.HasMessageQueue == true));
        Assert.IsNull(threads[298].HasMessageQueue);
        Assert.IsTrue(threads[299].HasMessageQueue);
    }

    [TestMethod]
    public void A_broadcast_is_joined_with_nobody() =>
        Assert.IsEmpty(new WaitScene().Stands("NtUserMessageCall", [0x10042, 0x401, 0, 0, 0, 0x2b2, 0]).Runs(Handling(0x401)).First().Owners);

    [TestMethod]
    [DataRow("NtUserGetMessage")]
    [DataRow("NtUserWaitMessage")]
    [DataRow("NtUserRealInternalGetMessage")]
    public void A_message_loop_pumps(string service)
    {
        ThreadWaits waits = new WaitScene().Stands(service, [0x100, 0, 0, 0]).Find()[0];

        Assert.IsTrue(waits.Pumps);
        Assert.AreEqual(WaitKind.Input, waits.Waits.Single().Kind);
    }

    [TestMethod]
    public void So_does_a_wait_for_objects_or_messages()
    {
        var scene = new WaitScene();
        ThreadWaits waits = scene.Stands("NtUserMsgWaitForMultipleObjectsEx", [1, scene.NextStack + 0x200, 0, 0], words: [(0x200, 0x44)])
            .WithHandle(0x44, new HandleInfo(HandleType.Event)).Find()[0];

        Assert.IsTrue(waits.Pumps);
        Assert.AreEqual(WaitMode.Any, waits.Mode);
        CollectionAssert.AreEqual(These(WaitKind.Event, WaitKind.Input), waits.Waits.Select(wait => wait.Kind).ToArray());
    }

    [TestMethod]
    public void In_a_32_bit_process_arguments_lie_on_the_stack()
    {
        const uint section = WindowsX86.App + 0x5000;
        Wait mutex = new WaitScene(is32Bit: true).Stands("NtWaitForSingleObject", [0x44, 0, 0], number: 0xd0004).Runs()
            .WithHandle(0x44, new HandleInfo(HandleType.Mutex) { ThreadId = Second }).First();
        Wait message = new WaitScene(is32Bit: true).Stands("NtUserMessageCall", [0x10042, 0x401, 0, 0, 0, 0x2b1, 0], number: 0x1007).Runs().WithWindow(0x10042, Second).First();
        Wait lockWait = new WaitScene(is32Bit: true).Stands("NtWaitForAlertByThreadId", [section + 4, 0]).Runs().WithSection(section, Second, debugInfo: uint.MaxValue).First();

        Assert.AreEqual((WaitKind.Mutex, WaitProof.Certain), (mutex.Kind, mutex.Proof));
        Assert.AreEqual((WaitKind.WindowMessage, WaitProof.Certain), (message.Kind, message.Proof));
        Assert.AreEqual((WaitKind.CriticalSection, WaitProof.Certain), (lockWait.Kind, lockWait.Proof));
        Assert.AreEqual("an argument on the stack of NtWaitForSingleObject", mutex.Evidence[0]);
    }

    [TestMethod]
    public void Under_Wine_the_first_register_is_another()
    {
        Wait wait = new WaitScene(isWine: true).Stands("NtWaitForSingleObject", [0x44, 0, 0]).WithHandle(0x44, new HandleInfo(HandleType.Mutex) { ThreadId = Second }).First();
        Wait old = new WaitScene(isWine: true).Stands("NtWaitForAlertByThreadId", [1, 0], functions: EnteringSection, words: [(0x150, Section + 0x18)]).Runs()
            .WithSection(Section, Second, lockCount: 1).First();

        Assert.IsNull(wait.Object.Handle);
        Assert.AreEqual((WaitKind.CriticalSection, Second), (old.Kind, old.Owners.Single().SystemId));
    }

    [TestMethod]
    [DataRow(0x2_0000u, nameof(WaitKind.Call))]
    [DataRow(0u, nameof(WaitKind.Work), DisplayName = "a server that waits for requests")]
    public void A_client_waits_for_an_answer_and_a_server_for_requests(uint flags, string kind)
    {
        Wait wait = new WaitScene().Stands("NtAlpcSendWaitReceivePort", [0x44, flags, 0, 0]).WithHandle(0x44, new HandleInfo(HandleType.Port, "ALPC Port", "spooler")).First();

        Assert.AreEqual(kind, wait.Kind.ToString());
        Assert.AreEqual("spooler", wait.Object.Name);
    }

    [TestMethod]
    [DataRow("NtRequestWaitReplyPort", nameof(WaitKind.Call))]
    [DataRow("NtReadFile", nameof(WaitKind.InputOutput))]
    [DataRow("NtRemoveIoCompletion", nameof(WaitKind.InputOutput))]
    [DataRow("NtWaitForWorkViaWorkerFactory", nameof(WaitKind.Work))]
    public void Other_calls_tell_their_kind(string service, string kind)
    {
        Wait wait = new WaitScene().Stands(service, [1, 2, 3, 4]).First();

        Assert.AreEqual(kind, wait.Kind.ToString());
        Assert.IsNotNull(wait.NoOwner);
    }

    [TestMethod]
    public void A_call_that_is_not_known_is_no_wait() => Assert.IsEmpty(new WaitScene().Stands("NtQueryValueKey", [1, 2]).Find()[0].Waits);

    [TestMethod]
    public void A_printed_stack_tells_the_kind()
    {
        var thread = new ThreadStack { Thread = new ThreadIdentity(0), Frames = [new StackFrame("ntdll", "ZwDelayExecution", 0x14), new StackFrame("KERNELBASE", "SleepEx", 0x9e)] };

        Assert.AreEqual(WaitKind.Sleep, new WaitFinder(new UnknownProcess(), new NoHandles(), new NoWindows(), [new WaitInput { Stack = thread }]).Find()[0].Waits.Single().Kind);
    }

    [TestMethod]
    public void A_window_procedure_that_waits_for_the_senders_lock_is_a_deadlock()
    {
        // 0 handles 1's message and enters the section that 1 holds; 2 waits for another that 0 holds.
        WaitScene scene = new WaitScene().Stands("NtWaitForAlertByThreadId", [Section + 8, 0], functions: EnteringSection, finding: Handling(0x401));
        scene.Stands("NtUserMessageCall", [0x10042, 0x401, 0, 0, 0, 0x2b1, 0]).Stands("NtWaitForAlertByThreadId", [Section + 0x108, 0], functions: EnteringSection)
            .WithSection(Section, Second).WithSection(Section + 0x100, WaitScene.FirstThread).WithWindow(0x10042, WaitScene.FirstThread);

        Deadlock deadlock = WaitGraph.Of(scene.Find()).Deadlocks.Single();

        CollectionAssert.AreEqual(These(0, 1), deadlock.Cycle.Select(edge => edge.From).ToArray());
        CollectionAssert.AreEqual(These(WaitKind.CriticalSection, WaitKind.WindowMessage), deadlock.Cycle.Select(edge => edge.Wait.Kind).ToArray());
        CollectionAssert.AreEqual(These(2), deadlock.Behind.ToArray());
        Assert.AreEqual(WaitProof.Certain, deadlock.Proof);
    }

    /// <summary>The block of a thread in the queue of a slim lock.</summary>
    private static byte[] BlockOf(ulong older, uint thread, uint shareCount) =>
        [.. BitConverter.GetBytes(older), .. new byte[0x10], .. BitConverter.GetBytes((ulong)thread), .. BitConverter.GetBytes(shareCount), 1, 0, 0, 0];

    private static T[] These<T>(params T[] items) => items;

    private static ThreadFinding Handling(uint message) => new()
    {
        Thread = new ThreadIdentity(0),
        Verdict = Verdict.InCallback,
        Reason = "made",
        Callbacks = [new Callback { Message = new WindowMessage(message, null, 0, 0) }],
    };
}
