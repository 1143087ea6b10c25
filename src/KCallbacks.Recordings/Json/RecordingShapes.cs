using System.Globalization;
using System.Text.Json;
using KCallbacks.Detection.Model;
using static KCallbacks.Recordings.Json.JsonValues;

namespace KCallbacks.Recordings.Json;

/// <summary>The objects of a recording (docs/recording-format.md). A test fills every property of the model, so that none can be forgotten here.</summary>
internal static class RecordingShapes
{
    private static readonly Shape<Module> Modules = new Shape<Module>(new Module("", 0, 0))
        .Text("name", module => module.Name, (module, value) => module with { Name = value })
        .Address("base", module => NotZero(module.Base), (module, value) => module with { Base = value })
        .Unsigned("size", module => module.Size == 0 ? null : module.Size, (module, value) => module with { Size = value });

    private static readonly Shape<FunctionRecord> Functions = new Shape<FunctionRecord>(new FunctionRecord("", "", 0))
        .Text("module", function => function.Module, (function, value) => function with { Module = value })
        .Text("function", function => function.Function, (function, value) => function with { Function = value })
        .Address("address", function => NotZero(function.Address), (function, value) => function with { Address = value });

    private static readonly Shape<Symbol> Symbols = new Shape<Symbol>(new Symbol("", null, 0, IsExport: false))
        .Text("module", symbol => symbol.Module, (symbol, value) => symbol with { Module = value })
        .Text("function", symbol => symbol.Function, (symbol, value) => symbol with { Function = value })
        .Address("displacement", symbol => NotZero(symbol.Displacement), (symbol, value) => symbol with { Displacement = value })
        .Flag("isExport", symbol => symbol.IsExport ? true : null, (symbol, value) => symbol with { IsExport = value });

    private static readonly Shape<SymbolRecord> NamedAddresses = new Shape<SymbolRecord>(new SymbolRecord(0, default), required: "symbol")
        .Address("address", named => NotZero(named.Address), (named, value) => named with { Address = value })
        .ValuePart("symbol", Symbols, named => named.Symbol, (named, value) => named with { Symbol = value });

    /// <summary>Bytes of the process.</summary>
    public static Shape<MemoryRecord> Range { get; } = new Shape<MemoryRecord>(new MemoryRecord(0, default))
        .Address("address", range => NotZero(range.Address), (range, value) => range with { Address = value })
        .Bytes("bytes", range => range.Bytes, (range, value) => range with { Bytes = value });

    private static readonly Shape<ProcessIdentity> Processes = new Shape<ProcessIdentity>(new ProcessIdentity(0))
        .Address("address", process => NotZero(process.Address), (process, value) => process with { Address = value })
        .Unsigned("id", process => process.Id, (process, value) => process with { Id = value })
        .Text("name", process => process.Name, (process, value) => process with { Name = value });

    private static readonly Shape<ThreadIdentity> Identities = new Shape<ThreadIdentity>(new ThreadIdentity(0))
        .Number("position", thread => thread.Position == 0 ? null : thread.Position, (thread, value) => thread with { Position = value })
        .Text("printed", thread => thread.Printed, (thread, value) => thread with { Printed = value })
        .Unsigned("engineId", thread => thread.EngineId, (thread, value) => thread with { EngineId = value })
        .Unsigned("systemId", thread => thread.SystemId, (thread, value) => thread with { SystemId = value })
        .Part("process", Processes, thread => thread.Process, (thread, value) => thread with { Process = value })
        .Address("address", thread => thread.Address, (thread, value) => thread with { Address = value });

    private static readonly Shape<StackFrame> Frames = new Shape<StackFrame>(default)
        .Text("module", frame => frame.Module, (frame, value) => frame with { Module = value })
        .Text("function", frame => frame.Function, (frame, value) => frame with { Function = value })
        .Address("displacement", frame => frame.Displacement, (frame, value) => frame with { Displacement = value })
        .Address("instructionPointer", frame => NotZero(frame.InstructionPointer), (frame, value) => frame with { InstructionPointer = value })
        .Address("stackPointer", frame => NotZero(frame.StackPointer), (frame, value) => frame with { StackPointer = value })
        .Address("returnAddress", frame => NotZero(frame.ReturnAddress), (frame, value) => frame with { ReturnAddress = value })
        .Text("side", frame => NameOf(frame.Side), (frame, value) => frame with { Side = ValueOf<FrameSide>(value) })
        .Flag("isUnexported", frame => frame.IsUnexported ? true : null, (frame, value) => frame with { IsUnexported = value });

