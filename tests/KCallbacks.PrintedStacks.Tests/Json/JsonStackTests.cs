using KCallbacks.Detection.Model;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests.Json;

/// <summary>Stacks in JSON that other tools wrote.</summary>
[TestClass]
public sealed class JsonStackTests
{
    private const string Frame = """{"frame":0,"function":"NtUserGetMessage","function_offset":"0x14","module":"win32u.dll","offset":"0x00007ff811101144"}""";

    [TestMethod]
    [DataRow($$$"""{"threads":[{"thread_id":7,"frames":[{{{Frame}}}]}]}""", "win32u.dll!NtUserGetMessage+0x14", DisplayName = "minidump-stackwalk")]
    [DataRow($$$"""{"a":[{"json_dump":{"threads":[{"frames":[{{{Frame}}}]}]}}]}""", "win32u.dll!NtUserGetMessage+0x14", DisplayName = "deep inside")]
    [DataRow("""{"symbolicatedStacks":[["NtUserGetMessage (in wwin32u.pdb)"]]}""", "wwin32u!NtUserGetMessage", DisplayName = "symbolicated names")]
    [DataRow("""{"nativeStack":[{"pc":"0x00007ff811101144","symbol":"win32u!NtUserGetMessage+0x14"}]}""", "win32u!NtUserGetMessage+0x14", DisplayName = "report of a runtime")]
    [DataRow("""{"stackFrames":[{"id":1,"name":"win32u.dll!NtUserGetMessage()","instructionPointerReference":"0x7ff811101144"}]}""", "win32u.dll!NtUserGetMessage", DisplayName = "debug adapter")]
    [DataRow("""{"callstack":["win32u!NtUserGetMessage+0x14","app!main+0x20"]}""", "win32u!NtUserGetMessage+0x14", DisplayName = "list of call sites")]
    [DataRow("""[{"modules":[{"filename":"win32u.dll"}],"threads":[{"frames":[{"ip":"0x7ff811101144","module_index":0,"module_offset":"0x1144"}]}]}]""", "win32u.dll+0x1144", DisplayName = "modules by index")]
    [DataRow("""{"frames":[{"function":"static long long app::`anonymous namespace'::Page::Proc<int, 3>(HWND__*, int)","module":"C:\\app.exe"}]}""", "app.exe!app::`anonymous namespace'::Page::Proc<int, 3>", DisplayName = "a declaration")]
    public void A_frame_is_found_by_its_shape(string json, string expected)
    {
        Assert.AreEqual(expected, Reading.Spell(Reading.Thread(json).Frames[0]));
    }

    [TestMethod]
    public void Addresses_and_ids_are_read()
    {
        ThreadStack thread = Reading.Thread($$$"""{"threads":[{"thread_id":7012,"frames":[{{{Frame}}}]}]}""");

        Assert.AreEqual(7012u, thread.Thread.SystemId);
        Assert.AreEqual(0x7ff8_11101144UL, thread.Frames[0].InstructionPointer);
    }

    [TestMethod]
    public void Frames_of_an_event_come_outermost_first()
    {
        const string Json = """{"threads":{"values":[{"id":1,"stacktrace":{"frames":[{"function":"main","package":"C:\\a.exe"},{"function":"NtClose","package":"ntdll.dll"}]}}]}}""";

        Assert.AreEqual("NtClose main", string.Join(' ', Reading.Thread(Json).Frames.Select(frame => frame.Function)));
    }

    [TestMethod]
    public void A_dispatcher_that_only_a_scan_met_is_no_walk()
    {
        const string Json = """{"threads":[{"frames":[{"function":"f","module":"a.exe"},{"function":"KiUserCallbackDispatcher","module":"ntdll.dll","trust":"scan"}]}]}""";

        Assert.AreEqual(WalkExtent.RawScan, Reading.Thread(Json).Walk);
    }

    [TestMethod]
    public void What_stands_before_a_cut_is_read()
    {
        string json = $$$"""{"threads":[{"thread_id":7,"frames":[{{{Frame}}}]},{"thread_id":8,"frames":[{{{Frame}}},{"frame":1,"func""";

        (RecordingFile recording, ThreadStack[] threads) = Reading.Text(json);

        Assert.HasCount(2, threads);
        Assert.IsTrue(recording.HasErrors);
    }

    [TestMethod]
    public void Several_documents_in_one_text_are_read()
    {
        string document = $$$"""{"threads":[{"frames":[{{{Frame}}}]}]}""";

        Assert.HasCount(2, Reading.Threads($"{document}\n{document}\n"));
    }

    [TestMethod]
    public void Stacks_of_another_system_are_refused_by_its_name()
    {
        (RecordingFile recording, ThreadStack[] threads) = Reading.Text($$$"""{"system_info":{"os":"Linux"},"threads":[{"frames":[{{{Frame}}}]}]}""");

        Assert.IsEmpty(threads);
        Assert.Contains("Linux", recording.Problems.Single().Text);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("""{"schema":1,"threads":[]}""")]
    [DataRow("""{"schema":1,"tool":{},"threads":[{"position":0,"id":"0","callbacks":[]}]}""")]
    [DataRow("""{"name":"x","frames":[1,2,3]}""")]
    [DataRow("""{"text":"no stack\nin two lines"}""")]
    public void Json_without_stacks_is_refused_once(string json)
    {
        (RecordingFile recording, ThreadStack[] threads) = Reading.Text(json);

        Assert.IsEmpty(threads);
        Assert.Contains("not a recording as -record writes it", recording.Problems.Single().Text);
    }

    [TestMethod]
    [DataRow("""{"threads":[{"frames":[{"function":"\ud800","module":"a.dll"}]}]}""")]
    [DataRow("""{"threads":[{"frames":[{"function":1,"module":[]}]}]}""")]
    [DataRow("""{"threads":[{"frames":[null,{}]}],"modules":[null]}""")]
    [DataRow("""{"threads":{"values":[null,{"stacktrace":null}]}}""")]
    [DataRow("""{"threads":[{"frames":[{"module_index":99999999999}]}]}""")]
    public void Odd_values_do_no_harm(string json)
    {
        (_, ThreadStack[] threads) = Reading.Text(json);

        Assert.IsLessThanOrEqualTo(1, threads.Length);
    }
}
