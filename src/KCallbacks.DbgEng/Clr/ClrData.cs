namespace KCallbacks.DbgEng.Clr;

/// <summary>What the data access component says of methods, threads and locks. Published as <c>sospriv.idl</c> of the runtime.</summary>
public sealed unsafe class ClrData : EngineInterface, IEngineInterface<ClrData>
{
    /// <summary>Characters of a name that are kept; generic ones can have thousands.</summary>
    private const int LongestName = 1024;

    private ClrData(nint pointer)
        : base(pointer)
    {
    }

    /// <summary>A call that fills a buffer with a name, of which it may have to cut off the end.</summary>
    private delegate HResult NameCall(char* buffer, uint* length);

    static string IEngineInterface<ClrData>.Name => "ISOSDacInterface";

    static Guid IEngineInterface<ClrData>.Iid => new("436f00f2-b42a-4b9f-870c-e73db66ae930");

    internal static new class Slot
    {
        public const int GetThreadStoreData = 3;
        public const int GetThreadData = 17;
        public const int GetMethodDescPtrFromIP = 21;
        public const int GetMethodDescName = 22;
        public const int GetObjectClassName = 35;
        public const int GetMethodTableName = 36;
        public const int GetMethodTableData = 37;
        public const int GetSyncBlockData = 59;
    }

    static ClrData IEngineInterface<ClrData>.Adopt(nint pointer) => new(pointer);

    /// <summary>The method whose code lies at an address; 0 when it is no managed code.</summary>
    public ulong MethodAt(ulong address)
    {
        ulong method = 0;
        HResult result = new(((delegate* unmanaged<nint, ulong, ulong*, int>)Method(Slot.GetMethodDescPtrFromIP))(Pointer, address, &method));
        return result.Succeeded ? method : 0;
    }

    /// <summary>A method's name with its type and the types of its parameters; null when it has none.</summary>
    /// <param name="method">What <see cref="MethodAt"/> returned.</param>
    public string? NameOfMethod(ulong method) => Name((buffer, length) =>
        new HResult(((delegate* unmanaged<nint, ulong, uint, char*, uint*, int>)Method(Slot.GetMethodDescName))(Pointer, method, LongestName, buffer, length)));

    /// <summary>The name of an object's type; null when there is no object.</summary>
    public string? NameOfTypeOf(ulong address) => Name((buffer, length) =>
        new HResult(((delegate* unmanaged<nint, ulong, uint, char*, uint*, int>)Method(Slot.GetObjectClassName))(Pointer, address, LongestName, buffer, length)));

    /// <summary>The name of a type; null when none lies at the address.</summary>
    public string? NameOfType(ulong type) => Name((buffer, length) =>
        new HResult(((delegate* unmanaged<nint, ulong, uint, char*, uint*, int>)Method(Slot.GetMethodTableName))(Pointer, type, LongestName, buffer, length)));

    /// <summary>What the runtime keeps of a type.</summary>
    /// <param name="type">Address of its <c>MethodTable</c>.</param>
    /// <param name="data">What it is.</param>
    public HResult TryGetType(ulong type, out ClrType data)
    {
        fixed (ClrType* filled = &data)
            return new HResult(((delegate* unmanaged<nint, ulong, void*, int>)Method(Slot.GetMethodTableData))(Pointer, type, filled));
    }

    /// <summary>The runtime's list of threads.</summary>
    public HResult TryGetThreads(out ClrThreadStore store)
    {
        fixed (ClrThreadStore* filled = &store)
            return new HResult(((delegate* unmanaged<nint, void*, int>)Method(Slot.GetThreadStoreData))(Pointer, filled));
    }

    /// <summary>What the runtime keeps of a thread.</summary>
    /// <param name="address">Address of its <c>Thread</c>.</param>
    /// <param name="data">What it is.</param>
    public HResult TryGetThread(ulong address, out ClrThreadData data)
    {
        fixed (ClrThreadData* filled = &data)
            return new HResult(((delegate* unmanaged<nint, ulong, void*, int>)Method(Slot.GetThreadData))(Pointer, address, filled));
    }

    /// <summary>An entry of the table of sync blocks, in which every contended lock is.</summary>
    /// <param name="number">From 1 on.</param>
    /// <param name="data">The entry, and how many there are.</param>
    public HResult TryGetSyncBlock(uint number, out ClrSyncBlock data)
    {
        fixed (ClrSyncBlock* filled = &data)
            return new HResult(((delegate* unmanaged<nint, uint, void*, int>)Method(Slot.GetSyncBlockData))(Pointer, number, filled));
    }

    private static string? Name(NameCall call)
    {
        char* buffer = stackalloc char[LongestName];
        uint length = 0;
        buffer[0] = '\0';
        if (!call(buffer, &length).Succeeded)
            return null;
        buffer[LongestName - 1] = '\0';
        return buffer[0] == '\0' ? null : new string(buffer);
    }
}
