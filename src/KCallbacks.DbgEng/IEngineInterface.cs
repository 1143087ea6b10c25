namespace KCallbacks.DbgEng;

/// <summary>What <c>dbgeng.h</c> says of an interface.</summary>
/// <typeparam name="TSelf">The wrapper.</typeparam>
internal interface IEngineInterface<TSelf>
{
    /// <summary>Name in <c>dbgeng.h</c>.</summary>
    static abstract string Name { get; }

    /// <summary>Interface id in <c>dbgeng.h</c>.</summary>
    static abstract Guid Iid { get; }

    /// <summary>Wraps a pointer and takes over one reference to it.</summary>
    static abstract TSelf Adopt(nint pointer);
}
