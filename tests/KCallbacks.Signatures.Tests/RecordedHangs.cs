using System.Text.Json;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks;

namespace KCallbacks.Signatures.Tests;

/// <summary>Recorded stacks of threads in callbacks, each also as other captures of the same hang would have it.</summary>
internal static class RecordedHangs
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "corpus");

    /// <summary>Every capture.</summary>
    public static IEnumerable<HungCapture> All => Threads.SelectMany(thread => CapturesOf(thread.Hang, thread.Stack));

    /// <summary>One capture of each public recording, with where it was published: what was published together may be one hang.</summary>
    public static IEnumerable<(string Source, HungCapture Capture)> Public =>
        from thread in Threads
        where thread.Source.Contains("://", StringComparison.Ordinal)
        select (thread.Source, new HungCapture(thread.Hang, "as recorded", Judging.Of(thread.Stack).Text));

    private static IEnumerable<(string Hang, string Source, ThreadStack Stack)> Threads =>
        from path in Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal)
        from thread in ThreadsOf(path)
        where thread is { Walk: not WalkExtent.RawScan, IsHistoric: false, Frames.IsEmpty: false }
        where !Judging.Of(thread).Text.StartsWith("kc1|-", StringComparison.Ordinal) && !Judging.Of(thread).Text.StartsWith("kc1|*|", StringComparison.Ordinal)
        select ($"{Path.GetFileNameWithoutExtension(path)} thread {thread.Thread.Position}", SourceOf(path), thread);

    private static IEnumerable<HungCapture> CapturesOf(string hang, ThreadStack stack)
    {
        yield return new HungCapture(hang, "as recorded", Judging.Of(stack).Text);
        foreach (Variation variation in Variation.All)
            yield return new HungCapture(hang, variation.Name, Judging.Of(variation.Of(stack)).Text);
        if (stack.Wow64Half is not null || stack.Frames.Any(frame => frame.Module is null || frame.Function is null))
            yield break; // not every form can print it
        foreach (PrintForm form in PrintForm.All)
            yield return new HungCapture(hang, form.Name, Judging.Of(form.Read([.. stack.Frames])).Text);
    }

    private static ThreadStack[] ThreadsOf(string path)
    {
        using FileStream text = File.OpenRead(path);
        return [.. StackFile.Open(text).ReadThreads()];
    }

    private static string SourceOf(string path)
    {
        string label = Path.ChangeExtension(path, ".json");
        if (!File.Exists(label))
            return "";
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(label));
        return document.RootElement.TryGetProperty("source", out JsonElement source) ? source.GetString() ?? "" : "";
    }
}
