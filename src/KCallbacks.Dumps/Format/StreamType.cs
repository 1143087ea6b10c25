using KCallbacks.Detection.Windows;

namespace KCallbacks.Dumps.Format;

/// <summary>The streams that are read (<c>MINIDUMP_STREAM_TYPE</c>).</summary>
internal enum StreamType : uint
{
    Unused = 0,
    ThreadList = 3,
    ModuleList = 4,
    MemoryList = 5,
    Exception = 6,
    SystemInfo = 7,
    Memory64List = 9,
    HandleData = 12,
    FunctionTable = 13,
    MiscInfo = 15,
    BreakpadInfo = DumpWriting.Stream,
}
