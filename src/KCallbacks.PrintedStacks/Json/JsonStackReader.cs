using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.PrintedStacks.Frames;
using KCallbacks.PrintedStacks.Threads;
using KCallbacks.Recordings.Input;

namespace KCallbacks.PrintedStacks.Json;

/// <summary>
/// Finds stacks in JSON documents by their shape, wherever they stand: lists of threads with frames (minidump-stackwalk, Socorro, crash
/// pings), events of Sentry, answers of symbolication services, lists of frames, and strings in which a debugger's output was put.
/// </summary>
internal sealed class JsonStackReader(TargetTraits target, ProblemLog problems)
{
    private readonly ThreadBuilder _thread = new(new NamePool(), target);
    private readonly List<ThreadStack> _threads = [];
    private readonly ArrayBufferWriter<byte> _texts = new();

    /// <summary>The strings that may be a debugger's output, one after the other.</summary>
    public Stream PrintedText => new MemoryStream(_texts.WrittenSpan.ToArray(), writable: false);

    public IReadOnlyList<ThreadStack> Read(IEnumerable<JsonElement> documents)
    {
        foreach (JsonElement document in documents)
            ReadValue(document);
        return _threads;
    }

    private void ReadValue(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                ReadObject(value);
                break;
            case JsonValueKind.Array when IsPrintedLines(value):
                foreach (JsonElement line in value.EnumerateArray())
                    AddText(line);
                _texts.Write("\n"u8);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement element in value.EnumerateArray())
                    ReadValue(element);
                break;
            case JsonValueKind.String when JsonMembers.Text(value) is { } text && text.Contains('\n', StringComparison.Ordinal):
                AddText(value);
                _texts.Write("\n"u8);
                break;
        }
    }

    private void ReadObject(JsonElement value)
    {
        NoteMachine(value);
        if (IsOfOtherSystem(value) || TryReadThreads(value) || TryReadStacks(value))
            return;
        foreach (JsonProperty member in value.EnumerateObject())
            ReadValue(member.Value);
    }

    private void NoteMachine(JsonElement value)
    {
        string? machine = JsonMembers.Text(value, "cpu_arch")
            ?? JsonMembers.Text(JsonMembers.Get(value, "system_info"), "cpu_arch")
            ?? JsonMembers.Text(JsonMembers.Get(JsonMembers.Get(value, "contexts"), "device"), "arch");
        if (machine is not null)
            target.NoteMachine(machine);
    }

    /// <summary>Only Windows has these callbacks; a name of a function proves nothing elsewhere.</summary>
    private bool IsOfOtherSystem(JsonElement value)
    {
        string? system = JsonMembers.Text(JsonMembers.Get(value, "system_info"), "os")
            ?? JsonMembers.Text(value, "os_name")
            ?? JsonMembers.Text(JsonMembers.Get(JsonMembers.Get(value, "contexts"), "os"), "name");
        if (system is null || system.StartsWith("Win", StringComparison.OrdinalIgnoreCase))
            return false;
        problems.AddError(null, $"the stacks are of {system}, not of Windows");
        return true;
    }

    /// <summary>Threads by the names of members that the tools use; the crashed thread stands in some documents twice and is taken once.</summary>
    private bool TryReadThreads(JsonElement value)
    {
        JsonElement modules = JsonMembers.Get(value, "modules");
        JsonElement threads = JsonMembers.Get(value, "threads", "stacktraces");
        if (TryReadList(threads, modules, outermostFirst: false))
            return true;

        // Sentry's events list frames from the outermost to the innermost, unlike everything else.
        return TryReadList(JsonMembers.Get(threads, "values"), modules, outermostFirst: true)
            || TryReadList(JsonMembers.Get(JsonMembers.Get(value, "exception"), "values"), modules, outermostFirst: true);
    }

    private bool TryReadList(JsonElement threads, JsonElement modules, bool outermostFirst)
    {
        if (!JsonMembers.IsArray(threads) || !threads.EnumerateArray().Any(thread => JsonMembers.IsArray(FramesOf(thread))))
            return false;
        foreach (JsonElement thread in threads.EnumerateArray())
            ReadThread(thread, FramesOf(thread), modules, outermostFirst);
        return true;
    }

    private static JsonElement FramesOf(JsonElement thread)
    {
        JsonElement frames = JsonMembers.Get(thread, "frames", "stackFrames");
        return JsonMembers.IsArray(frames) ? frames : JsonMembers.Get(JsonMembers.Get(thread, "stacktrace"), "frames");
    }

    /// <summary>Stacks without threads: a list of lists, or one list of frames.</summary>
    private bool TryReadStacks(JsonElement value)
    {
        JsonElement stacks = JsonMembers.Get(value, "symbolicatedStacks", "stacks");
        if (JsonMembers.IsArray(stacks) && stacks.EnumerateArray().All(IsFrameList))
        {
            foreach (JsonElement stack in stacks.EnumerateArray())
                ReadThread(value, stack, modules: default, outermostFirst: false);
            return true;
        }

        JsonElement frames = JsonMembers.Get(value, "frames", "stackFrames", "nativeStack", "callstack", "backtrace");
        if (!IsFrameList(frames))
            return false;
        ReadThread(value, frames, JsonMembers.Get(value, "modules"), outermostFirst: false);
        return true;
    }

    private static bool IsFrameList(JsonElement value) => JsonMembers.IsArray(value) && value.EnumerateArray().All(JsonFrame.IsLike);

    private void ReadThread(JsonElement thread, JsonElement frames, JsonElement modules, bool outermostFirst)
    {
        if (!JsonMembers.IsArray(frames))
            return;

        _thread.Begin(HeaderOf(thread));
        IEnumerable<JsonElement> inOrder = outermostFirst ? frames.EnumerateArray().Reverse() : frames.EnumerateArray();
        foreach (JsonElement element in inOrder.Take(ThreadBuilder.MostFrames))
        {
            if (!JsonFrame.TryRead(element, modules, out FrameText frame))
                continue;
            if (JsonFrame.IsScanned(element) && Encoding.UTF8.GetString(frame.Function).StartsWith(Dispatcher.Function, StringComparison.Ordinal))
                frame.Traits |= FrameTraits.RawScan;
            _thread.Add(frame);
        }

        if (JsonMembers.Get(thread, "frames_truncated", "truncated").ValueKind == JsonValueKind.True)
            _thread.NoteElision();
        if (_thread.Take(_thread.Header) is { } stack)
            _threads.Add(stack with { Thread = stack.Thread with { Position = _threads.Count } });
    }

    private static ThreadHeader HeaderOf(JsonElement thread)
    {
        ulong? id = JsonMembers.Number(JsonMembers.Get(thread, "thread_id", "tid", "threadId", "id"));
        return new ThreadHeader
        {
            Printed = id?.ToString(CultureInfo.InvariantCulture),
            SystemId = id <= uint.MaxValue ? (uint)id : null,
        };
    }

    /// <summary>A stack kept as an array of its lines.</summary>
    private static bool IsPrintedLines(JsonElement value)
    {
        const int FewestLines = 2;
        return value.GetArrayLength() >= FewestLines
            && value.EnumerateArray().All(line => line.ValueKind == JsonValueKind.String)
            && value.EnumerateArray().Any(line => JsonMembers.Text(line)?.Contains('!', StringComparison.Ordinal) == true);
    }

    private void AddText(JsonElement text)
    {
        _texts.Write(Encoding.UTF8.GetBytes(JsonMembers.Text(text) ?? ""));
        _texts.Write("\n"u8);
    }
}
