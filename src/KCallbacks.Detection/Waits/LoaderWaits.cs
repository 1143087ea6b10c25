using System.Buffers.Binary;
using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// Waits until another thread has loaded its libraries. The loader of Windows 10 keeps no lock word for that, but marks the thread that
/// loads in its TEB.
/// </summary>
internal sealed class LoaderWaits(IProcessView process, ThreadDirectory threads)
{
    private readonly Lazy<WaitInput[]> _owners = new(() => [.. threads.Threads.Where(thread => Loads(process, thread)).Take(2)]);

    /// <summary>The wait of a thread in the loader's queue.</summary>
    public Wait Of(BlockedThread thread)
    {
        var wait = new Wait { Kind = WaitKind.LoaderLock, NoOwner = "no thread is marked as the one that loads libraries" };
        if (_owners.Value.Length > 1)
            return wait with { NoOwner = "two threads are marked as the one that loads libraries", Candidates = [.. _owners.Value.Select(ThreadDirectory.OwnerOf)] };
        if (_owners.Value is not [{ Stack.Thread: { SystemId: { } id } owner }] || owner.Position == thread.Input.Stack.Thread.Position)
            return wait;
        return wait with
        {
            Owners = [new WaitOwner(id, owner.Position)],
            NoOwner = null,
            Proof = WaitProof.Likely,
            Evidence = [string.Create(CultureInfo.InvariantCulture, $"the TEB of thread {id:x} marks it as the one that loads libraries")],
        };
    }

    private static bool Loads(IProcessView process, WaitInput thread)
    {
        ThreadBlockLayout layout = process.Architecture == Architecture.X86 ? ThreadBlockLayout.X86 : ThreadBlockLayout.X64;
        Span<byte> flags = stackalloc byte[sizeof(ushort)];
        return thread.Stack.EnvironmentBlock is { } block
            && process.TryRead(block + layout.SameTebFlags, flags)
            && (BinaryPrimitives.ReadUInt16LittleEndian(flags) & ThreadBlockLayout.LoadOwner) != 0;
    }
}
