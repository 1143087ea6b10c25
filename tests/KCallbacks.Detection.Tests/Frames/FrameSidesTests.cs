using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Frames;

/// <summary>K and u say where a frame runs, <c>?</c> that nothing tells.</summary>
[TestClass]
public sealed class FrameSidesTests
{
    [TestMethod]
    [DataRow("uuu", "ntdll!NtWaitForSingleObject;app!main;ntdll!RtlUserThreadStart")]
    [DataRow("KKuu", "nt!KiSwapContext;nt!KiSystemServiceCopyEnd;ntdll!NtWaitForSingleObject;app!main")]
    [DataRow("KKKuu", "nt!KiSwapContext;driver!Wait;nt!KiSystemServiceCopyEnd;app!main;ntdll!RtlUserThreadStart", DisplayName = "a driver has any name")]
    [DataRow("KKuu", "driver!Wait;nt!KiSystemServiceCopyEnd;ntdll!NtDeviceIoControlFile;app!main", DisplayName = "also innermost")]
    [DataRow("KKKKK", "nt!KiSwapContext;nt!KeWaitForSingleObject;driver!Worker;nt!PspSystemThreadStartup;nt!KiStartSystemThread", DisplayName = "a thread of the system")]
    [DataRow("KKuuuKKKuu", "nt!KiSwapContext;nt!KiFastCallEntry;ntdll!NtWait;app!WndProc;ntdll!KiUserCallbackDispatcher;nt!KiCallUserMode;driver!Callout;nt!KiFastCallEntry;user32!NtUserDispatchMessage;app!main")]
    [DataRow("KKuuKKu", "nt!KiSwapContext;nt!KiFastCallEntry;ntdll!KiFastSystemCallRet;ntdll!KiUserCallbackDispatcher;nt!KiCallUserMode;nt!KiFastCallEntry;ntdll!KiFastSystemCallRet")]
    [DataRow("uuKKu", "app!WndProc;user32!__fnDWORD;nt!KiCallUserMode;nt!KiFastCallEntry;user32!NtUserDispatchMessage", DisplayName = "a callback above its callout")]
    [DataRow("?u", "0xffffffff9fb3e000;app!main")]
    [DataRow("uK", "0x7ff812345678;0xfffff80312345678")]
    [DataRow("", "")]
    public void A_frame_runs_on_the_side_that_it_and_its_neighbours_show(string sides, string printed) =>
        Assert.AreEqual(sides, string.Concat(FrameSides.Of(PrintedStack.Of(printed).Frames).Select(side => side switch
        {
            FrameSide.Kernel => 'K',
            FrameSide.User => 'u',
            _ => '?',
        })));
}
