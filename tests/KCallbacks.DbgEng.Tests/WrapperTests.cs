using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng.Tests;

/// <summary>The wrappers against a vtable made for the test; needs no debug engine.</summary>
[TestClass]
public sealed unsafe class WrapperTests
{
    private const int TooSmall = 1;
    private static readonly string LongName = "app!" + new string('T', 4000);

    [TestMethod]
    public void An_engine_gives_back_every_reference_it_took()
    {
        using var fake = new FakeEngine();
        DebugEngine engine = DebugEngine.FromClient(fake.Pointer);
        int held = fake.References;

        engine.Dispose();
        engine.Dispose();

        Assert.AreEqual(6, held);
        Assert.AreEqual(0, fake.References);
    }

    [TestMethod]
    public void An_engine_that_lacks_an_interface_is_refused_and_nothing_leaks()
    {
        using var fake = new FakeEngine { InterfacesLeft = 2 };

        EngineCallException error = Assert.ThrowsExactly<EngineCallException>(() => DebugEngine.FromClient(fake.Pointer));

        Assert.AreEqual("The debug engine's QueryInterface(IDebugSymbols5) failed with 0x80004002.", error.Message);
        Assert.AreEqual(0, fake.References);
    }

    [TestMethod]
    public void No_client_is_an_argument_error_and_not_a_crash() =>
        Assert.ThrowsExactly<ArgumentNullException>(() => DebugEngine.FromClient(0));

    [TestMethod]
    public void A_failed_try_returns_the_code_and_its_twin_names_call_and_code()
    {
        using var fake = new FakeEngine();
        using DebugEngine engine = DebugEngine.FromClient(fake.Pointer);

        Assert.AreEqual(FakeEngine.NotFilledIn, engine.SystemObjects.TrySetCurrentThreadId(3).Value);
        EngineCallException error = Assert.ThrowsExactly<EngineCallException>(() => engine.SystemObjects.SetCurrentThreadId(3));
        Assert.AreEqual("SetCurrentThreadId", error.Call);
        Assert.AreEqual("The debug engine's SetCurrentThreadId failed with 0x80004001.", error.Message);
    }

    [TestMethod]
    public void A_wrapper_that_was_disposed_says_so()
    {
        using var fake = new FakeEngine();
        DebugEngine engine = DebugEngine.FromClient(fake.Pointer);
        engine.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => engine.Control.TryGetInterrupt());
    }

    [TestMethod]
    public void Output_goes_as_the_argument_of_a_format_and_is_never_the_format()
    {
        using var fake = new FakeEngine();
        fake.Fill(DebugControl.Slot.ControlledOutputWide, (delegate* unmanaged<nint, uint, uint, char*, char*, int>)&ExpectOutput);
        using DebugEngine engine = DebugEngine.FromClient(fake.Pointer);

        Assert.AreEqual(0, engine.Control.TryOutput(OutputControl.AmbientDml, OutputMask.Normal, "100 %s %n \u00e4\u4e16").Value);
    }

    [TestMethod]
    public void A_name_longer_than_the_usual_buffer_is_read_whole()
    {
        using var fake = new FakeEngine();
        fake.Fill(DebugSymbols.Slot.GetNameByOffsetWide, (delegate* unmanaged<nint, ulong, char*, uint, uint*, ulong*, int>)&GiveLongName);
        using DebugEngine engine = DebugEngine.FromClient(fake.Pointer);

        HResult result = engine.Symbols.TryGetNameByOffset(0x1234, out string name, out ulong displacement);

        Assert.AreEqual(HResult.Ok, result);
        Assert.AreEqual(LongName, name);
        Assert.AreEqual(0x34ul, displacement);
    }

    [TestMethod]
    public void A_short_read_says_how_much_was_read()
    {
        using var fake = new FakeEngine();
        fake.Fill(DebugDataSpaces.Slot.ReadVirtual, (delegate* unmanaged<nint, ulong, byte*, uint, uint*, int>)&ReadHalf);
        using DebugEngine engine = DebugEngine.FromClient(fake.Pointer);
        byte[] bytes = new byte[8];

        Assert.IsTrue(engine.DataSpaces.TryReadVirtual(0x7000, bytes, out uint read).Succeeded);

        Assert.AreEqual(4u, read);
        CollectionAssert.AreEqual(new byte[] { 0x70, 0x70, 0x70, 0x70, 0, 0, 0, 0 }, bytes);
    }

    [TestMethod]
    public void All_bytes_are_read_or_the_read_is_none()
    {
        using var fake = new FakeEngine();
        using DebugEngine engine = DebugEngine.FromClient(fake.Pointer);
        byte[] bytes = new byte[4];

        Assert.IsFalse(engine.DataSpaces.TryReadAll(0x7000, bytes), "the call fails");
        fake.Fill(DebugDataSpaces.Slot.ReadVirtual, (delegate* unmanaged<nint, ulong, byte*, uint, uint*, int>)&ReadHalf);
        Assert.IsFalse(engine.DataSpaces.TryReadAll(0x7000, bytes), "half is read");
        fake.Fill(DebugDataSpaces.Slot.ReadVirtual, (delegate* unmanaged<nint, ulong, byte*, uint, uint*, int>)&ReadWhole);
        Assert.IsTrue(engine.DataSpaces.TryReadAll(0x7000, bytes));

        Assert.AreSequenceEqual((byte[])[0x70, 0x70, 0x70, 0x70], bytes);
    }

    [TestMethod]
    [DataRow(136, typeof(EngineStackFrame))]
    [DataRow(64, typeof(ModuleParameters))]
    [DataRow(32, typeof(DebugAdvanced.StreamRequest))]
    public void A_structure_has_the_size_the_engine_expects(int size, Type structure) =>
        Assert.AreEqual(size, Marshal.SizeOf(structure));

    [UnmanagedCallersOnly]
    private static int ExpectOutput(nint self, uint control, uint mask, char* format, char* argument) =>
        control == 0xfffffffe && mask == 1 && new string(format) == "%s" && new string(argument) == "100 %s %n \u00e4\u4e16" ? 0 : -1;

    [UnmanagedCallersOnly]
    private static int GiveLongName(nint self, ulong address, char* buffer, uint capacity, uint* length, ulong* displacement)
    {
        *length = (uint)LongName.Length + 1;
        *displacement = address & 0xff;
        int copied = Math.Min(LongName.Length, (int)capacity - 1);
        LongName.AsSpan(0, copied).CopyTo(new Span<char>(buffer, copied));
        buffer[copied] = '\0';
        return copied == LongName.Length ? 0 : TooSmall;
    }

    [UnmanagedCallersOnly]
    private static int ReadHalf(nint self, ulong address, byte* buffer, uint size, uint* read) => Read(address, buffer, size / 2, read);

    [UnmanagedCallersOnly]
    private static int ReadWhole(nint self, ulong address, byte* buffer, uint size, uint* read) => Read(address, buffer, size, read);

    private static int Read(ulong address, byte* buffer, uint size, uint* read)
    {
        *read = size;
        new Span<byte>(buffer, (int)size).Fill((byte)(address >> 8));
        return 0;
    }
}
