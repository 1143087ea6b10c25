using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng;

/// <summary>An object the engine calls with output: <c>IDebugOutputCallbacks2</c>, which gets exact Unicode and, if wanted, DML.</summary>
public sealed unsafe class OutputCallbacks : IDisposable
{
    internal static readonly Guid Iid = new("67721fe9-56d2-4a44-a325-2b65513ce6eb");
    internal static readonly Guid BaseIid = new("4bf58045-d654-4c40-b0af-683090f356dc");
    private static readonly Guid IUnknown = new("00000000-0000-0000-c000-000000000046");

    private readonly OutputFormat _format;
    private readonly Action<OutputMask, string> _write;
    private ComObject* _object;

    /// <summary>Makes an object for <see cref="DebugClient.TrySetOutputCallbacks"/>.</summary>
    /// <param name="format">What is wanted of DML output.</param>
    /// <param name="write">Gets each piece of output; called on the engine's thread.</param>
    public OutputCallbacks(OutputFormat format, Action<OutputMask, string> write)
    {
        _format = format;
        _write = write;
        _object = (ComObject*)NativeMemory.AllocZeroed((nuint)sizeof(ComObject));
        _object->VTable = &_object->QueryInterface;
        _object->QueryInterface = &OnQueryInterface;
        _object->AddRef = &OnReference;
        _object->Release = &OnReference;
        _object->Output = &OnOutput;
        _object->GetInterestMask = &OnGetInterestMask;
        _object->Output2 = &OnOutput2;
        _object->Owner = GCHandle.ToIntPtr(GCHandle.Alloc(this));
    }

    internal nint Pointer => (nint)_object;

    /// <summary>Frees the object; the engine must no longer know it.</summary>
    public void Dispose()
    {
        if (_object == null)
            return;
        GCHandle.FromIntPtr(_object->Owner).Free();
        NativeMemory.Free(_object);
        _object = null;
    }

    /// <summary>Refuses every other interface: the engine would call slots that are not there.</summary>
    [UnmanagedCallersOnly]
    private static int OnQueryInterface(ComObject* self, Guid* iid, ComObject** found)
    {
        bool known = *iid == Iid || *iid == BaseIid || *iid == IUnknown;
        *found = known ? self : null;
        return (known ? HResult.Ok : HResult.NoInterface).Value;
    }

    /// <summary>The owner decides the life time, so references are not counted.</summary>
    [UnmanagedCallersOnly]
    private static uint OnReference(ComObject* self) => 1;

    [UnmanagedCallersOnly]
    private static int OnOutput(ComObject* self, uint mask, byte* text) => Deliver(self, mask, Marshal.PtrToStringAnsi((nint)text));

    [UnmanagedCallersOnly]
    private static int OnGetInterestMask(ComObject* self, uint* mask)
    {
        *mask = (uint)Owner(self)._format;
        return HResult.Ok.Value;
    }

    [UnmanagedCallersOnly]
    private static int OnOutput2(ComObject* self, uint which, uint flags, ulong argument, char* text) =>
        Deliver(self, (uint)argument, text == null ? null : new string(text));

    private static int Deliver(ComObject* self, uint mask, string? text)
    {
        if (text is null)
            return HResult.Ok.Value;
        try
        {
            Owner(self)._write((OutputMask)mask, text);
            return HResult.Ok.Value;
        }
#pragma warning disable CA1031 // An exception that leaves a callback kills the engine's process.
        catch (Exception)
#pragma warning restore CA1031
        {
            return HResult.Fail.Value;
        }
    }

    private static OutputCallbacks Owner(ComObject* self) => (OutputCallbacks)GCHandle.FromIntPtr(self->Owner).Target!;

    /// <summary>The object and, behind its own address, its vtable in the order of <c>dbgeng.h</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ComObject
    {
        public void* VTable;
        public nint Owner;
        public delegate* unmanaged<ComObject*, Guid*, ComObject**, int> QueryInterface;
        public delegate* unmanaged<ComObject*, uint> AddRef;
        public delegate* unmanaged<ComObject*, uint> Release;
        public delegate* unmanaged<ComObject*, uint, byte*, int> Output;
        public delegate* unmanaged<ComObject*, uint*, int> GetInterestMask;
        public delegate* unmanaged<ComObject*, uint, uint, ulong, char*, int> Output2;
    }
}
