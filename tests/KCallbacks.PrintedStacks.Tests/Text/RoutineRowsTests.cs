using KCallbacks.Detection.Model;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests.Text;

/// <summary>The table of callback routines, printed by the debugger, is told and no thread.</summary>
[TestClass]
public sealed class RoutineRowsTests
{
    [TestMethod]
    [DataRow("fnCOPYDATA fnCOPYGLOBALDATA fnDWORD fnNCDESTROY", "0 _fnCOPYDATA, 1 _fnCOPYGLOBALDATA, 2 _fnDWORD, 3 _fnNCDESTROY", DisplayName = "from the start")]
    [DataRow("fnDWORD fnCOPYDATA fnDWORD fnDWORD", "+0 _fnDWORD, +1 _fnCOPYDATA", DisplayName = "as no Windows has it")]
    public void Numbers_and_routines_are_told(string names, string expected)
    {
        string rows = string.Concat(names.Split(' ').Select((name, index) => $"00007ff8`111900{index * 8:x2}  00007ff8`11110{index + 1}10 user32!_{name}\n"));

        (RecordingFile recording, ThreadStack[] threads) = Reading.Text($"0:000> dps user32!apfnDispatch L4\n{rows}");

        Assert.IsEmpty(threads);
        Assert.Contains(expected, string.Join('\n', recording.Problems.Select(problem => problem.Text)));
    }

    [TestMethod]
    public void A_captured_back_trace_is_no_table()
    {
        const string Rows = """
            00000242`6fbb0000 00007ff8`11110010 app!Handler+0x20
            00000242`6fbb0008 00007ff8`11110040 user32!_fnDWORD+0x33
            00000242`6fbb0010 00007ff8`11110050 ntdll!KiUserCallbackDispatcherContinue
            00000242`6fbb0018 00007ff8`11110060 win32u!NtUserPeekMessage+0x14
            """;

        Assert.HasCount(1, Reading.Threads($"STACK_TEXT:\n{Rows}\n"));
    }
}