    private static readonly Shape<X64Registers> Registers = new Shape<X64Registers>(default)
        .Address("rbx", registers => NotZero(registers.Rbx), (registers, value) => registers with { Rbx = value })
        .Address("rbp", registers => NotZero(registers.Rbp), (registers, value) => registers with { Rbp = value })
        .Address("rsi", registers => NotZero(registers.Rsi), (registers, value) => registers with { Rsi = value })
        .Address("rdi", registers => NotZero(registers.Rdi), (registers, value) => registers with { Rdi = value })
        .Address("r12", registers => NotZero(registers.R12), (registers, value) => registers with { R12 = value })
        .Address("r13", registers => NotZero(registers.R13), (registers, value) => registers with { R13 = value })
        .Address("r14", registers => NotZero(registers.R14), (registers, value) => registers with { R14 = value })
        .Address("r15", registers => NotZero(registers.R15), (registers, value) => registers with { R15 = value });

    private static readonly Shape<X64CallRegisters> CallRegisters = new Shape<X64CallRegisters>(default)
        .Address("rax", registers => NotZero(registers.Rax), (registers, value) => registers with { Rax = value })
        .Address("rcx", registers => NotZero(registers.Rcx), (registers, value) => registers with { Rcx = value })
        .Address("rdx", registers => NotZero(registers.Rdx), (registers, value) => registers with { Rdx = value })
        .Address("r8", registers => NotZero(registers.R8), (registers, value) => registers with { R8 = value })
        .Address("r9", registers => NotZero(registers.R9), (registers, value) => registers with { R9 = value })
        .Address("r10", registers => NotZero(registers.R10), (registers, value) => registers with { R10 = value })
        .Address("r11", registers => NotZero(registers.R11), (registers, value) => registers with { R11 = value });

    private static readonly Shape<StackMemory> Memory = new Shape<StackMemory>(new StackMemory(0, default, IsComplete: false))
        .Address("address", memory => NotZero(memory.Address), (memory, value) => memory with { Address = value })
        .Bytes("bytes", memory => memory.Bytes, (memory, value) => memory with { Bytes = value })
        .Flag("isComplete", memory => memory.IsComplete ? true : null, (memory, value) => memory with { IsComplete = value });

    private static readonly Shape<KernelState> Kernel = new Shape<KernelState>(new KernelState())
        .Number("callbackDepth", kernel => kernel.CallbackDepth, (kernel, value) => kernel with { CallbackDepth = value })
        .Flag("hasCallbackStack", kernel => kernel.HasCallbackStack, (kernel, value) => kernel with { HasCallbackStack = value })
        .Flag("isSystemThread", kernel => kernel.IsSystemThread ? true : null, (kernel, value) => kernel with { IsSystemThread = value })
        .Flag("isWindowThread", kernel => kernel.IsWindowThread, (kernel, value) => kernel with { IsWindowThread = value })
        .Text("waitReason", kernel => kernel.WaitReason, (kernel, value) => kernel with { WaitReason = value })
        .Text("waitTime", kernel => kernel.WaitTime?.ToString("c", CultureInfo.InvariantCulture), (kernel, value) => kernel with { WaitTime = TimeOf(value) })
        .Flag("isWaiting", kernel => kernel.IsWaiting, (kernel, value) => kernel with { IsWaiting = value });

