using KCallbacks.Fixtures.Images;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Fixtures.Tests;

/// <summary>The built images against what was read from ntdll 6.1 to 10.0.26100.</summary>
[TestClass]
public sealed class ImageLayoutTests
{
    private const int ExceptionDirectory = 0xa0;
    private const int RuntimeFunctionSize = 12;

    public static IEnumerable<object[]> Layouts =>
    [
        [WindowsLayout.Windows7, 0x1fu, 0x36u, 0xau, 0xbu],
        [WindowsLayout.Windows10, 0x24u, 0x3bu, 0x14u, 0x18u],
        [WindowsLayout.Windows11, 0x24u, 0x3bu, 0x14u, 0x18u],
    ];

    [TestMethod]
    [DynamicData(nameof(Layouts))]
    public void The_dispatcher_has_the_size_and_return_address_of_Windows(
        WindowsLayout windows, uint returnDisplacement, uint size, uint stubDisplacement, uint stubSize)
    {
        LinkedImage ntdll = Build(windows)["ntdll"];

        Assert.AreEqual(returnDisplacement, ntdll.Function(CallbackDispatcher.FunctionName).ReturnDisplacement);
        Assert.AreEqual(size, SizeByUnwindInfo(ntdll, CallbackDispatcher.FunctionName));
        Assert.AreEqual(stubDisplacement, ntdll.Function("NtCallbackReturn").ReturnDisplacement);
        CollectionAssert.AreEqual(new byte[] { 0x0f, 0x05, 0xc3 }, CodeAt(ntdll, "NtCallbackReturn", (int)stubDisplacement - 2, 3), "syscall, ret");
        Assert.AreEqual(0xcc, CodeAt(ntdll, "NtCallbackReturn", (int)stubSize, 1)[0], "padding after the stub");
    }

    [TestMethod]
    [DynamicData(nameof(Layouts))]
    public void The_dispatcher_unwinds_over_a_machine_frame(
        WindowsLayout windows, uint returnDisplacement, uint size, uint stubDisplacement, uint stubSize)
    {
        LinkedImage ntdll = Build(windows)["ntdll"];

        // Version 1 with exception and termination handler, no prologue, two codes: ALLOC_SMALL 0x30, PUSH_MACHFRAME without error code.
        CollectionAssert.AreEqual(
            new byte[] { 0x19, 0x00, 0x02, 0x00, 0x00, 0x52, 0x00, 0x0a },
            UnwindInfo(ntdll, CallbackDispatcher.FunctionName)[..8].ToArray());
        Assert.AreEqual(
            ntdll.AddressOf(CallbackDispatcher.FunctionName) - 0x90,
            ntdll.Base + BitConverter.ToUInt32(UnwindInfo(ntdll, CallbackDispatcher.FunctionName)[8..12]),
            "handler");
    }

    [TestMethod]
    public void A_set_is_built_once()
    {
        ImageSet first = Build(WindowsLayout.Windows10);
        DateTime built = File.GetLastWriteTimeUtc(Path.Combine(first.Folder, "ntdll.dll"));

        Assert.AreEqual(built, File.GetLastWriteTimeUtc(Path.Combine(Build(WindowsLayout.Windows10 with { Name = "again" }).Folder, "ntdll.dll")));
        Assert.AreNotEqual(first.Folder, Build(WindowsLayout.Windows7).Folder);
        Assert.AreNotEqual(first.Folder, Build(WindowsLayout.Windows11).Folder, "other service numbers");
    }

    [TestMethod]
    public void A_frame_that_would_call_with_an_unaligned_stack_is_refused()
    {
        var image = new ImageDescription("bad.dll", 0x1_8000_0000, [new CallingFunction("Unaligned", LocalBytes: 0x30)]);

        Assert.Contains("Unaligned", Assert.ThrowsExactly<InvalidOperationException>(() => Fixtures.Builder.Build([image])).Message);
    }

    [TestMethod]
    public void The_callback_table_points_at_the_routines()
    {
        LinkedImage user32 = Build(WindowsLayout.Windows10)["user32"];
        int table = (int)(user32.CallbackTableAddress - user32.Base);

        ulong loadLibrary = BitConverter.ToUInt64(user32.Mapped.Span[(table + (0x4b * 8))..]);

        Assert.AreEqual(user32.AddressOf("__ClientLoadLibrary"), loadLibrary);
    }

    private static ImageSet Build(WindowsLayout windows) => Fixtures.Builder.Build(SystemImages.Of(windows));

    private static byte[] CodeAt(LinkedImage image, string function, int displacement, int count) =>
        image.Mapped.Slice((int)(image.AddressOf(function) - image.Base) + displacement, count).ToArray();

    private static uint SizeByUnwindInfo(LinkedImage image, string function)
    {
        ReadOnlySpan<byte> entry = RuntimeFunction(image, function);
        return BitConverter.ToUInt32(entry[4..]) - BitConverter.ToUInt32(entry);
    }

    private static ReadOnlySpan<byte> UnwindInfo(LinkedImage image, string function) =>
        image.Mapped.Span[(int)BitConverter.ToUInt32(RuntimeFunction(image, function)[8..])..];

    private static ReadOnlySpan<byte> RuntimeFunction(LinkedImage image, string function)
    {
        ReadOnlySpan<byte> mapped = image.Mapped.Span;
        ReadOnlySpan<byte> directory = mapped[(BitConverter.ToInt32(mapped[0x3c..]) + ExceptionDirectory)..];
        int at = BitConverter.ToInt32(directory);
        int end = at + BitConverter.ToInt32(directory[4..]);
        uint start = (uint)(image.AddressOf(function) - image.Base);
        for (; at < end; at += RuntimeFunctionSize)
        {
            if (BitConverter.ToUInt32(mapped[at..]) == start)
                return mapped.Slice(at, RuntimeFunctionSize);
        }

        throw new AssertFailedException($"{function} has no unwind information.");
    }
}
