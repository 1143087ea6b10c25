using System.Collections.Immutable;
using System.IO.Compression;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Dumps.Format;
using KCallbacks.Reports;
using KCallbacks.Reports.Json.Reading;

namespace KCallbacks.Tool.Inputs;

/// <summary>An opened input: a process and its threads, or a report that was made of one before.</summary>
internal abstract class InputSource : IDisposable
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The report, where the input is one; nothing is judged then.</summary>
    public virtual Report? Told => null;

    /// <summary>What makes the result incomplete, with file and line. Final when all threads were read.</summary>
    public virtual ImmutableArray<string> Errors => [];

    /// <summary>What was not understood but harms nothing else, with file and line. Final when all threads were read.</summary>
    public virtual ImmutableArray<string> Warnings => [];

    /// <summary>Opens a file, or standard input, by what it holds.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="choice">What the user says of it.</param>
    /// <param name="standardInput">Standard input.</param>
    /// <param name="opened">Told when the system has opened it: until then a pipe without a writer hangs, afterwards its writer may take its time.</param>
    /// <exception cref="InputException">It is something that the tool does not read.</exception>
    /// <exception cref="DumpException">A dump that cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="InvalidDataException">It is packed, and damaged.</exception>
    public static InputSource Open(string path, InputChoice choice, Stream standardInput, Action opened)
    {
        if (path == StandardInput)
        {
            opened();
            return OfStream(path, standardInput, choice);
        }

        FileStream file = File.OpenRead(path);
        opened();
        var content = new HeadedStream(file);
        if (!file.CanSeek || !IsDump(content.Head, choice))
            return Of(path, content, file.CanSeek ? file.Length : null, choice, around: null);
        file.Dispose();
        return new DumpInput(path, path, choice.Images);
    }

    /// <summary>Opens a stream by what it holds.</summary>
    /// <param name="path">What reports call it.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="choice">What the user says of it.</param>
    /// <param name="around">What else is to be disposed at the end.</param>
    public static InputSource OfStream(string path, Stream stream, InputChoice choice, IDisposable? around = null) =>
        Of(path, new HeadedStream(stream), size: null, choice, around);

    /// <summary>What messages call an input.</summary>
    public static string NameOf(string path) => path == StandardInput ? "standard input" : path;

    /// <summary>Judges the threads, one after the other; to be asked once.</summary>
    public abstract IEnumerable<(ThreadStack Stack, ThreadFinding Finding)> Judge();

    /// <summary>What the input says of itself; null where it is no capture of a process.</summary>
    public virtual Capture? Capture => null;

    /// <summary>Who waits for whom; null where the input does not tell. To be asked once, after all threads were read.</summary>
    public virtual WaitGraph? Waits => null;

    /// <summary>Where the threads come from. Final when all threads were read.</summary>
    public abstract ReportSource Describe();

    /// <inheritdoc/>
    public abstract void Dispose();

    private static InputSource Of(string path, HeadedStream content, long? size, InputChoice choice, IDisposable? around)
    {
        if (IsPacked(content.Head))
            content = new HeadedStream(new BoundedStream(new GZipStream(content, CompressionMode.Decompress), size));
        if (IsDump(content.Head, choice))
            return OfDump(path, content, choice, around);
        if (choice.Format == InputFormat.Auto && KnownFile.Find(content.Head) is { } known)
            throw known.Refusal();
        return choice.Format == InputFormat.Auto && ReportReader.IsReport(content.Head)
            ? OfReport(path, content, around)
            : new RecordingInput(path, content, choice.Format, around);
    }

    private static ReportInput OfReport(string path, HeadedStream content, IDisposable? around)
    {
        using (around)
        using (content)
        {
            try
            {
                return new ReportInput(ReportReader.Read(content, path));
            }
            catch (InvalidDataException wrong)
            {
                throw new InputException(wrong.Message);
            }
        }
    }

    private static DumpInput OfDump(string path, HeadedStream content, InputChoice choice, IDisposable? around)
    {
        using (around)
        using (content)
        {
            var spooled = SpooledFile.Of(content);
            try
            {
                return new DumpInput(path, spooled.Path, choice.Images, spooled);
            }
            catch
            {
                spooled.Dispose();
                throw;
            }
        }
    }

    private static bool IsDump(ReadOnlySpan<byte> start, InputChoice choice) =>
        choice.Format == InputFormat.Dump ? !IsPacked(start) : choice.Format == InputFormat.Auto && DumpSignature.IsMinidump(start);

    private static bool IsPacked(ReadOnlySpan<byte> start) => start.StartsWith<byte>([0x1f, 0x8b]);
}