    /// <summary>What a process answered.</summary>
    public static Shape<ProcessRecord> Process { get; } = new Shape<ProcessRecord>(new ProcessRecord())
        .Text("architecture", process => NameOf(process.Architecture), (process, value) => process with { Architecture = ValueOf<Architecture>(value) })
        .Number("windowsBuild", process => process.WindowsBuild, (process, value) => process with { WindowsBuild = value })
        .Flag("isWine", process => process.IsWine ? true : null, (process, value) => process with { IsWine = value })
        .Address("processEnvironmentBlock", process => process.ProcessEnvironmentBlock, (process, value) => process with { ProcessEnvironmentBlock = value })
        .Unsigned("processId", process => process.ProcessId, (process, value) => process with { ProcessId = value })
        .Unsigned("made", process => process.Made, (process, value) => process with { Made = value })
        .List("modules", Modules, process => process.Modules, (process, value) => process with { Modules = value })
        .List("functions", Functions, process => process.Functions, (process, value) => process with { Functions = value })
        .List("symbols", NamedAddresses, process => process.Symbols, (process, value) => process with { Symbols = value })
        .List("memory", Range, process => process.Memory, (process, value) => process with { Memory = value });

    /// <summary>What a thread's line brings of its stack, but for the bytes, which are written piece by piece.</summary>
    public static Shape<StackRecord> Stack { get; } = new Shape<StackRecord>(new StackRecord(0, 0, IsComplete: false, []))
        .Address("address", stack => NotZero(stack.Address), (stack, value) => stack with { Address = value })
        .Number("length", stack => stack.Length == 0 ? null : stack.Length, (stack, value) => stack with { Length = value })
        .Flag("isComplete", stack => stack.IsComplete ? true : null, (stack, value) => stack with { IsComplete = value })
        .List("pieces", Range, stack => stack.Pieces, (stack, value) => stack with { Pieces = value });

    /// <summary>A thread.</summary>
    public static Shape<ThreadStack> Thread { get; } = Threads();

    /// <summary>What a thread's line holds of its stack.</summary>
    public static Shape<ThreadRecord> StackOfThread { get; } = new Shape<ThreadRecord>(new ThreadRecord(null))
        .Part("stack", Stack, thread => thread.Stack, (thread, value) => thread with { Stack = value });

    private static Shape<ThreadStack> Threads()
    {
        var threads = new Shape<ThreadStack>(new ThreadStack { Thread = new ThreadIdentity(0) }, required: "thread");
        return threads
            .Part("thread", Identities, thread => thread.Thread, (thread, value) => thread with { Thread = value })
            .List("frames", Frames, thread => thread.Frames, (thread, value) => thread with { Frames = value })
            .Text("walk", thread => NameOf(thread.Walk), (thread, value) => thread with { Walk = ValueOf<WalkExtent>(value) })
            .Text("walkEnd", thread => thread.WalkEnd, (thread, value) => thread with { WalkEnd = value })
            .Text("missing", thread => NameOf(thread.Missing), (thread, value) => thread with { Missing = ValueOf<MissingFrames>(value) })
            .Text("problem", thread => thread.Problem, (thread, value) => thread with { Problem = value })
            .Address("instructionPointer", thread => NotZero(thread.InstructionPointer), (thread, value) => thread with { InstructionPointer = value })
            .Address("stackPointer", thread => NotZero(thread.StackPointer), (thread, value) => thread with { StackPointer = value })
            .Address("framePointer", thread => NotZero(thread.FramePointer), (thread, value) => thread with { FramePointer = value })
            .ValuePart("registers", Registers, thread => thread.Registers, (thread, value) => thread with { Registers = value })
            .ValuePart("callRegisters", CallRegisters, thread => thread.CallRegisters, (thread, value) => thread with { CallRegisters = value })
            .Address("environmentBlock", thread => thread.EnvironmentBlock, (thread, value) => thread with { EnvironmentBlock = value })
            .Part("memory", Memory, thread => thread.Memory, (thread, value) => thread with { Memory = value })
            .Part("kernel", Kernel, thread => thread.Kernel, (thread, value) => thread with { Kernel = value })
            .Part("wow64Half", threads, thread => thread.Wow64Half, (thread, value) => thread with { Wow64Half = value })
            .Flag("isHistoric", thread => thread.IsHistoric ? true : null, (thread, value) => thread with { IsHistoric = value })
            .Add("managed", ManagedJson.WriteMember, ManagedJson.ReadMember);
    }

    private static TimeSpan TimeOf(string text) => TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan time)
        ? time
        : throw new JsonException("a time must be written as [d.]hh:mm:ss[.fffffff]");
}
