using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions.Kernel;

/// <summary>Where the fields of an EPROCESS lie in this kernel.</summary>
internal sealed class ProcessLayout
{
    /// <summary><c>KOBJECTS.ProcessObject</c> (wdm.h).</summary>
    private const byte ProcessObject = 3;

    /// <summary>Characters of <c>_EPROCESS.ImageFileName</c>.</summary>
    private const int NameLength = 15;

    private readonly uint _id;
    private readonly uint _links;
    private readonly uint _threads;
    private readonly uint _name;
    private readonly uint? _peb;
    private readonly uint? _type;
    private readonly FieldSpan _span;

    private ProcessLayout(KernelTypes types, uint id, uint links, uint threads, uint name)
    {
        _id = id;
        _links = links;
        _threads = threads;
        _name = name;
        _peb = types.OffsetOf("_EPROCESS", "Peb");
        _type = types.OffsetOf("_EPROCESS", "Pcb.Header.Type");
        _span = new FieldSpan(_id, _links, _name, _peb, _type);
    }

    /// <summary>Looks the fields up; null when the type lacks one without which processes cannot be listed.</summary>
    public static ProcessLayout? Of(KernelTypes types) =>
        types.OffsetOf("_EPROCESS", "UniqueProcessId") is { } id
        && types.OffsetOf("_EPROCESS", "ActiveProcessLinks") is { } links
        && types.OffsetOf("_EPROCESS", "ThreadListHead") is { } threads
        && types.OffsetOf("_EPROCESS", "ImageFileName") is { } name
            ? new ProcessLayout(types, id, links, threads, name)
            : null;

    /// <summary>The process whose <c>ActiveProcessLinks</c> lie at an address; null when no process is there.</summary>
    public (ProcessBlock Process, ListLinks Links)? ReadEntry(DebugDataSpaces memory, ulong entry) =>
        Read(memory, entry - _links) is { } process ? (process, _span.Links(_links)) : null;

    /// <summary>The process at an address; null when no process is there.</summary>
    public ProcessBlock? Read(DebugDataSpaces memory, ulong address)
    {
        if (!_span.TryRead(memory, address) || _span.Byte(_type) is not (null or ProcessObject))
            return null;
        var identity = new ProcessIdentity(address, (uint)_span.Pointer(_id)!.Value, _span.Text(_name, NameLength));
        return new ProcessBlock(identity, _span.Pointer(_peb), address + _threads);
    }
}
