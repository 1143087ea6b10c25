using System.Globalization;
using System.Runtime.InteropServices;
using KCallbacks.EngineHost.Client.Protocol;

namespace KCallbacks.EngineHost.Analysis;

/// <summary>
/// Stands in for the object that <c>!analyze</c> hands to its plug-ins (<c>IDebugFailureAnalysis2</c>, 26 slots) and for its list of tags
/// (<c>IDebugFAEntryTags</c>, 6 slots and no IUnknown): what is called is noted. Slots that nobody should call end the host.
/// </summary>
internal sealed unsafe class MadeAnalysis : IDisposable
{
    private const int Slots = 26;
    private const int TagSlots = 6;
    private const int NoInterface = unchecked((int)0x80004002);
    private const int Failed = unchecked((int)0x80004005);
    private const uint HangEntry = 0x2011;

    private static readonly Guid Iid = new("ea15c288-8226-4b70-acf6-0be6b189e3ad");
    private static MadeAnalysis? s_made;

    private readonly void** _memory = (void**)NativeMemory.AllocZeroed(Slots + TagSlots + 2, (nuint)sizeof(void*));
    private readonly Analyze _how;
    private readonly List<string> _calls = [];
    private int _references = 1;

    public MadeAnalysis(Analyze how)
    {
        _how = how;
        s_made = this;
        void** table = _memory + 2;
        for (int slot = 0; slot < Slots + TagSlots; slot++)
            table[slot] = (delegate* unmanaged<int>)&Unexpected;
        _memory[0] = table;
        _memory[1] = table + Slots;
        table[0] = (delegate* unmanaged<nint, Guid*, nint*, int>)&QueryInterface;
        table[1] = (delegate* unmanaged<nint, uint>)&AddReference;
        table[2] = (delegate* unmanaged<nint, uint>)&Release;
        table[5] = (delegate* unmanaged<nint, uint>)&GetFailureCode;
        table[6] = (delegate* unmanaged<nint, uint, nint>)&Get;
        table[14] = (delegate* unmanaged<nint, uint, byte*, nint>)&SetExtensionCommand;
        table[18] = (delegate* unmanaged<nint, uint, byte*, nint>)&AddString;
        table[23] = (delegate* unmanaged<nint, nint*, int>)&GetTagControl;
        table[Slots + 1] = (delegate* unmanaged<nint, uint, uint, int>)&SetType;
        table[Slots + 3] = (delegate* unmanaged<nint, uint, byte*, byte*, uint*, int>)&SetProperties;
    }

    /// <summary>The object; none where the analysis has none.</summary>
    public nint Pointer => _how.Lacks == AnalysisLack.Object ? 0 : (nint)_memory;

    /// <summary>What was called, then how many references were not given back.</summary>
    public IEnumerable<string> Calls => [.. _calls, string.Create(CultureInfo.InvariantCulture, $"references {_references - 1}")];

    public void Dispose()
    {
        s_made = null;
        NativeMemory.Free(_memory);
    }

    private static MadeAnalysis Made => s_made ?? throw new InvalidOperationException("No analysis is under way.");

    [UnmanagedCallersOnly]
    private static int QueryInterface(nint self, Guid* iid, nint* found)
    {
        bool isKnown = *iid == Iid && Made._how.Lacks != AnalysisLack.Interface;
        *found = isKnown ? self : 0;
        Made._references += isKnown ? 1 : 0;
        return isKnown ? 0 : NoInterface;
    }

    [UnmanagedCallersOnly]
    private static uint AddReference(nint self) => (uint)++Made._references;

    [UnmanagedCallersOnly]
    private static uint Release(nint self) => (uint)--Made._references;

    [UnmanagedCallersOnly]
    private static uint GetFailureCode(nint self) => Made._how.FailureCode;

    [UnmanagedCallersOnly]
    private static nint Get(nint self, uint tag) => tag == HangEntry && Made._how.IsHang ? (nint)Made._memory : 0;

    [UnmanagedCallersOnly]
    private static nint SetExtensionCommand(nint self, uint tag, byte* command) => Made.Take("command", tag, command);

    [UnmanagedCallersOnly]
    private static nint AddString(nint self, uint tag, byte* text) => Made.Take("text", tag, text);

    [UnmanagedCallersOnly]
    private static int GetTagControl(nint self, nint* tags)
    {
        *tags = Made._how.Lacks == AnalysisLack.Tags ? 0 : (nint)(Made._memory + 1);
        return Made._how.Lacks == AnalysisLack.TagControl ? Failed : 0;
    }

    [UnmanagedCallersOnly]
    private static int SetType(nint self, uint tag, uint type)
    {
        Made.Note($"type {tag:x8} {type}");
        return Made._how.Lacks == AnalysisLack.Definitions ? Failed : 0;
    }

    [UnmanagedCallersOnly]
    private static int SetProperties(nint self, uint tag, byte* name, byte* meaning, uint* flags)
    {
        Made.Note($"name {tag:x8} {Marshal.PtrToStringAnsi((nint)name)}: {Marshal.PtrToStringAnsi((nint)meaning)}");
        return Made._how.Lacks == AnalysisLack.Definitions ? Failed : 0;
    }

    [UnmanagedCallersOnly]
    private static int Unexpected()
    {
        Environment.FailFast("A slot was called that the plug-in has no business with.");
        return Failed;
    }

    private nint Take(string kind, uint tag, byte* text)
    {
        Note($"{kind} {tag:x8} {Marshal.PtrToStringAnsi((nint)text)}");
        return _how.Lacks == AnalysisLack.Entries ? 0 : (nint)_memory;
    }

    private void Note(FormattableString call) => _calls.Add(call.ToString(CultureInfo.InvariantCulture));
}
