using System.Runtime.CompilerServices;

namespace KCallbacks.DbgEng;

/// <summary>One interface of the engine, holding one reference until it is disposed.</summary>
/// <remarks>
/// ClrMD's <c>CallableCOMWrapper</c> would serve, but it releases the pointer it is given, and it would tie the extension to the
/// whole of ClrMD for these few lines.
/// </remarks>
public abstract unsafe class EngineInterface : IDisposable
{
    private nint _pointer;

    /// <summary>Takes over one reference to <paramref name="pointer"/>.</summary>
    private protected EngineInterface(nint pointer) => _pointer = pointer;

    internal static class Slot
    {
        public const int QueryInterface = 0;
        public const int Release = 2;
    }

    /// <summary>Signature of the engine's calls that fill a buffer with text of unknown length.</summary>
    private protected delegate int TextCall(char* buffer, uint capacity, uint* length);

    /// <summary>The interface pointer, for calls that take one; valid while this object is not disposed.</summary>
    internal nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pointer == 0, this);
            return _pointer;
        }
    }

    /// <summary>Asks a COM object for <typeparamref name="T"/>; the object keeps its own references.</summary>
    /// <exception cref="EngineCallException">The engine is too old for this interface.</exception>
    internal static T Query<T>(nint unknown)
        where T : EngineInterface, IEngineInterface<T>
    {
        TryQuery(unknown, out T? found).ThrowIfFailed($"QueryInterface({T.Name})");
        return found!;
    }

    /// <summary>Asks a COM object for <typeparamref name="T"/>; null when it has no such interface.</summary>
    internal static HResult TryQuery<T>(nint unknown, out T? found)
        where T : EngineInterface, IEngineInterface<T>
    {
        Guid iid = T.Iid;
        nint pointer = 0;
        HResult result = new(((delegate* unmanaged<nint, Guid*, nint*, int>)Entry(unknown, Slot.QueryInterface))(unknown, &iid, &pointer));
        found = result.Succeeded ? T.Adopt(pointer) : null;
        return result;
    }

    /// <summary>The interface id of <typeparamref name="T"/>.</summary>
    internal static Guid IidOf<T>()
        where T : IEngineInterface<T> => T.Iid;

    /// <summary>Gives back one reference to a COM object.</summary>
    internal static void Release(nint unknown) => _ = ((delegate* unmanaged<nint, uint>)Entry(unknown, Slot.Release))(unknown);

    /// <summary>Wraps what a call returned and takes over its reference.</summary>
    /// <param name="returned">The pointer; calls of the data model may return an error object although they fail.</param>
    /// <param name="result">What the call returned.</param>
    /// <param name="call">Name of the call.</param>
    /// <exception cref="EngineCallException">The call failed.</exception>
    internal static T Adopt<T>(nint returned, HResult result, [CallerMemberName] string call = "")
        where T : EngineInterface, IEngineInterface<T>
    {
        if (!result.Succeeded && returned != 0)
            Release(returned);
        result.ThrowIfFailed(call);
        return T.Adopt(returned);
    }

    /// <summary>Hands the reference over to the caller; this object is then as if disposed.</summary>
    internal nint Detach() => Interlocked.Exchange(ref _pointer, 0);

    /// <summary>Releases the reference.</summary>
    public void Dispose()
    {
        nint pointer = Interlocked.Exchange(ref _pointer, 0);
        if (pointer != 0)
            Release(pointer);
        GC.SuppressFinalize(this);
    }

    /// <summary>The function in a vtable slot.</summary>
    private protected void* Method(int slot) => Entry(Pointer, slot);

    /// <summary>Calls a method whose only argument is a number it fills.</summary>
    private protected HResult TryGetNumber(int slot, out uint value)
    {
        fixed (uint* filled = &value)
            return new HResult(((delegate* unmanaged<nint, uint*, int>)Method(slot))(Pointer, filled));
    }

    /// <summary>Calls a method whose only argument is an address it fills.</summary>
    private protected HResult TryGetAddress(int slot, out ulong value)
    {
        fixed (ulong* filled = &value)
            return new HResult(((delegate* unmanaged<nint, ulong*, int>)Method(slot))(Pointer, filled));
    }

    /// <summary>Calls a method whose only argument is a number.</summary>
    private protected HResult TrySetNumber(int slot, uint value) =>
        new(((delegate* unmanaged<nint, uint, int>)Method(slot))(Pointer, value));

    /// <summary>Calls a method whose only argument is an address.</summary>
    private protected HResult TrySetAddress(int slot, ulong value) =>
        new(((delegate* unmanaged<nint, ulong, int>)Method(slot))(Pointer, value));

    /// <summary>Calls until the buffer is large enough. Symbol names can have thousands of characters.</summary>
    private protected static HResult TryReadText(TextCall call, out string text)
    {
        const int Usual = 512, Largest = 1 << 20;
        char* usual = stackalloc char[Usual];
        uint length = 0;
        HResult result = new(call(usual, Usual, &length));
        text = result == HResult.Ok ? new string(usual) : "";
        if (result != HResult.False)
            return result;
        char[] large = new char[Math.Clamp((int)length + 1, 2 * Usual, Largest)];
        fixed (char* buffer = large)
        {
            result = new HResult(call(buffer, (uint)large.Length, &length));
            text = result.Succeeded ? new string(buffer) : "";
        }
        return result;
    }

    private static void* Entry(nint pointer, int slot) => (*(void***)pointer)[slot];
}
