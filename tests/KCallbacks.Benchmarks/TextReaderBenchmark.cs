using System.Text;
using BenchmarkDotNet.Attributes;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks;

namespace KCallbacks.Benchmarks;

/// <summary>The reader of printed stacks: 16 MB of a debugger's log from memory.</summary>
[MemoryDiagnoser]
[Config(typeof(WithThroughput))]
public class TextReaderBenchmark
{
    private const string Walk = """

        .  7  Id: 1894.d54 Suspend: 0 Teb: 00000072`7efdd000 Unfrozen
         # Child-SP          RetAddr               Call Site
        00 00000072`a512ee18 00007fff`3322d1ee     win32u!NtUserMsgWaitForMultipleObjectsEx+0x14
        01 00000072`a512ee20 00007fff`154c692e     USER32!RealMsgWaitForMultipleObjectsEx+0x1e
        02 00000072`a512ee60 00007fff`3324096b     DUser!MphWaitMessageEx+0x16e
        03 00000072`a512eee0 00007fff`340e72b4     USER32!_ClientWaitMessageExMPH+0x2b
        04 00000072`a512ef30 00007fff`31b814d4     ntdll!KiUserCallbackDispatcherContinue
        05 00000072`a512ef98 00007fff`332464cc     win32u!NtUserWaitMessage+0x14
        06 00000072`a512f120 00007fff`31f6c364     comdlg32!<lambda_22c3789f28ebf1f2c635f53cf3743f73>::operator()+0xf8
        07 00000072`a512f170 00007ff7`79e1fae2     app!ATL::CWindowImplBaseT<ATL::CWindow,ATL::CWinTraits<1442840576,0> >::WindowProc+0x85
        08 00000072`a512feb0 00000000`00000000     ntdll!RtlUserThreadStart+0x2b

        """;

    private const string Arguments = """

        .  7  Id: 1894.d54 Suspend: 0 Teb: 00000072`7efdd000 Unfrozen
        Child-SP          RetAddr           : Args to Child                                                           : Call Site
        00000000`0181fb90 00000000`deadbabe : 00000000`00000003 00000000`0181fd10 00000000`00000058 00000000`00000000 : ntdll!KiUserCallbackDispatcher+0x24
        00000000`0181fcf0 00000001`40001635 : 00000000`00010064 00000000`00000401 00000000`00000001 00000000`00000002 : win32u!NtUserMessageCall+0x14

        """;

    private const string Output = """
        ModLoad: 00007ffb`1dbe0000 00007ffb`1ddd5000   C:\Windows\SYSTEM32\ntdll.dll
        (1894.d54): C++ EH exception - code e06d7363 (first chance)

        """;

    private byte[] _log = [];

    /// <summary>What the log is made of.</summary>
    [Params("~*kn", "kv", "no stacks")]
    public string Text { get; set; } = "";

    /// <summary>Length of the log.</summary>
    [Params(16 << 20)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void MakeLog()
    {
        byte[] part = Encoding.ASCII.GetBytes(Text switch { "~*kn" => Walk, "kv" => Arguments, _ => Output });
        _log = new byte[Bytes];
        for (int start = 0; start < Bytes; start += part.Length)
            part.AsSpan(0, Math.Min(part.Length, Bytes - start)).CopyTo(_log.AsSpan(start));
    }

    [Benchmark(Description = "read")]
    public long Read()
    {
        long frames = 0;
        foreach (ThreadStack thread in StackFile.Open(new MemoryStream(_log)).ReadThreads())
            frames += thread.Frames.Length;
        return frames;
    }
}
