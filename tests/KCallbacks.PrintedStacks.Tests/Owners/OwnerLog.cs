using System.Globalization;
using System.Text;
using KCallbacks.Detection.Waits;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests.Owners;

/// <summary>Writes logs with stacks that wait, and reads who waits for whom.</summary>
internal static class OwnerLog
{
    /// <summary>Address of the critical section that <see cref="X86"/> threads wait for when no other is given.</summary>
    public const uint Stock = 0x4c1a90;

    /// <summary>A thread of an x86 program in RtlEnterCriticalSection, by <c>kb</c>.</summary>
    public static string X86(int number, uint id, uint section = Stock, uint process = 0x1a2c)
    {
        uint stack = 0x0018_f000 + ((uint)number * 0x10_0000);
        return string.Create(CultureInfo.InvariantCulture, $"""
               {number}  Id: {process:x}.{id:x} Suspend: 1 Teb: 7efd{number:x}000 Unfrozen
            ChildEBP RetAddr  Args to Child
            {stack + 0x5a8:x8} 77ab8e44 00000148 00000000 00000000 ntdll!NtWaitForSingleObject+0x15
            {stack + 0x60c:x8} 77ab8d28 00000000 00000000 00000001 ntdll!RtlpWaitOnCriticalSection+0x13e
            {stack + 0x634:x8} 004015b3 {section:x8} 00401000 0018f66c ntdll!RtlEnterCriticalSection+0x150
            {stack + 0x66c:x8} 7651336a 00000001 00000002 00000003 shop!Stock::Add+0x23
            {stack + 0x6ac:x8} 77ab9f72 7efde000 7752ac42 00000000 kernel32!BaseThreadInitThunk+0xe
            {stack + 0x6ec:x8} 00000000 00401120 7efde000 00000000 ntdll!_RtlUserThreadStart+0x1b


            """);
    }

    /// <summary>A thread of an x86 program that waits for a handle, by <c>kb</c>.</summary>
    public static string X86Handle(int number, uint id, uint handle, uint shown, string time = "00000000")
    {
        uint stack = 0x0018_f000 + ((uint)number * 0x10_0000);
        return string.Create(CultureInfo.InvariantCulture, $"""
               {number}  Id: 1a2c.{id:x} Suspend: 1 Teb: 7efd{number:x}000 Unfrozen
            ChildEBP RetAddr  Args to Child
            {stack + 0x5a8:x8} 75711194 {handle:x8} 00000000 {time} ntdll!NtWaitForSingleObject+0x15
            {stack + 0x614:x8} 76511194 {shown:x8} ffffffff 00000000 KERNELBASE!WaitForSingleObjectEx+0x98
            {stack + 0x62c:x8} 00401900 {shown:x8} ffffffff 00000000 kernel32!WaitForSingleObjectExImplementation+0x75
            {stack + 0x66c:x8} 7651336a 00000001 00000002 00000003 shop!Worker+0x23
            {stack + 0x6ac:x8} 77ab9f72 7efde000 7752ac42 00000000 kernel32!BaseThreadInitThunk+0xe


            """);
    }

    /// <summary>A thread of an x64 program that stands in functions, by <c>k</c>.</summary>
    public static string X64(int number, uint id, params string[] functions)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"   {number}  Id: 1a2c.{id:x} Suspend: 1 Teb: 000000d1`0000{number:x}000 Unfrozen\n");
        text.Append("Child-SP          RetAddr               Call Site\n");
        for (int i = 0; i < functions.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"000000d1`00{number:x2}{0xf000 + (i * 0x40):x4} 00007ffb`0000{i:x4}     {functions[i]}+0x14\n");
        return text.Append('\n').ToString();
    }

    /// <summary>A thread of an x64 program in RtlEnterCriticalSection.</summary>
    public static string X64Section(int number, uint id) => X64(
        number, id, "ntdll!NtWaitForAlertByThreadId", "ntdll!RtlpWaitOnAddress", "ntdll!RtlpEnterCriticalSectionContended", "ntdll!RtlEnterCriticalSection", "shop!Stock::Add", "ntdll!RtlUserThreadStart");

    /// <summary>A thread of a kernel log that waits for objects.</summary>
    public static string Kernel(string address, string client, string wait, params string[] objects)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"THREAD {address}  Cid {client}  Teb: 000000d1a0000000 Win32Thread: 0000000000000000 WAIT: ({wait}) KernelMode Non-Alertable\n");
        foreach (string waited in objects)
            text.Append(CultureInfo.InvariantCulture, $"    {waited}\n");
        return text.Append(CultureInfo.InvariantCulture, $"""
            Not impersonating
            Owning Process            ffffc00a77778080       Image:         shop.exe
            Wait Start TickCount      4711           Ticks: 300 (0:00:00:04.687)
            Stack Init ffffd000{address[^4..]}0c90 Current ffffd000{address[^4..]}06f0
            Child-SP          RetAddr           Call Site
            ffffd000`{address[^4..]}0730 fffff800`12345670 nt!KiSwapContext+0x76
            ffffd000`{address[^4..]}0870 fffff800`12345671 nt!KiSwapThread+0x500
            ffffd000`{address[^4..]}0930 fffff800`12345672 nt!KiCommitThreadWait+0x14f
            ffffd000`{address[^4..]}09d0 fffff800`12345673 nt!KeWaitForSingleObject+0x233
            ffffd000`{address[^4..]}0ac0 fffff800`12345674 shop!Wait+0x20
            ffffd000`{address[^4..]}0b40 00000000`00000000 nt!KiStartSystemThread+0x28


            """).ToString();
    }

    /// <summary>The waits of a log, one line each.</summary>
    public static string[] Waits(string text) => [.. Graph(text).Threads.SelectMany(thread => thread.Waits.Select(wait => WaitText.Of(thread, wait)))];

    /// <summary>The graph of a log.</summary>
    public static WaitGraph Graph(string text)
    {
        RecordingFile recording = Reading.Text(text).Recording;
        WaitGraph? graph = recording.Waits;
        Assert.IsNotNull(graph);
        return graph;
    }
}
