using System.Runtime.CompilerServices;

namespace KCallbacks.DbgEng;

/// <summary>What an engine call returned.</summary>
/// <param name="Value">The HRESULT; negative values are errors.</param>
public readonly record struct HResult(int Value)
{
    /// <summary>Done.</summary>
    public static readonly HResult Ok = new(0);

    /// <summary>Done in part, or the answer is "no"; what exactly depends on the call.</summary>
    public static readonly HResult False = new(1);

    /// <summary>The object does not have the interface asked for.</summary>
    public static readonly HResult NoInterface = new(unchecked((int)0x80004002));

    /// <summary>The call failed without saying why.</summary>
    public static readonly HResult Fail = new(unchecked((int)0x80004005));

    /// <summary>The method does nothing.</summary>
    public static readonly HResult NotImplemented = new(unchecked((int)0x80004001));

    /// <summary>The index is none of the collection's, or the iteration is over.</summary>
    public static readonly HResult OutOfBounds = new(unchecked((int)0x8000000b));

    /// <summary>The user stopped it.</summary>
    public static readonly HResult Aborted = new(unchecked((int)0x80004004));

    /// <summary>An argument is not what the call takes.</summary>
    public static readonly HResult InvalidArgument = new(unchecked((int)0x80070057));

    /// <summary>What was called is no longer there.</summary>
    public static readonly HResult Disconnected = new(unchecked((int)0x80010108));

    /// <summary>Whether the call did what it was asked, at least in part.</summary>
    public bool Succeeded => Value >= 0;

    /// <summary>Throws when the call failed.</summary>
    /// <param name="call">Name of the call; the throwing twin of <c>TryX</c> is named X, so its own name is right.</param>
    /// <exception cref="EngineCallException">The call failed.</exception>
    public void ThrowIfFailed([CallerMemberName] string call = "")
    {
        if (!Succeeded)
            throw new EngineCallException(call, this);
    }

    /// <inheritdoc/>
    public override string ToString() => $"0x{Value:x8}";
}
