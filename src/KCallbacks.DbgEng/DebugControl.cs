
namespace KCallbacks.DbgEng;

/// <summary>The session's state, output, interrupt, commands and stack walks.</summary>
public sealed unsafe class DebugControl : EngineInterface, IEngineInterface<DebugControl>
{
    private DebugControl(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<DebugControl>.Name => "IDebugControl5";

    static Guid IEngineInterface<DebugControl>.Iid => new("b2ffe162-2412-429f-8d1d-5bf6dd824696");

    internal static new class Slot
    {
        public const int GetInterrupt = 3;
        public const int SetInterrupt = 4;
        public const int GetDebuggeeType = 34;
        public const int GetActualProcessorType = 35;
        public const int GetEffectiveProcessorType = 47;
        public const int SetEffectiveProcessorType = 48;
        public const int GetExecutionStatus = 49;
        public const int GetEngineOptions = 53;
        public const int AddEngineOptions = 54;
        public const int GetWindbgExtensionApis64 = 80;
        public const int WaitForEvent = 93;
        public const int GetLastEventInformation = 94;
        public const int GetCurrentTimeDate = 95;
        public const int ControlledOutputWide = 122;
        public const int ExecuteWide = 133;
        public const int GetSystemVersionValues = 160;
        public const int GetStackTraceEx = 169;
        public const int GetContextStackTraceEx = 171;
    }

    static DebugControl IEngineInterface<DebugControl>.Adopt(nint pointer) => new(pointer);

    /// <summary>Whether the user asked to stop: <see cref="HResult.Ok"/> if so. Asking clears the request.</summary>
    public HResult TryGetInterrupt() => new(((delegate* unmanaged<nint, int>)Method(Slot.GetInterrupt))(Pointer));

    /// <summary>Asks the engine to stop what it does. May be called from any thread.</summary>
    public HResult TrySetInterrupt(InterruptKind kind) => TrySetNumber(Slot.SetInterrupt, (uint)kind);

    /// <summary>Kind of the session and, within the kind, of the target.</summary>
    public HResult TryGetDebuggeeType(out DebuggeeClass kind, out DebuggeeQualifier qualifier)
    {
        fixed (DebuggeeClass* filledKind = &kind)
        fixed (DebuggeeQualifier* filledQualifier = &qualifier)
        {
            return new HResult(((delegate* unmanaged<nint, uint*, uint*, int>)Method(Slot.GetDebuggeeType))(
                Pointer, (uint*)filledKind, (uint*)filledQualifier));
        }
    }

    /// <summary>The machine type of the target's processor (<c>IMAGE_FILE_MACHINE_*</c>).</summary>
    public HResult TryGetActualProcessorType(out uint machine) => TryGetNumber(Slot.GetActualProcessorType, out machine);

    /// <inheritdoc cref="TryGetActualProcessorType"/>
    /// <exception cref="EngineCallException">There is no session.</exception>
    public uint GetActualProcessorType()
    {
        TryGetActualProcessorType(out uint machine).ThrowIfFailed();
        return machine;
    }

    /// <summary>The machine type by which the engine reads registers and walks stacks: what <c>.effmach</c> shows (<c>IMAGE_FILE_MACHINE_*</c>).</summary>
    public HResult TryGetEffectiveProcessorType(out uint machine) => TryGetNumber(Slot.GetEffectiveProcessorType, out machine);

    /// <summary>Sets the machine type as <c>.effmach</c> does.</summary>
    public HResult TrySetEffectiveProcessorType(uint machine) => TrySetNumber(Slot.SetEffectiveProcessorType, machine);

    /// <summary>Whether the target runs, stands or is not there.</summary>
    public HResult TryGetExecutionStatus(out ExecutionStatus status)
    {
        HResult result = TryGetNumber(Slot.GetExecutionStatus, out uint value);
        status = (ExecutionStatus)value;
        return result;
    }

    /// <inheritdoc cref="TryGetExecutionStatus"/>
    /// <exception cref="EngineCallException">The engine does not know.</exception>
    public ExecutionStatus GetExecutionStatus()
    {
        TryGetExecutionStatus(out ExecutionStatus status).ThrowIfFailed();
        return status;
    }

    /// <summary>The engine's options.</summary>
    public HResult TryGetEngineOptions(out EngineOptions options)
    {
        HResult result = TryGetNumber(Slot.GetEngineOptions, out uint value);
        options = (EngineOptions)value;
        return result;
    }

    /// <summary>Turns options on.</summary>
    public HResult TryAddEngineOptions(EngineOptions options) => TrySetNumber(Slot.AddEngineOptions, (uint)options);

    /// <inheritdoc cref="TryAddEngineOptions"/>
    /// <exception cref="EngineCallException">The engine refuses.</exception>
    public void AddEngineOptions(EngineOptions options) => TryAddEngineOptions(options).ThrowIfFailed();

    /// <summary>Runs the session until the debugger is to act; <see cref="HResult.False"/> when the time is over first.</summary>
    /// <param name="timeout">Milliseconds; 0xffffffff waits for ever.</param>
    public HResult TryWaitForEvent(uint timeout) =>
        new(((delegate* unmanaged<nint, uint, uint, int>)Method(Slot.WaitForEvent))(Pointer, 0, timeout));

    /// <summary>The target's time, of a dump the time at which it was made: seconds since the beginning of 1970, UTC.</summary>
    public HResult TryGetCurrentTimeDate(out uint seconds) => TryGetNumber(Slot.GetCurrentTimeDate, out seconds);

    /// <summary>The event at which the session stands, if it is an exception: for a dump the one for which it was made.</summary>
    /// <param name="found">The exception and its thread.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetLastException(out ExceptionEvent found)
    {
        const uint exception = 2;
        uint kind = 0, process = 0, thread = 0, filled = 0;
        ExceptionRecord record = default;
        HResult result = new(((delegate* unmanaged<nint, uint*, uint*, uint*, void*, uint, uint*, byte*, uint, uint*, int>)Method(Slot.GetLastEventInformation))(
            Pointer, &kind, &process, &thread, &record, (uint)sizeof(ExceptionRecord), &filled, null, 0, null));
        bool isException = result.Succeeded && kind == exception && filled >= sizeof(ExceptionRecord);
        found = isException ? new ExceptionEvent(thread, record.Code, record.Address, record.Nested) : default;
        return isException;
    }

    /// <summary>Prints one piece of text exactly as it is: it is never taken as a format.</summary>
    /// <param name="control">The clients that get it, and whether it is DML.</param>
    /// <param name="mask">What kind of output it is.</param>
    /// <param name="text">Fewer than 16,384 characters; the engine cuts the rest off without an error.</param>
    public HResult TryOutput(OutputControl control, OutputMask mask, string text)
    {
        fixed (char* format = "%s", argument = text)
        {
            // A variadic call: on the 64-bit Windows ABIs a pointer travels as if it were a named argument.
            return new HResult(((delegate* unmanaged<nint, uint, uint, char*, char*, int>)Method(Slot.ControlledOutputWide))(
                Pointer, (uint)control, (uint)mask, format, argument));
        }
    }

    /// <inheritdoc cref="TryOutput"/>
    /// <exception cref="EngineCallException">The engine refuses.</exception>
    public void Output(OutputControl control, OutputMask mask, string text) => TryOutput(control, mask, text).ThrowIfFailed();

    /// <summary>Runs a command line of the debugger.</summary>
    public HResult TryExecute(OutputControl control, string command)
    {
        fixed (char* text = command)
            return new HResult(((delegate* unmanaged<nint, uint, char*, uint, int>)Method(Slot.ExecuteWide))(Pointer, (uint)control, text, 0));
    }

    /// <summary>The target's operating system: its kind, the kernel's build and revision, and the version Win32 programs see.</summary>
    public HResult TryGetSystemVersionValues(out SystemVersion version)
    {
        uint platform = 0, win32Major = 0, win32Minor = 0, kdMajor = 0, kdMinor = 0;
        HResult result = new(((delegate* unmanaged<nint, uint*, uint*, uint*, uint*, uint*, int>)Method(Slot.GetSystemVersionValues))(
            Pointer, &platform, &win32Major, &win32Minor, &kdMajor, &kdMinor));
        version = new SystemVersion(win32Major, win32Minor, kdMajor, kdMinor);
        return result;
    }

    /// <summary>Walks the current thread's stack.</summary>
    /// <param name="frames">Filled from the innermost frame on.</param>
    /// <param name="filled">How many there are.</param>
    public HResult TryGetStackTrace(Span<EngineStackFrame> frames, out uint filled)
    {
        fixed (EngineStackFrame* first = frames)
        fixed (uint* count = &filled)
        {
            *count = 0;
            return new HResult(((delegate* unmanaged<nint, ulong, ulong, ulong, EngineStackFrame*, uint, uint*, int>)Method(Slot.GetStackTraceEx))(
                Pointer, 0, 0, 0, first, (uint)frames.Length, count));
        }
    }

    /// <summary>Walks a stack from a register context and keeps each frame's context.</summary>
    /// <param name="start">The CONTEXT to start from, aligned to 16 bytes; null for the current thread's.</param>
    /// <param name="frames">Filled from the innermost frame on.</param>
    /// <param name="contexts">Room for one CONTEXT per frame, aligned to 16 bytes; null when they are not wanted.</param>
    /// <param name="contextSize">Size of a CONTEXT in bytes.</param>
    /// <param name="filled">How many frames there are.</param>
    public HResult TryGetContextStackTrace(void* start, Span<EngineStackFrame> frames, void* contexts, uint contextSize, out uint filled)
    {
        uint startSize = start == null ? 0 : contextSize;
        uint contextsSize = contexts == null ? 0 : contextSize * (uint)frames.Length;
        uint entrySize = contexts == null ? 0 : contextSize;
        fixed (EngineStackFrame* first = frames)
        fixed (uint* count = &filled)
        {
            *count = 0;
            return new HResult(((delegate* unmanaged<nint, void*, uint, EngineStackFrame*, uint, void*, uint, uint, uint*, int>)Method(Slot.GetContextStackTraceEx))(
                Pointer, start, startSize, first, (uint)frames.Length, contexts, contextsSize, entrySize, count));
        }
    }

    /// <summary>Asks the engine what only its older interface answers.</summary>
    /// <param name="question">The question.</param>
    /// <param name="data">What goes with it, and room for the answer.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <returns>Whether it answers.</returns>
    internal bool TryAsk(EngineQuestion question, void* data, uint size)
    {
        ExtensionApis apis = new() { Size = (uint)sizeof(ExtensionApis) };
        HResult result = new(((delegate* unmanaged<nint, ExtensionApis*, int>)Method(Slot.GetWindbgExtensionApis64))(Pointer, &apis));
        return result.Succeeded && apis.Ask != null && apis.Ask((ushort)question, data, size) != 0;
    }
}
