using KCallbacks.Detection.Model;
using KCallbacks.Scanning;

namespace KCallbacks.Sessions;

/// <summary>Memory of a process's modules, read in whole pages and kept: unwind data and code are read in many small pieces.</summary>
/// <param name="read">Reads the process's memory.</param>
/// <param name="modules">Its modules.</param>
internal sealed class ImagePages(MemoryReader read, ModuleMap modules)
{
    private const int PageSize = 0x1000;

    private readonly Dictionary<ulong, byte[]?> _pages = [];

    /// <summary>Reads memory within one page of a module; false for any other, and where the target holds only parts of the page.</summary>
    public bool TryRead(ulong address, Span<byte> destination)
    {
        int offset = (int)(address % PageSize);
        if (offset + destination.Length > PageSize || PageAt(address - (uint)offset) is not { } page)
            return false;
        page.AsSpan(offset, destination.Length).CopyTo(destination);
        return true;
    }

    private byte[]? PageAt(ulong address)
    {
        if (_pages.TryGetValue(address, out byte[]? page))
            return page;
        return _pages[address] = modules.At(address) is not null ? Read(address) : null;
    }

    private byte[]? Read(ulong address)
    {
        byte[] page = new byte[PageSize];
        return read(address, page) == PageSize ? page : null;
    }
}
