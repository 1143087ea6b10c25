namespace KCallbacks.PrintedStacks.Frames;

/// <summary>What the head line above the frames says of their columns; the default value says that none was seen.</summary>
/// <param name="First">Meaning of the first column of addresses.</param>
/// <param name="Second">Meaning of the second column of addresses.</param>
/// <param name="IsCallSiteOnly">Whether there are no addresses (<c>kc</c>), so that a bare word is a module without symbols.</param>
/// <param name="HasArch">Whether each row names the machine whose code the frame runs.</param>
internal readonly record struct ColumnLayout(AddressColumn First, AddressColumn Second, bool IsCallSiteOnly, bool HasArch)
{
    public bool HasAddresses => First != AddressColumn.Unknown;
}
