using System.Globalization;
using KCallbacks.Detection.Windows;
using KCallbacks.Dumps.Format;

namespace KCallbacks.Dumps;

/// <summary>What a minidump holds, and the first thing that it should hold and does not.</summary>
internal sealed class MinidumpContent : IDisposable
{
    private MinidumpContent(DumpBytes file)
    {
        DumpGaps gaps = Gaps = new DumpGaps(file);
        var directory = StreamDirectory.Read(file, gaps);
        File = file;
        Header = DumpHeader.Read(file);
        Process = MiscInfo.Read(file, directory);
        System = SystemInfo.Read(file, directory, gaps);
        Threads = ListedThread.ReadAll(file, directory, gaps);
        Modules = ListedModule.ReadAll(file, directory, gaps);
        Exception = ExceptionRecord.Read(file, directory, gaps);
        Handles = HandleList.Of(file, directory, gaps);
        Functions = FunctionTables.Read(file, directory);
        Writer = directory.Find(StreamType.BreakpadInfo) is { } info ? DumpWriting.WriterIn(file.Read(info with { Size = Math.Min(info.Size, DumpWriting.StreamSize) })) : null;
        List<MemoryRange> ranges = MemoryLists.Read(file, directory, gaps);
        NoteCutThreads(gaps);
        foreach (MemoryRange range in ranges)
            gaps.NoteIfCut(range.Part, () => NameOf(range));
        Memory = new DumpMemory(file, ranges.Concat(Threads.Where(thread => thread.StackStart != 0).Select(thread => new MemoryRange(thread.StackStart, thread.Stack))));
    }

    /// <summary>The file.</summary>
    public DumpBytes File { get; }

    /// <summary>When and how it was made.</summary>
    public DumpHeader Header { get; }

    /// <summary>Which process it is of.</summary>
    public MiscInfo Process { get; }

    /// <summary>Processor and operating system.</summary>
    public SystemInfo System { get; }

    /// <summary>The threads in the dump's order.</summary>
    public IReadOnlyList<ListedThread> Threads { get; }

    /// <summary>The modules in the dump's order.</summary>
    public IReadOnlyList<ListedModule> Modules { get; }

    /// <summary>The exception it was written for; null when it was written for none.</summary>
    public ExceptionRecord? Exception { get; }

    /// <summary>System id of the thread that wrote the dump; null where none is named.</summary>
    public uint? Writer { get; }

    /// <summary>The handles of the process; null where the dump has none.</summary>
    public HandleList? Handles { get; }

    /// <summary>Functions that lie in no module; null where the dump tells of none.</summary>
    public FunctionTables? Functions { get; }

    /// <summary>The memory.</summary>
    public DumpMemory Memory { get; }

    /// <summary>What it should hold and does not.</summary>
    public DumpGaps Gaps { get; }

    /// <summary>Why a stack without callback frames says nothing; null when it does. Callback frames are known by the modules they lead into.</summary>
    public string? WhyAbsenceIsNotProven => Modules.Count == 0 ? "the dump's list of modules is missing, by which callbacks are told from other words on the stack" : null;

    /// <summary>Opens a dump.</summary>
    /// <exception cref="DumpException">It is no minidump, or lacks what nothing can be read without.</exception>
    /// <exception cref="IOException">It cannot be opened, or the disk failed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static MinidumpContent Open(string path)
    {
        DumpBytes file = DumpBytes.Open(path);
        try
        {
            return new MinidumpContent(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>A pointer in a structure; null when the structure is not known, not in the dump, or holds null there.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public ulong? ReadPointer(ulong structure, ulong offset, CpuLayout machine)
    {
        Span<byte> pointer = stackalloc byte[machine.PointerSize];
        return structure != 0 && Memory.Read(structure + offset, pointer) == pointer.Length && machine.ToAddress(pointer) is not 0 and ulong value ? value : null;
    }

    public void Dispose() => File.Dispose();

    private void NoteCutThreads(DumpGaps gaps)
    {
        foreach (ListedThread thread in Threads)
        {
            gaps.NoteIfCut(thread.Context, () => $"the registers of thread {thread.SystemId:x}");
            if (thread.StackStart != 0)
                gaps.NoteIfCut(thread.Stack, () => $"the stack of thread {thread.SystemId:x}");
        }
    }

    private string NameOf(MemoryRange range) => Threads.FirstOrDefault(thread => thread.StackStart != 0 && thread.StackStart >= range.Start && thread.StackStart <= range.Last) is { } owner
        ? $"the stack of thread {owner.SystemId:x}"
        : string.Create(CultureInfo.InvariantCulture, $"the memory at 0x{range.Start:x16}");
}
