using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Frames;

/// <summary>The part a frame plays in the story of a callback, as far as its name tells.</summary>
internal enum FrameRole : byte
{
    /// <summary>No name, and no address that can be code: a word the walker took for a return address.</summary>
    NoCode,

    /// <summary>Code without a function name.</summary>
    Unnamed,

    /// <summary>Named user code without a part.</summary>
    Code,

    /// <summary>A function of Windows that calls a window or hook procedure.</summary>
    ProcedureCall,

    /// <summary>A function that takes a message from the queue. It calls no code of the application but through the kernel.</summary>
    MessageRetrieval,

    /// <summary>Return from, or entry to, a system call shared by all stubs, which says nothing of its own.</summary>
    FastSystemCall,

    /// <summary>The stub of a system call.</summary>
    SystemCall,

    /// <summary>The stub of a system call into the window manager or the graphics device interface, which issue the callbacks.</summary>
    GraphicalCall,

    /// <summary>Where an asynchronous procedure call or an exception enters user mode, also from within a system call.</summary>
    OtherDispatcher,

    /// <summary>The stub with which a callback ends.</summary>
    CallbackReturn,

    /// <summary>A routine of <c>PEB.KernelCallbackTable</c>, named with the underscore that only these have.</summary>
    Routine,

    /// <summary>A name that fits a routine when the dispatcher is directly below, and nothing otherwise.</summary>
    RoutineIfDispatched,

    /// <summary>Code between the dispatcher and the routine while control flow guard checks the call.</summary>
    Forwarder,

    /// <summary>Return into the callback dispatcher.</summary>
    Dispatcher,

    /// <summary>The 64-bit code that starts a callback in the 32-bit half of a WoW64 thread.</summary>
    Wow64Dispatcher,

    /// <summary>The kernel function that left the kernel for the callback and waits for its return.</summary>
    KernelCallout,

    /// <summary>Kernel code through which user mode entered the kernel.</summary>
    KernelEntry,

    /// <summary>Other kernel code.</summary>
    Kernel,

    /// <summary>The code with which every thread in user mode begins.</summary>
    ThreadStart,

    /// <summary>The code with which a thread of the system begins, which has no user half, or the idle loop.</summary>
    SystemThreadStart,
}

