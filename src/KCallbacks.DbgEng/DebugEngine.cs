using System.Runtime.InteropServices;

namespace KCallbacks.DbgEng;

/// <summary>The engine's interfaces as one client sees them. All calls belong on the thread that runs the command.</summary>
public sealed unsafe class DebugEngine : IDisposable
{
    private DebugEngine(nint client)
    {
        try
        {
            Client = EngineInterface.Query<DebugClient>(client);
            Control = EngineInterface.Query<DebugControl>(client);
            Symbols = EngineInterface.Query<DebugSymbols>(client);
            SystemObjects = EngineInterface.Query<DebugSystemObjects>(client);
            DataSpaces = EngineInterface.Query<DebugDataSpaces>(client);
            Advanced = EngineInterface.Query<DebugAdvanced>(client);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Sessions.</summary>
    public DebugClient Client { get; } = null!;

    /// <summary>State, output, stack walks.</summary>
    public DebugControl Control { get; } = null!;

    /// <summary>Modules, names, types, scope.</summary>
    public DebugSymbols Symbols { get; } = null!;

    /// <summary>Processes and threads.</summary>
    public DebugSystemObjects SystemObjects { get; } = null!;

    /// <summary>Memory.</summary>
    public DebugDataSpaces DataSpaces { get; } = null!;

    /// <summary>Register contexts, streams of a dump.</summary>
    public DebugAdvanced Advanced { get; } = null!;

    /// <summary>Wraps the client that the engine gives a command.</summary>
    /// <param name="client">An <c>IDebugClient</c>; its reference stays the caller's.</param>
    /// <exception cref="EngineCallException">The engine lacks an interface.</exception>
    public static DebugEngine FromClient(nint client)
    {
        if (client == 0)
            throw new ArgumentNullException(nameof(client), "The debug engine gave no client.");
        return new DebugEngine(client);
    }

    /// <summary>Starts an engine in this process.</summary>
    /// <param name="library">Path of <c>dbgeng.dll</c>.</param>
    /// <exception cref="EngineCallException">The engine did not start.</exception>
    /// <exception cref="DllNotFoundException">The library cannot be loaded.</exception>
    public static DebugEngine Create(string library)
    {
        var create = (delegate* unmanaged<Guid*, nint*, int>)NativeLibrary.GetExport(NativeLibrary.Load(library), "DebugCreate");
        Guid iid = EngineInterface.IidOf<DebugClient>();
        nint client = 0;
        new HResult(create(&iid, &client)).ThrowIfFailed("DebugCreate");
        return TakeOver(client);
    }

    /// <summary>Joins the session of an engine in another process, which <c>.server</c> has opened for others.</summary>
    /// <param name="library">Path of <c>dbgeng.dll</c>.</param>
    /// <param name="connection">As after <c>-remote</c>, for example <c>npipe:server=localhost,pipe=name</c>.</param>
    /// <exception cref="EngineCallException">There is no such server.</exception>
    /// <exception cref="DllNotFoundException">The library cannot be loaded.</exception>
    public static DebugEngine Connect(string library, string connection)
    {
        var connect = (delegate* unmanaged<char*, Guid*, nint*, int>)NativeLibrary.GetExport(NativeLibrary.Load(library), "DebugConnectWide");
        Guid iid = EngineInterface.IidOf<DebugClient>();
        nint client = 0;
        fixed (char* options = connection)
            new HResult(connect(options, &iid, &client)).ThrowIfFailed("DebugConnectWide");
        return TakeOver(client);
    }

    /// <summary>Releases the interfaces.</summary>
    public void Dispose()
    {
        Advanced?.Dispose();
        DataSpaces?.Dispose();
        SystemObjects?.Dispose();
        Symbols?.Dispose();
        Control?.Dispose();
        Client?.Dispose();
    }

    /// <summary>Wraps a client whose reference was given to us.</summary>
    private static DebugEngine TakeOver(nint client)
    {
        try
        {
            return new DebugEngine(client);
        }
        finally
        {
            EngineInterface.Release(client);
        }
    }
}
