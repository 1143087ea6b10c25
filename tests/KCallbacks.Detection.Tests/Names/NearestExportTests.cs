using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;

namespace KCallbacks.Detection.Tests.Names;

/// <summary>Whether the nearest export names the code at an address.</summary>
[TestClass]
public sealed class NearestExportTests
{
    private const ulong Export = WindowsX64.User32 + 0x4000;

    [TestMethod]
    [DataRow(0x0, true)]
    [DataRow(0x14, true, DisplayName = "inside a stub")]
    [DataRow(0x20, true)]
    [DataRow(0x21, false)]
    [DataRow(0x66a, false, DisplayName = "a stub of Windows 7's user32, far behind an export")]
    public void Without_its_code_an_export_names_no_more_than_a_stub(int displacement, bool isNamed) =>
        AssertNamed(isNamed, Process(), (ulong)displacement);

    [TestMethod]
    public void Unwind_data_tells_how_far_a_function_reaches()
    {
        SyntheticProcess process = Process().WithFunctionStart(Export, 0x900).WithFunctionStart(Export + 0x900, 0x40);

        AssertNamed(true, process, 0x8ff);
        AssertNamed(false, process, 0x901);
        AssertNamed(false, Process().WithFunctionStart(Export + 8, 0x40), 0x10);
    }

    [TestMethod]
    public void Where_there_is_none_a_gap_between_functions_ends_it()
    {
        byte[] whole = [.. Enumerable.Repeat((byte)0x53, 0x200)];
        byte[] gap = [.. whole];
        gap[0x80] = gap[0x81] = gap[0x82] = 0xcc;
        byte[] nops = [.. whole];
        nops.AsSpan(0x80, 5).Fill(0x90);

        AssertNamed(true, Process().WithMemory(Export, whole), 0x100);
        AssertNamed(false, Process().WithMemory(Export, gap), 0x100);
        AssertNamed(true, Process().WithMemory(Export, gap), 0x7f);
        AssertNamed(false, Process().WithMemory(Export, nops), 0x100);
    }

    [TestMethod]
    [DataRow(0x13ul, true)]
    [DataRow(0x4dul, true)]
    [DataRow(0x4bul, false, DisplayName = "no return of the dispatcher")]
    public void The_dispatchers_return_is_its_own_however_it_is_padded_or_hooked(ulong displacement, bool isNamed)
    {
        byte[] hooked = new byte[0x80];
        hooked.AsSpan(5, 8).Fill(0x90);
        SyntheticProcess process = new SyntheticProcess { Architecture = Architecture.X86, Modules = [.. WindowsX86.Modules], HasExportsOnly = true }
            .WithFunction("ntdll_771d0000!KiUserCallbackDispatcher", WindowsX86.Dispatcher)
            .WithMemory(WindowsX86.Dispatcher, hooked);

        Assert.AreEqual(isNamed ? "KiUserCallbackDispatcher" : null, process.FindSymbol(WindowsX86.Dispatcher + displacement)?.Function);
    }

    [TestMethod]
    public void Symbols_name_whole_functions()
    {
        SyntheticProcess process = new SyntheticProcess { Modules = [.. WindowsX64.Modules] }.WithFunction("user32!EnumDisplayMonitors", Export);

        AssertNamed(true, process, 0x5321);
    }

    [TestMethod]
    public void A_frame_of_a_function_that_is_not_exported_is_named_by_its_place()
    {
        StackFrame frame = new StackFrame(null, null, null, Export + 0x66a).NamedBy(Process());

        Assert.IsNull(frame.Function);
        Assert.AreEqual("user32", frame.Module);
        Assert.AreEqual(0x466aul, frame.Displacement);
        Assert.IsTrue(frame.IsUnexported);
    }

    private static SyntheticProcess Process() =>
        new SyntheticProcess { Modules = [.. WindowsX64.Modules], HasExportsOnly = true }.WithFunction("user32!EnumDisplayMonitors", Export);

    private static void AssertNamed(bool isNamed, SyntheticProcess process, ulong displacement)
    {
        Symbol? symbol = process.FindSymbol(Export + displacement);
        Assert.AreEqual(isNamed ? "EnumDisplayMonitors" : null, symbol?.Function);
        Assert.AreEqual(isNamed ? displacement : 0x4000 + displacement, symbol?.Displacement);
    }
}