/// <summary>One frame read by its names, without allocating.</summary>
/// <param name="Module">The module.</param>
/// <param name="Role">The part the frame plays.</param>
/// <param name="Fit">For a dispatcher, how well its name fits.</param>
/// <param name="IsInStub">Whether the frame stands where the system call of an x64 stub returns, whatever its name.</param>
internal readonly record struct FrameReading(SystemModule Module, FrameRole Role, DispatcherFit Fit = DispatcherFit.No, bool IsInStub = false)
{
    /// <summary>No routine of the callback table is longer.</summary>
    private const ulong LongestRoutine = 0x400;

    /// <summary>Whether the frame runs in kernel mode.</summary>
    public bool IsKernel => Role is FrameRole.Kernel or FrameRole.KernelEntry or FrameRole.KernelCallout or FrameRole.SystemThreadStart;

    /// <summary>Whether the frame has a function name.</summary>
    public bool IsNamed => Role is not (FrameRole.NoCode or FrameRole.Unnamed);

    /// <summary>Whether the frame is the stub of a system call.</summary>
    public bool IsSystemCall => Role is FrameRole.SystemCall or FrameRole.GraphicalCall;

    /// <summary>Whether the frame can be the stub of a system call that has the name of an API function, as exported ones had before Windows 10.</summary>
    public bool IsExportedStub =>
        IsInStub && Role is FrameRole.Code or FrameRole.MessageRetrieval && Module is SystemModule.User32 or SystemModule.Gdi32 or SystemModule.Imm32;

    /// <summary>Whether the frame runs in a user module of Windows, or where threads start.</summary>
    public bool IsSurelyUser => !IsKernel && (Module is not (SystemModule.Other or SystemModule.Missing) || Role is FrameRole.ThreadStart or FrameRole.Dispatcher);

    /// <summary>The reading of a kernel callout.</summary>
    public static FrameReading Callout { get; } = new(SystemModule.Kernel, FrameRole.KernelCallout);

    /// <summary>Reads one frame.</summary>
    public static FrameReading Of(in StackFrame frame)
    {
        SystemModule module = ModuleName.Recognise(frame.Module);
        FunctionName name = FunctionName.Of(frame.Function);
        FrameRole kernelRole = KernelRole(name);
        if (module == SystemModule.Kernel || IsKernelSide(frame) || (module == SystemModule.Missing && kernelRole != FrameRole.Kernel))
            return new(SystemModule.Kernel, kernelRole);
        if (name.Word.IsEmpty && frame.IsUnexported)
            return new(module, FrameRole.Code);
        if (name.Word.IsEmpty)
            return new(module, module != SystemModule.Missing || AddressSpace.CanBeUserCode(frame.InstructionPointer) ? FrameRole.Unnamed : FrameRole.NoCode);

        DispatcherFit fit = module is SystemModule.Ntdll or SystemModule.Missing ? Dispatcher.Fit(name, frame.Displacement) : DispatcherFit.No;
        return fit != DispatcherFit.No
            ? new(module, FrameRole.Dispatcher, fit)
            : new(module, UserRole(module, name, frame.Displacement), IsInStub: frame.Displacement == SystemCallStub.ReturnOnX64);
    }

    private static FrameRole UserRole(SystemModule module, FunctionName name, ulong? displacement)
    {
        if (IsCallbackReturn(module, name) && IsWithin(displacement, SystemCallStub.Reach))
            return FrameRole.CallbackReturn;
        if (IsFastSystemCall(module, name, displacement))
            return FrameRole.FastSystemCall;
        if (IsStub(module, name) && IsWithin(displacement, SystemCallStub.Reach))
            return name.IsGraphicalService ? FrameRole.GraphicalCall : FrameRole.SystemCall;
        if (HasRoutines(module) && RoutineName.IsLike(name) && IsWithin(displacement, LongestRoutine))
            return module != SystemModule.Missing && RoutineName.IsCertain(name) ? FrameRole.Routine : FrameRole.RoutineIfDispatched;
        if (module is SystemModule.Wow64 && name.Is(Dispatcher.OfWow64))
            return FrameRole.Wow64Dispatcher;
        if (module is SystemModule.Ntdll or SystemModule.Missing && name.Is(Dispatcher.Forwarder))
            return FrameRole.Forwarder;
        if (Dispatcher.IsOfOther(name))
            return FrameRole.OtherDispatcher;
        if (module == SystemModule.User32 && MessageRetrieval.Is(name, displacement))
            return FrameRole.MessageRetrieval;
        if (module == SystemModule.User32 && MessageRetrieval.IsCallerOfProcedures(name))
            return FrameRole.ProcedureCall;
        return ThreadStarts.IsUser(name) ? FrameRole.ThreadStart : FrameRole.Code;
    }

    private static FrameRole KernelRole(FunctionName name)
    {
        if (name.Is(KernelCallout.Function))
            return FrameRole.KernelCallout;
        if (FastSystemCall.IsKernelEntry(name))
            return FrameRole.KernelEntry;
        return ThreadStarts.IsSystem(name) ? FrameRole.SystemThreadStart : FrameRole.Kernel;
    }

    private static bool IsCallbackReturn(SystemModule module, FunctionName name) => module switch
    {
        SystemModule.Ntdll => name.IsService(CallbackReturn.Service),
        SystemModule.User32 => name.Is(CallbackReturn.FunctionOfXp),
        SystemModule.Missing => name.IsService(CallbackReturn.Service) || name.Is(CallbackReturn.FunctionOfXp),
        _ => false,
    };

    private static bool IsFastSystemCall(SystemModule module, FunctionName name, ulong? displacement) =>
        module == SystemModule.Wow64Cpu
        || FastSystemCall.IsInSharedPage(name)
        || (module is SystemModule.Ntdll or SystemModule.Missing
            && FastSystemCall.IsInNtdll(name)
            && IsWithin(displacement, SystemCallStub.Reach));

    private static bool IsStub(SystemModule module, FunctionName name) => module switch
    {
        SystemModule.Missing => name.IsGraphicalService,
        SystemModule.Ntdll or SystemModule.Win32u or SystemModule.User32 or SystemModule.Gdi32 or SystemModule.Imm32 or SystemModule.Wow64Win => name.IsSystemService,
        _ => false,
    };

    private static bool HasRoutines(SystemModule module) => module is
        SystemModule.User32 or SystemModule.Wow64Win or SystemModule.Imm32 or SystemModule.Gdi32 or SystemModule.Missing;

    private static bool IsWithin(ulong? displacement, ulong length) => displacement is null || displacement <= length;

    /// <summary>By side, or address where the target does not tell the side.</summary>
    private static bool IsKernelSide(in StackFrame frame) =>
        (frame.Side == FrameSide.Unknown ? AddressSpace.SideOf(frame.InstructionPointer) : frame.Side) == FrameSide.Kernel;
}
