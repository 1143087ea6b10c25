using KCallbacks.DbgEng;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>Calls to servers: a waiting client keeps its message, and the message the thread that serves it as soon as one has taken it.</summary>
internal sealed class PortMessages
{
    private readonly DebugDataSpaces _memory;
    private readonly KernelThreads _threads;
    private readonly ProcessLayout? _processes;
    private readonly uint? _ofThread;
    private readonly uint? _server;
    private readonly uint? _client;
    private readonly uint? _port;
    private readonly uint? _ownerOfPort;
    private readonly FieldSpan? _message;

    /// <param name="memory">The session's memory.</param>
    /// <param name="types">The types of the kernel.</param>
    /// <param name="threads">The threads that may serve.</param>
    public PortMessages(DebugDataSpaces memory, KernelTypes types, KernelThreads threads)
    {
        _memory = memory;
        _threads = threads;
        _processes = ProcessLayout.Of(types);
        _ofThread = types.OffsetOf("_ETHREAD", "AlpcMessage");
        _server = types.OffsetOf("_KALPC_MESSAGE", "ServerThread");
        _client = types.OffsetOf("_KALPC_MESSAGE", "WaitingThread");
        _port = types.OffsetOf("_KALPC_MESSAGE", "PortQueue");
        _ownerOfPort = types.OffsetOf("_ALPC_PORT", "OwnerProcess");
        _message = _server is null || _client is null ? null : new FieldSpan(_server, _client, _port);
    }

    /// <summary>The wait of a thread for the answer of a server.</summary>
    public Wait Of(ulong thread)
    {
        var call = new Wait { Kind = WaitKind.Call, NoOwner = "the thread that serves the call is not recorded" };
        if (_message is null || _ofThread is not { } field || _memory.ReadNumber(thread + field, sizeof(ulong)) is not { } message
            || message < AddressSpace.KernelStart || !_message.TryRead(_memory, message) || _message.Pointer(_client) != thread)
        {
            return call;
        }

        call = call with { Object = new WaitedObject(message), Evidence = ["the message that the kernel keeps for the thread"] };
        ulong server = _message.Pointer(_server)!.Value;
        if (server == 0)
            return call with { NoOwner = $"no thread{OfServer()} has taken the message yet" };
        return _threads.At(server) is { } owner
            ? call with { Owners = [owner], NoOwner = null, Proof = WaitProof.Certain, Evidence = call.Evidence.Add("KALPC_MESSAGE.ServerThread") }
            : call;
    }

    private string OfServer() =>
        _message!.Pointer(_port) is { } port and >= AddressSpace.KernelStart && _ownerOfPort is { } field
        && _memory.ReadNumber(port + field, sizeof(ulong)) is { } address && _processes?.Read(_memory, address) is { } process
            ? $" of {process.Name}"
            : "";
}
