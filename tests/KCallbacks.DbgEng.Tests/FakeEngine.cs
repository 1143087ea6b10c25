using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng.Tests;

/// <summary>A COM object that answers to every interface id; the calls a test does not fill in fail.</summary>
internal sealed unsafe class FakeEngine : IDisposable
{
    public const int NotFilledIn = unchecked((int)0x80004001);
    private const int Slots = 200;

    private readonly Memory* _memory = (Memory*)NativeMemory.AllocZeroed((nuint)sizeof(Memory) + (Slots * (nuint)sizeof(void*)));

    public FakeEngine()
    {
        _memory->VTable = (void**)(_memory + 1);
        for (int slot = 0; slot < Slots; slot++)
            _memory->VTable[slot] = (delegate* unmanaged<Memory*, int>)&OnOther;
        _memory->VTable[EngineInterface.Slot.QueryInterface] = (delegate* unmanaged<Memory*, Guid*, Memory**, int>)&OnQueryInterface;
        _memory->VTable[EngineInterface.Slot.Release] = (delegate* unmanaged<Memory*, uint>)&OnRelease;
    }

    public nint Pointer => (nint)_memory;

    /// <summary>References given out and not given back.</summary>
    public int References => _memory->References;

    /// <summary>How many more interfaces it knows; the next is refused.</summary>
    public int InterfacesLeft { set => _memory->Refuse = Slots - value; }

    public void Fill(int slot, void* function) => _memory->VTable[slot] = function;

    public void Dispose() => NativeMemory.Free(_memory);

    [UnmanagedCallersOnly]
    private static int OnQueryInterface(Memory* self, Guid* iid, Memory** found)
    {
        *found = null;
        if (++self->Refuse > Slots)
            return HResult.NoInterface.Value;
        self->References++;
        *found = self;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static uint OnRelease(Memory* self) => (uint)--self->References;

    [UnmanagedCallersOnly]
    private static int OnOther(Memory* self) => NotFilledIn;

    private struct Memory
    {
        public void** VTable;
        public int References;
        public int Refuse;
    }
}
