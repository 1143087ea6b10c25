using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests;

/// <summary>Reads recordings from strings and bytes.</summary>
internal static class Reading
{
    public static (RecordingFile Recording, ThreadStack[] Threads) Bytes(byte[] bytes, RecordingFormat format = RecordingFormat.Auto)
    {
        RecordingFile recording = StackFile.Open(new MemoryStream(bytes), format);
        return (recording, [.. recording.ReadThreads()]);
    }

    public static (RecordingFile Recording, ThreadStack[] Threads) Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public static ThreadStack[] Threads(string text) => Text(text).Threads;

    public static ThreadStack Thread(string text)
    {
        ThreadStack[] threads = Threads(text);
        Assert.HasCount(1, threads);
        return threads[0];
    }

    /// <summary>A frame as tests write it: <c>module!function+0xNN</c>, or the address of a frame without a name.</summary>
    public static string Spell(StackFrame frame)
    {
        if (frame.Module is null && frame.Function is null)
            return $"0x{frame.InstructionPointer:x}";
        string name = frame.Function is null ? frame.Module! : $"{frame.Module}!{frame.Function}";
        return frame.Displacement is { } displacement ? $"{name}+0x{displacement:x}" : name;
    }
}
