namespace KCallbacks.Extension;

/// <summary>Prints through the engine: IDebugControl4 of <c>dbgeng.h</c>.</summary>
internal static unsafe class EngineOutput
{
    private const int QueryInterfaceSlot = 0;
    private const int ReleaseSlot = 2;
    private const int OutputWideSlot = 120;
    private const uint OutputNormal = 1;

    private static readonly Guid DebugControl4 = new("94e60ce9-9b41-4b19-9fc0-6d9eb35272b3");

    public static void WriteLine(nint client, string text)
    {
        Guid id = DebugControl4;
        nint control;
        int result = ((delegate* unmanaged<nint, Guid*, nint*, int>)Slot(client, QueryInterfaceSlot))(client, &id, &control);
        if (result < 0)
            throw new InvalidOperationException($"QueryInterface(IDebugControl4) failed with 0x{result:x8}");
        try
        {
            fixed (char* format = "%s\n", line = text)
                ((delegate* unmanaged<nint, uint, char*, char*, int>)Slot(control, OutputWideSlot))(control, OutputNormal, format, line);
        }
        finally
        {
            ((delegate* unmanaged<nint, uint>)Slot(control, ReleaseSlot))(control);
        }
    }

    private static nint Slot(nint comObject, int slot) => (*(nint**)comObject)[slot];
}
