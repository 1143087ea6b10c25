using System.Runtime.InteropServices;

namespace HangingDesktop;

/// <summary>
/// Holds back the threads with windows until all have come to their places: windows that appear ask the others which is active, and one that
/// hangs already does not answer.
/// </summary>
internal static partial class Gate
{
    private const uint QS_SENDMESSAGE = 0x40;

    private static readonly CountdownEvent Others = new(Threads);

    /// <summary>Threads that wait for each other; those that came before answer while they hang, as waits of single-threaded apartments do.</summary>
    public const int Threads = 6;

    /// <summary>Waits for the other threads, and answers messages that they send meanwhile.</summary>
    public static void Pass()
    {
        Others.Signal();
        Span<byte> message = stackalloc byte[64];
        while (!Others.IsSet)
        {
            // It has sent messages answered, whether it finds one or not.
            _ = PeekMessageW(ref MemoryMarshal.GetReference(message), 0, 0, 0, QS_SENDMESSAGE << 16);
            Thread.Sleep(5);
        }
    }

    [LibraryImport("user32")]
    private static partial int PeekMessageW(ref byte message, nint window, uint first, uint last, uint remove);
}
