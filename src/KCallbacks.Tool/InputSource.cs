using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Dumps.Format;
using KCallbacks.Reports;

namespace KCallbacks.Tool;

/// <summary>An opened input: a process and its threads.</summary>
internal abstract class InputSource : IDisposable
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The process whose threads are judged.</summary>
    public abstract IProcessView Process { get; }

    /// <summary>What makes the result incomplete, with file and line. Final when all threads were read.</summary>
    public virtual ImmutableArray<string> Errors => [];

    /// <summary>What was not understood but harms nothing else, with file and line. Final when all threads were read.</summary>
    public virtual ImmutableArray<string> Warnings => [];

    /// <summary>Who waits for whom; null where the input does not tell. To be asked once, after all threads were read.</summary>
    public virtual WaitGraph? Waits => null;

    /// <summary>Opens a file, or standard input, by what it holds.</summary>
    /// <exception cref="InputException">It is something that the tool does not read.</exception>
    /// <exception cref="DumpException">A dump that cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static InputSource Open(string path, InputFormat format, Stream standardInput)
    {
        if (path == StandardInput)
        {
            return format == InputFormat.Dump
                ? throw new InputException("a dump cannot be read from standard input; give its file name.")
                : new RecordingInput(path, standardInput, format);
        }

        DumpKind kind = KindOf(path);
        if (kind == DumpKind.Kernel)
            throw new InputException("this is a kernel dump, which the tool cannot read. Open it in WinDbg and use the extension: !kcallbacks -p all");

        return format == InputFormat.Dump || (format == InputFormat.Auto && kind == DumpKind.Minidump)
            ? new DumpInput(path)
            : new RecordingInput(path, File.OpenRead(path), format);
    }

    /// <summary>What messages call an input.</summary>
    public static string NameOf(string path) => path == StandardInput ? "standard input" : path;

    /// <summary>Judges the threads, one after the other; to be asked once.</summary>
    public abstract IEnumerable<(ThreadStack Stack, ThreadFinding Finding)> Judge();

    /// <summary>Where the threads come from. Final when all threads were read.</summary>
    public abstract ReportSource Describe();

    /// <inheritdoc/>
    public abstract void Dispose();

    private static DumpKind KindOf(string path)
    {
        Span<byte> start = stackalloc byte[DumpSignature.Length];
        using FileStream file = File.OpenRead(path);
        return DumpSignature.KindOf(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
    }
}
