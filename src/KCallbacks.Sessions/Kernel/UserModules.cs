using System.Collections.Immutable;
using System.Text;
using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions.Kernel;

/// <summary>Reads the list that the loader keeps of a process's modules, which needs no symbols of them and changes nothing in the debugger.</summary>
internal sealed class UserModules
{
    private const int MostModules = 4096;
    private const int LongestName = 512;

    private readonly uint _loaderData;
    private readonly uint _list;
    private readonly uint _links;
    private readonly uint _base;
    private readonly uint _size;
    private readonly uint _name;

    private UserModules(uint loaderData, uint list, uint links, uint moduleBase, uint size, uint name)
    {
        _loaderData = loaderData;
        _list = list;
        _links = links;
        _base = moduleBase;
        _size = size;
        _name = name;
    }

    /// <summary>Looks up where the list lies; null when nt's type information lacks it.</summary>
    public static UserModules? Of(KernelTypes types) =>
        types.OffsetOf("_PEB", "Ldr") is { } loaderData
        && types.OffsetOf("_PEB_LDR_DATA", "InLoadOrderModuleList") is { } list
        && types.OffsetOf("_LDR_DATA_TABLE_ENTRY", "InLoadOrderLinks") is { } links
        && types.OffsetOf("_LDR_DATA_TABLE_ENTRY", "DllBase") is { } moduleBase
        && types.OffsetOf("_LDR_DATA_TABLE_ENTRY", "SizeOfImage") is { } size
        && types.OffsetOf("_LDR_DATA_TABLE_ENTRY", "BaseDllName") is { } name
            ? new UserModules(loaderData, list, links, moduleBase, size, name)
            : null;

    /// <summary>The modules in the order they were loaded; those that could be read when the list is damaged or paged out.</summary>
    /// <param name="process">Reads the process's memory.</param>
    /// <param name="peb">Its PEB.</param>
    public ImmutableArray<Module> Read(IProcessView process, ulong peb)
    {
        if (Pointer(process, peb + _loaderData) is not { } loaderData
            || loaderData == 0
            || LinksAt(process, loaderData + _list) is not { } head)
        {
            return [];
        }

        return [.. new KernelList<Module>(loaderData + _list, head, entry => ReadModule(process, entry), MostModules).Walk()];
    }

    private (Module Module, ListLinks Links)? ReadModule(IProcessView process, ulong entry)
    {
        ulong module = entry - _links;
        if (LinksAt(process, entry) is not { } links
            || Pointer(process, module + _base) is not { } moduleBase
            || Pointer(process, module + _size) is not { } size
            || NameAt(process, module + _name) is not { } name)
        {
            return null;
        }

        return (new Module(Path.GetFileNameWithoutExtension(name), moduleBase, (uint)size), links);
    }

    /// <summary>A UNICODE_STRING: its length in bytes, then after padding the address of its characters.</summary>
    private static string? NameAt(IProcessView process, ulong address)
    {
        if (Pointer(process, address) is not { } length || Pointer(process, address + sizeof(ulong)) is not { } characters)
            return null;
        byte[] name = new byte[Math.Min((ushort)length, (ushort)LongestName)];
        return process.TryRead(characters, name) ? Encoding.Unicode.GetString(name) : null;
    }

    private static ListLinks? LinksAt(IProcessView process, ulong address)
    {
        Span<byte> links = stackalloc byte[ListLinks.Size];
        return process.TryRead(address, links) ? ListLinks.Of(links) : null;
    }

    private static ulong? Pointer(IProcessView process, ulong address) => process.ReadNumber(address, sizeof(ulong));
}
