namespace KCallbacks.DbgEng.DataModel;

/// <summary>What is said of a key: its help, the radix its numbers are shown in.</summary>
internal sealed unsafe class KeyStore : EngineInterface, IEngineInterface<KeyStore>
{
    private KeyStore(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<KeyStore>.Name => "IKeyStore";

    static Guid IEngineInterface<KeyStore>.Iid => new("0fc7557d-401d-4fca-9365-da1e9850697c");

    internal static new class Slot
    {
        public const int SetKey = 4;
    }

    static KeyStore IEngineInterface<KeyStore>.Adopt(nint pointer) => new(pointer);

    /// <summary>Sets a key.</summary>
    /// <exception cref="EngineCallException">The engine refuses.</exception>
    public void SetKey(string key, ModelObject value)
    {
        fixed (char* name = key)
        {
            new HResult(((delegate* unmanaged<nint, char*, nint, nint, int>)Method(Slot.SetKey))(
                Pointer, name, value.Pointer, 0)).ThrowIfFailed();
        }
    }
}
