using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Routines;
using KCallbacks.Detection.Tests.Memory;

namespace KCallbacks.Detection.Tests.Routines;

[TestClass]
public sealed class RoutineFinderTests
{
    private const ulong Block = 0x0030_0000;
    private const ulong Table = WindowsX64.User32 + 0x9_1070;
    private const ulong Routine = WindowsX64.User32 + 0x4_0000;

    [TestMethod]
    public void The_symbol_of_the_processs_own_table_wins()
    {
        SyntheticProcess process = WithTable(hasExportsOnly: false).WithSymbol("user32!_fnSOMETHINGNEW", Routine);

        Assert.AreEqual(new NamedRoutine("user32!_fnSOMETHINGNEW", RoutineSource.Symbol), Find(process, apiNumber: 2));
    }

    [TestMethod]
    public void An_export_near_the_routine_is_not_its_name()
    {
        SyntheticProcess process = WithTable(hasExportsOnly: true).WithSymbol("user32!PostThreadMessageW", Routine - 0xe1);

        Assert.AreEqual(new NamedRoutine("user32!_fnDWORD", RoutineSource.NameTable), Find(process, apiNumber: 2));
    }

    [TestMethod]
    public void An_export_at_the_routine_that_is_not_called_like_one_is_not_its_name()
    {
        SyntheticProcess process = WithTable(hasExportsOnly: true).WithSymbol("user32!PostThreadMessageW", Routine);

        Assert.AreEqual("user32!_fnDWORD", Find(process, apiNumber: 2)?.Name);
    }

    [TestMethod]
    public void Without_a_table_of_the_process_the_build_tells() =>
        Assert.AreEqual(new NamedRoutine("user32!_ClientLoadLibrary", RoutineSource.NameTable),
            Find(new SyntheticProcess { WindowsBuild = 19045 }, apiNumber: 0x4b));

    [TestMethod]
    public void A_table_that_is_not_loaded_yet_is_no_table() =>
        Assert.AreEqual(RoutineSource.NameTable,
            Find(new SyntheticProcess { ProcessEnvironmentBlock = Block }.WithMemory(Block + 0x58, new byte[8]), apiNumber: 2)?.Source);

    [TestMethod]
    public void The_64_bit_half_of_a_WoW64_thread_calls_wow64win() =>
        Assert.AreEqual("wow64win!whcbfnHkINLPMSG", Find(new SyntheticProcess { Architecture = Architecture.X86, WindowsBuild = 7601 }, apiNumber: 0x2f)?.Name);

    [TestMethod]
    public void Windows_names_do_not_serve_a_Windows_frame_under_Wine() => Assert.IsNull(Find(new SyntheticProcess { IsWine = true }, apiNumber: 2));

    [TestMethod]
    [DataRow(0, "user32!User32CallEnumDisplayMonitor")]
    [DataRow(3, "user32!User32CallWindowProc")]
    [DataRow(4, "user32!User32CallWindowsHook")]
    [DataRow(0x12, "user32!User32UnpackDDEMessage")]
    [DataRow(0x13, null)]
    public void Wine_has_numbers_of_its_own(int apiNumber, string? name) =>
        Assert.AreEqual(name, Find(new SyntheticProcess { IsWine = true }, apiNumber, CallbackLayout.WineX64)?.Name);

    [TestMethod]
    public void Without_an_API_number_there_is_no_name() => Assert.IsNull(Find(new SyntheticProcess(), apiNumber: null));

    private static SyntheticProcess WithTable(bool hasExportsOnly) =>
        new SyntheticProcess { ProcessEnvironmentBlock = Block, Modules = [.. WindowsX64.Modules], HasExportsOnly = hasExportsOnly }
            .WithMemory(Block + 0x58, BitConverter.GetBytes(Table))
            .WithMemory(Table + 2 * 8, BitConverter.GetBytes(Routine));

    private static NamedRoutine? Find(SyntheticProcess process, int? apiNumber, CallbackLayout layout = CallbackLayout.X64) => new RoutineFinder(process).Find(new CallbackFrame
    {
        Layout = layout,
        Address = 0,
        ApiNumber = apiNumber,
        Confidence = Confidence.High,
        ConfidenceReason = "given",
    });
}
