using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// Whether the frames of a thread come from another system than Windows, whose threads stand in the logs of programs that are built for
/// several. Wine's threads have libraries of both.
/// </summary>
internal struct OriginVotes
{
    private int _others;

    /// <summary>Takes the line of a frame.</summary>
    public void Note(ReadOnlySpan<byte> line)
    {
        bool isOther = line.IndexOf(".so."u8) >= 0
            || line.IndexOf(".dylib"u8) >= 0
            || line.IndexOf("/usr/lib/"u8) >= 0
            || line.IndexOf("/sysdeps/unix/"u8) >= 0
            || line.IndexOf("dyld`"u8) >= 0
            || line.IndexOf("libc.so"u8) >= 0
            || EndsInSharedObject(line);
        _others += isOther ? 1 : 0;
    }

    /// <summary>Whether a frame was of another system and none was of Windows.</summary>
    public readonly bool IsOtherSystem(IReadOnlyList<StackFrame> frames) => _others > 0 && !frames.Any(IsOfWindows);

    private static bool EndsInSharedObject(ReadOnlySpan<byte> line)
    {
        int end = line.IndexOf(".so"u8);
        return end > 0 && (end + 3 == line.Length || line[end + 3] is (byte)' ' or (byte)'!' or (byte)'`' or (byte)')' or (byte)'+');
    }

    private static bool IsOfWindows(StackFrame frame) =>
        FrameReading.Of(frame) is { Module: not (SystemModule.Other or SystemModule.Missing) } or { Role: FrameRole.Dispatcher }
        || frame.Module is { } module && (module.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || module.EndsWith(".exe", StringComparison.OrdinalIgnoreCase));
}
