using System.Buffers.Binary;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Tests.Waits;

/// <summary>Whose a window is, by the window manager's table in both of its forms.</summary>
[TestClass]
public sealed class WindowTableTests
{
    private const ulong Shared = WindowsX64.User32 + 0x8_0000;
    private const ulong Information = 0x3000_0000;
    private const ulong Entries = 0x3100_0000;
    private const ulong Block = 0x2000_0000;
    private const ulong ThreadInfo = 0xffff_9a00_1234_0010;
    private const uint Thread = 0x1a4;
    private const ulong Window = 0x0003_0005;

    [TestMethod]
    [DataRow(7601)]
    [DataRow(14393)]
    [DataRow(16299)]
    [DataRow(19041)]
    [DataRow(22000)]
    [DataRow(26100)]
    public void A_window_is_its_threads(int build) => Assert.AreEqual(Thread, OwnerOf(Window, build)?.ThreadId);

    [TestMethod]
    [DataRow(0x0004_0005ul, 19041, DisplayName = "another use of the entry")]
    [DataRow(0x0003_0006ul, 19041, DisplayName = "an entry that is empty")]
    [DataRow(0x0003_0ffful, 19041, DisplayName = "behind the table")]
    [DataRow(0x8003_0005ul, 19041, DisplayName = "the highest bit counts")]
    [DataRow(Window, 9600, DisplayName = "a build whose table nobody read")]
    [DataRow(Window, null, DisplayName = "no build")]
    public void What_does_not_fit_is_nobodys(ulong window, int? build) => Assert.IsNull(OwnerOf(window, build));

    [TestMethod]
    public void The_highest_bit_of_the_uniqueness_does_not_count_any_more() => Assert.AreEqual(Thread, OwnerOf(0x8003_0005, 22000)?.ThreadId);

    [TestMethod]
    public void A_window_that_is_destroyed_is_nobodys() => Assert.IsNull(OwnerOf(Window, 19041, flags: 1));

    [TestMethod]
    public void A_size_of_entries_that_is_not_the_builds_is_not_believed() => Assert.IsNull(OwnerOf(Window, 19041, size: 0x18));

    [TestMethod]
    public void A_thread_without_the_owners_information_is_not_named() => Assert.IsNull(OwnerOf(Window, 14393, info: 0x1234));

    private static WindowOwner? OwnerOf(ulong window, int? build, byte flags = 0, int? size = null, ulong info = ThreadInfo)
    {
        bool isOld = build < 15063;
        int entrySize = isOld ? 0x18 : 0x20;
        byte[] table = new byte[8 * entrySize];
        Span<byte> entry = table.AsSpan(5 * entrySize);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], isOld ? ThreadInfo : Thread);
        int type = isOld ? 0x10 : 0x18;
        entry[type] = 1;
        entry[type + 1] = flags;
        BinaryPrimitives.WriteUInt16LittleEndian(entry[(type + 2)..], 3);

        SyntheticProcess process = new SyntheticProcess { Modules = [.. WindowsX64.Modules], WindowsBuild = build }
            .WithFunction("user32!gSharedInfo", Shared)
            .WithMemory(Shared, [.. BitConverter.GetBytes(Information), .. BitConverter.GetBytes(Entries), .. BitConverter.GetBytes((ulong)(size ?? entrySize))])
            .WithMemory(Information, [.. new byte[8], .. BitConverter.GetBytes(8UL)])
            .WithMemory(Entries, table)
            .WithMemory(Block + 0x78, BitConverter.GetBytes(info));
        var thread = new WaitInput { Stack = new ThreadStack { Thread = new ThreadIdentity(0, SystemId: Thread), EnvironmentBlock = Block } };
        return new WindowTable(process, [thread]).OwnerOf(window);
    }
}
