namespace KCallbacks.Detection.Model;

/// <summary>A loaded module of the process.</summary>
/// <param name="Name">Module name without path or extension, for example <c>ntdll</c>.</param>
/// <param name="Base">Load address.</param>
/// <param name="Size">Size of the image in bytes.</param>
public sealed record Module(string Name, ulong Base, uint Size)
{
    /// <summary>Whether <paramref name="address"/> lies inside the image.</summary>
    public bool Contains(ulong address) => address >= Base && address - Base < Size;
}
