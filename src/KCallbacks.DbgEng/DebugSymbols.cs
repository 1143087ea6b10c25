
namespace KCallbacks.DbgEng;

/// <summary>Modules, names, types and the scope.</summary>
public sealed unsafe class DebugSymbols : EngineInterface, IEngineInterface<DebugSymbols>
{
    private const uint AnyIndex = 0xffffffff;

    private DebugSymbols(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<DebugSymbols>.Name => "IDebugSymbols5";

    static Guid IEngineInterface<DebugSymbols>.Iid => new("c65fa83e-1e69-475e-8e0e-b5d79e9cc17e");

    internal static new class Slot
    {
        public const int GetSymbolOptions = 3;
        public const int GetNumberModules = 12;
        public const int GetModuleByOffset = 15;
        public const int GetModuleParameters = 17;
        public const int GetTypeSize = 21;
        public const int GetNameByOffsetWide = 60;
        public const int GetOffsetByNameWide = 61;
        public const int GetTypeIdWide = 68;
        public const int GetFieldOffsetWide = 69;
        public const int ReloadWide = 75;
        public const int GetModuleNameStringWide = 89;
        public const int GetFunctionEntryByOffset = 104;
        public const int GetScopeEx = 126;
        public const int SetScopeEx = 127;
        public const int GetCurrentScopeFrameIndexEx = 133;
        public const int SetScopeFrameByIndexEx = 134;
    }

    static DebugSymbols IEngineInterface<DebugSymbols>.Adopt(nint pointer) => new(pointer);

    /// <summary>The options of the symbols.</summary>
    public HResult TryGetSymbolOptions(out SymbolOptions options)
    {
        HResult result = TryGetNumber(Slot.GetSymbolOptions, out uint value);
        options = (SymbolOptions)value;
        return result;
    }

    /// <summary>Counts the modules of the current process.</summary>
    public HResult TryGetNumberModules(out uint loaded, out uint unloaded)
    {
        fixed (uint* filledLoaded = &loaded, filledUnloaded = &unloaded)
        {
            return new HResult(((delegate* unmanaged<nint, uint*, uint*, int>)Method(Slot.GetNumberModules))(
                Pointer, filledLoaded, filledUnloaded));
        }
    }

    /// <summary>Describes the loaded modules in the engine's order.</summary>
    public HResult TryGetModuleParameters(Span<ModuleParameters> modules)
    {
        fixed (ModuleParameters* filled = modules)
        {
            return new HResult(((delegate* unmanaged<nint, uint, ulong*, uint, ModuleParameters*, int>)Method(Slot.GetModuleParameters))(
                Pointer, (uint)modules.Length, null, 0, filled));
        }
    }

    /// <summary>Describes the module loaded at an address.</summary>
    public HResult TryGetModuleParameters(ulong moduleBase, out ModuleParameters module)
    {
        fixed (ModuleParameters* filled = &module)
        {
            return new HResult(((delegate* unmanaged<nint, uint, ulong*, uint, ModuleParameters*, int>)Method(Slot.GetModuleParameters))(
                Pointer, 1, &moduleBase, 0, filled));
        }
    }

    /// <summary>A name of the module loaded at an address.</summary>
    public HResult TryGetModuleName(ModuleNameKind kind, ulong moduleBase, out string name) => TryReadText(
        (buffer, capacity, length) => ((delegate* unmanaged<nint, uint, uint, ulong, char*, uint, uint*, int>)Method(Slot.GetModuleNameStringWide))(
            Pointer, (uint)kind, AnyIndex, moduleBase, buffer, capacity, length),
        out name);

    /// <summary>The load address of the module that holds an address.</summary>
    public HResult TryGetModuleByOffset(ulong address, out ulong moduleBase)
    {
        fixed (ulong* filled = &moduleBase)
        {
            return new HResult(((delegate* unmanaged<nint, ulong, uint, uint*, ulong*, int>)Method(Slot.GetModuleByOffset))(
                Pointer, address, 0, null, filled));
        }
    }

    /// <summary>The name of an address: <c>module!function</c>, or the module alone.</summary>
    /// <param name="address">The address.</param>
    /// <param name="name">Its name, without displacement.</param>
    /// <param name="displacement">Bytes from what is named to the address.</param>
    public HResult TryGetNameByOffset(ulong address, out string name, out ulong displacement)
    {
        ulong distance = 0;
        ulong* filled = &distance;
        HResult result = TryReadText(
            (buffer, capacity, length) => ((delegate* unmanaged<nint, ulong, char*, uint, uint*, ulong*, int>)Method(Slot.GetNameByOffsetWide))(
                Pointer, address, buffer, capacity, length, filled),
            out name);
        displacement = distance;
        return result;
    }

    /// <summary>The address of a name such as <c>ntdll!KiUserCallbackDispatcher</c>.</summary>
    public HResult TryGetOffsetByName(string name, out ulong address)
    {
        fixed (char* text = name)
        fixed (ulong* filled = &address)
            return new HResult(((delegate* unmanaged<nint, char*, ulong*, int>)Method(Slot.GetOffsetByNameWide))(Pointer, text, filled));
    }

    /// <summary>Reads the unwind entry of the function at an address, which needs no symbols but the image.</summary>
    /// <param name="address">An address within the function.</param>
    /// <param name="entry">Filled with the entry of the target's processor: on x64 a RUNTIME_FUNCTION.</param>
    public HResult TryGetFunctionEntry(ulong address, Span<byte> entry)
    {
        uint needed = 0;
        fixed (byte* filled = entry)
        {
            return new HResult(((delegate* unmanaged<nint, ulong, uint, void*, uint, uint*, int>)Method(Slot.GetFunctionEntryByOffset))(
                Pointer, address, 0, filled, (uint)entry.Length, &needed));
        }
    }

    /// <summary>The engine's number of a type of a module.</summary>
    public HResult TryGetTypeId(ulong moduleBase, string name, out uint typeId)
    {
        fixed (char* text = name)
        fixed (uint* filled = &typeId)
            return new HResult(((delegate* unmanaged<nint, ulong, char*, uint*, int>)Method(Slot.GetTypeIdWide))(Pointer, moduleBase, text, filled));
    }

    /// <summary>Bytes that a type takes.</summary>
    public HResult TryGetTypeSize(ulong moduleBase, uint typeId, out uint size)
    {
        fixed (uint* filled = &size)
            return new HResult(((delegate* unmanaged<nint, ulong, uint, uint*, int>)Method(Slot.GetTypeSize))(Pointer, moduleBase, typeId, filled));
    }

    /// <summary>Bytes from the start of a structure to a field; the field may be a path such as <c>Tcb.Process</c>.</summary>
    public HResult TryGetFieldOffset(ulong moduleBase, uint typeId, string field, out uint offset)
    {
        fixed (char* text = field)
        fixed (uint* filled = &offset)
        {
            return new HResult(((delegate* unmanaged<nint, ulong, uint, char*, uint*, int>)Method(Slot.GetFieldOffsetWide))(
                Pointer, moduleBase, typeId, text, filled));
        }
    }

    /// <summary>Loads module information again, with the arguments of the <c>.reload</c> command.</summary>
    public HResult TryReload(string arguments)
    {
        fixed (char* text = arguments)
            return new HResult(((delegate* unmanaged<nint, char*, int>)Method(Slot.ReloadWide))(Pointer, text));
    }

    /// <summary>The scope: address, frame and CONTEXT that names of locals are looked up in.</summary>
    /// <param name="instruction">Address of its instruction.</param>
    /// <param name="frame">Its frame.</param>
    /// <param name="context">A CONTEXT, aligned to 16 bytes.</param>
    /// <param name="contextSize">Its size in bytes.</param>
    public HResult TryGetScope(out ulong instruction, out EngineStackFrame frame, void* context, uint contextSize)
    {
        fixed (ulong* filledInstruction = &instruction)
        fixed (EngineStackFrame* filledFrame = &frame)
        {
            return new HResult(((delegate* unmanaged<nint, ulong*, EngineStackFrame*, void*, uint, int>)Method(Slot.GetScopeEx))(
                Pointer, filledInstruction, filledFrame, context, contextSize));
        }
    }

    /// <summary>Sets the scope as <see cref="TryGetScope"/> gave it.</summary>
    public HResult TrySetScope(ulong instruction, in EngineStackFrame frame, void* context, uint contextSize)
    {
        fixed (EngineStackFrame* given = &frame)
        {
            return new HResult(((delegate* unmanaged<nint, ulong, EngineStackFrame*, void*, uint, int>)Method(Slot.SetScopeEx))(
                Pointer, instruction, given, context, contextSize));
        }
    }

    /// <summary>Number of the frame the scope is in.</summary>
    /// <param name="flags">0, or how inlined frames count.</param>
    /// <param name="index">0 for the innermost.</param>
    public HResult TryGetCurrentScopeFrameIndex(uint flags, out uint index)
    {
        fixed (uint* filled = &index)
            return new HResult(((delegate* unmanaged<nint, uint, uint*, int>)Method(Slot.GetCurrentScopeFrameIndexEx))(Pointer, flags, filled));
    }

    /// <summary>Moves the scope to a frame of the current thread.</summary>
    public HResult TrySetScopeFrameByIndex(uint flags, uint index) =>
        new(((delegate* unmanaged<nint, uint, uint, int>)Method(Slot.SetScopeFrameByIndexEx))(Pointer, flags, index));
}
