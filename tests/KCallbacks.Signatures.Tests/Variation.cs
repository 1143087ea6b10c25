using KCallbacks.Detection.Model;

namespace KCallbacks.Signatures.Tests;

/// <summary>The same thread of the same hang as another capture has it.</summary>
/// <param name="Name">What differs.</param>
/// <param name="Frame">A frame in the other capture.</param>
internal sealed record Variation(string Name, Func<StackFrame, StackFrame> Frame)
{
    private const ulong Shift = 0x1_2345_0000;

    private const string Label = "KiUserCallbackDispatcherContinue";

    private static readonly string[] OfWindows = ["ntdll", "user32", "win32u", "gdi32", "gdi32full", "imm32", "kernel32", "kernelbase", "combase", "ole32", "rpcrt4", "nt", "ntkrnlpa", "win32k", "win32kbase", "win32kfull", "wow64", "wow64win", "wow64cpu"];

    /// <summary>What only symbol files name: routines, labels, workers.</summary>
    private static readonly string[] Private =
    [
        "_", "Rtlp", "Ldrp", "Tpp", "UserCallWinProc", "DispatchClient", "DispatchHook", "DispatchMessageWorker", "CallHookWithSEH", "fn", "Client", 
        "Call", "CSync", "CCli", "ThreadSend", "Modal", "CRpc", "LRPC", "NdrpClient", "Send", "Internal", "RealDefWindowProc", "whcb", "xxx",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Variation> All { get; } =
    [
        new("ASLR", frame => frame with
        {
            InstructionPointer = Shifted(frame.InstructionPointer),
            ReturnAddress = Shifted(frame.ReturnAddress),
            StackPointer = Shifted(frame.StackPointer),
        }),
        new("program without symbols", frame => IsOfWindows(frame) || frame.Module is null ? frame : frame with { Function = null, Displacement = 0x1a2b }),
        new("exports alone", Exported),
        new("other build", OtherBuild),
        new("upper case, extensions", frame => frame.Module is null ? frame : frame with { Module = Plain(frame.Module).ToUpperInvariant() + ".DLL" }),
    ];

    /// <summary>The thread as the other capture has it.</summary>
    public ThreadStack Of(ThreadStack stack) => stack with { Frames = [.. stack.Frames.Select(Frame)], Wow64Half = stack.Wow64Half is { } half ? Of(half) : null };

    /// <summary>Whether a frame lies in a module of Windows that takes part in callbacks and waits.</summary>
    public static bool IsOfWindows(StackFrame frame) =>
        frame.Module is { } module && (Array.Exists(OfWindows, name => Plain(module).Equals(name, StringComparison.OrdinalIgnoreCase)) || frame.Side == FrameSide.Kernel);

    /// <summary>A module without path and extension.</summary>
    public static string Plain(string module)
    {
        string name = module[(module.LastIndexOfAny(['\\', '/']) + 1)..];
        return Path.GetExtension(name).ToUpperInvariant() is ".DLL" or ".EXE" or ".SYS" ? name[..^4] : name;
    }

    /// <summary>Without symbol files the label after the dispatcher's call has the name of the dispatcher, which is exported.</summary>
    private static StackFrame Exported(StackFrame frame)
    {
        if (frame is not { Module: not null, Function: { } function })
            return frame;
        if (IsOfWindows(frame) && function.StartsWith(Label, StringComparison.Ordinal))
            return frame with { Function = Label[..^"Continue".Length], Displacement = 0x24 };
        string name = function.TrimStart('_');
        bool isStub = name.StartsWith("Nt", StringComparison.Ordinal) || name.StartsWith("Zw", StringComparison.Ordinal) || name.StartsWith("Ki", StringComparison.Ordinal);
        return IsOfWindows(frame) && (isStub || !Array.Exists(Private, start => function.StartsWith(start, StringComparison.Ordinal)))
            ? frame
            : frame with { Function = null, Displacement = 0x1a2b };
    }

    private static ulong Shifted(ulong address) => address == 0 ? 0 : address + Shift;

    /// <summary>Stubs moved to win32u with Windows 10; the number of underscores and Nt for Zw differ between builds and tools.</summary>
    private static StackFrame OtherBuild(StackFrame frame)
    {
        if (frame is not { Module: { } module, Function: { } function })
            return frame;
        bool isStub = function.StartsWith("NtUser", StringComparison.Ordinal) || function.StartsWith("ZwUser", StringComparison.Ordinal);
        string name = function.StartsWith("Nt", StringComparison.Ordinal) ? "Zw" + function[2..]
            : function.StartsWith("Zw", StringComparison.Ordinal) ? "Nt" + function[2..]
            : function.StartsWith("__fn", StringComparison.Ordinal) || function.StartsWith("__Client", StringComparison.Ordinal) ? function[1..]
            : function.StartsWith("_fn", StringComparison.Ordinal) || function.StartsWith("_Client", StringComparison.Ordinal) ? "_" + function
            : function;
        return frame with { Function = name, Module = !isStub ? module : Plain(module).Equals("user32", StringComparison.OrdinalIgnoreCase) ? "win32u" : "USER32" };
    }
}
