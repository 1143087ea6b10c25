using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Frames;

/// <summary>One frame read by its names, without allocating.</summary>
/// <param name="Module">The module.</param>
/// <param name="Role">The part the frame plays.</param>
/// <param name="Fit">For a dispatcher, how well its name fits.</param>
internal readonly record struct FrameReading(SystemModule Module, FrameRole Role, DispatcherFit Fit = DispatcherFit.No)
{
    /// <summary>No routine of the callback table is longer.</summary>
    private const ulong LongestRoutine = 0x400;

    /// <summary>Whether the frame runs in kernel mode.</summary>
    public bool IsKernel => Role is FrameRole.Kernel or FrameRole.KernelEntry or FrameRole.KernelCallout or FrameRole.SystemThreadStart;

    /// <summary>Whether the frame has a function name.</summary>
    public bool IsNamed => Role is not (FrameRole.NoCode or FrameRole.Unnamed);

    /// <summary>Whether the frame is the stub of a system call.</summary>
    public bool IsSystemCall => Role is FrameRole.SystemCall or FrameRole.GraphicalCall;

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
        if (name.Word.IsEmpty)
            return new(module, module != SystemModule.Missing || CanBeCode(frame.InstructionPointer) ? FrameRole.Unnamed : FrameRole.NoCode);

        DispatcherFit fit = module is SystemModule.Ntdll or SystemModule.Missing ? DispatcherName.Fit(name, frame.Displacement) : DispatcherFit.No;
        return fit != DispatcherFit.No ? new(module, FrameRole.Dispatcher, fit) : new(module, UserRole(module, name, frame.Displacement));
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
        if (module is SystemModule.Wow64 && name.Is("Wow64KiUserCallbackDispatcher"))
            return FrameRole.Wow64Dispatcher;
        if (module is SystemModule.Ntdll or SystemModule.Missing && name.Is("KiUserCallForwarder"))
            return FrameRole.Forwarder;
        if (IsOtherDispatcher(name))
            return FrameRole.OtherDispatcher;
        return ThreadStartName.IsUser(name) ? FrameRole.ThreadStart : FrameRole.Code;
    }

    /// <summary>Symbol files label the return within these dispatchers, too: <c>KiUserApcDispatch</c>, <c>KiUserExceptionDispatch</c>.</summary>
    private static bool IsOtherDispatcher(FunctionName name) =>
        name.StartsWith("KiUserApcDispatch") || name.StartsWith("KiUserExceptionDispatch") || name.Is("KiRaiseUserExceptionDispatcher");

    private static FrameRole KernelRole(FunctionName name)
    {
        if (name.Is("KiCallUserMode"))
            return FrameRole.KernelCallout;
        if (name.StartsWith("KiSystemService") || name.StartsWith("KiFastCallEntry"))
            return FrameRole.KernelEntry;
        return ThreadStartName.IsSystem(name) ? FrameRole.SystemThreadStart : FrameRole.Kernel;
    }

    private static bool IsCallbackReturn(SystemModule module, FunctionName name) => module switch
    {
        SystemModule.Ntdll => name.IsService("CallbackReturn"),
        SystemModule.User32 => name.Is("XyCallbackReturn"),
        SystemModule.Missing => name.IsService("CallbackReturn") || name.Is("XyCallbackReturn"),
        _ => false,
    };

    private static bool IsFastSystemCall(SystemModule module, FunctionName name, ulong? displacement) =>
        module == SystemModule.Wow64Cpu
        || name.Is("SystemCallStub")
        || (module is SystemModule.Ntdll or SystemModule.Missing
            && (name.Is("KiFastSystemCallRet") || name.Is("KiFastSystemCall") || name.Is("KiIntSystemCall") || name.Is("Wow64SystemServiceCall"))
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

    /// <summary>The lowest 64 KB are never mapped, and user mode ends at 2^47.</summary>
    private static bool CanBeCode(ulong address) => address is >= 0x1_0000 and < 0x8000_0000_0000 or >= 0xffff_ffff_8000_0000;

    /// <summary>
    /// By side or address. The topmost 2 GB say nothing: there the engine puts sign-extended 32-bit addresses, which may be user mode's.
    /// </summary>
    private static bool IsKernelSide(in StackFrame frame) => frame.Side switch
    {
        FrameSide.Kernel => true,
        FrameSide.User => false,
        _ => frame.InstructionPointer is >= 0xffff_8000_0000_0000 and < 0xffff_ffff_8000_0000,
    };
}
