using System.Globalization;
using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.Fixtures.Stacks;
using KCallbacks.PrintedStacks;

namespace KCallbacks.Signatures.Tests;

/// <summary>A form in which a program prints stacks.</summary>
/// <param name="Name">Which.</param>
/// <param name="Line">Prints a frame, given its index.</param>
internal sealed record PrintForm(string Name, Func<StackFrame, int, string> Line)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<PrintForm> All { get; } =
    [
        new("kn", (frame, index) => string.Create(CultureInfo.InvariantCulture, $"{index:x2} {Split(frame.StackPointer)} {Split(frame.ReturnAddress)}     {Site(frame)}")),
        new("kc", (frame, index) => string.Create(CultureInfo.InvariantCulture, $"{index:x2} {SiteWithout(frame)}")),
        new("call sites", (frame, _) => Site(frame)),
        new("visual studio", (frame, _) => $" \t{Plain(frame)}.dll!{frame.Function ?? Address(frame)}()\tUnknown"),
        new("process explorer", (frame, _) => $"{Plain(frame)?.ToLowerInvariant()}.dll!{frame.Function}+0x{frame.Displacement ?? 0:x}"),
    ];

    /// <summary>Prints frames, innermost first, and reads them back.</summary>
    public ThreadStack Read(StackFrame[] frames)
    {
        var text = new StringBuilder(Name == "kn" ? " # Child-SP          RetAddr               Call Site\n" : Name == "kc" ? " # Call Site\n" : "");
        for (int i = 0; i < frames.Length; i++)
            text.Append(Line(frames[i], i)).Append('\n');
        return StackFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()))).ReadThreads().FirstOrDefault() ?? new ThreadStack { Thread = new(0) };
    }

    /// <summary>A composed frame as the reader would give it.</summary>
    public static StackFrame FrameOf(ComposedFrame frame)
    {
        int bang = frame.Name.IndexOf('!', StringComparison.Ordinal);
        int plus = frame.Name.LastIndexOf("+0x", StringComparison.Ordinal);
        ulong? displacement = plus < 0 ? null : ulong.Parse(frame.Name.AsSpan(plus + 3), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        string name = plus < 0 ? frame.Name : frame.Name[..plus];
        return new(bang < 0 ? null : name[..bang], bang < 0 ? null : name[(bang + 1)..], displacement, frame.InstructionPointer, frame.StackPointer, frame.InstructionPointer);
    }

    private static string Split(ulong address) => string.Create(CultureInfo.InvariantCulture, $"{address >> 32:x8}`{(uint)address:x8}");

    private static string Site(StackFrame frame) => frame.Displacement is { } displacement && frame.Module is not null
        ? string.Create(CultureInfo.InvariantCulture, $"{SiteWithout(frame)}+0x{displacement:x}")
        : SiteWithout(frame);

    private static string SiteWithout(StackFrame frame) => frame switch
    {
        { Module: null, Function: null } => Address(frame),
        { Module: null } => frame.Function,
        { Function: null } => frame.Module,
        _ => $"{frame.Module}!{frame.Function}",
    };

    private static string? Plain(StackFrame frame) => frame.Module is { } module ? Variation.Plain(module) : null;

    private static string Address(StackFrame frame) => string.Create(CultureInfo.InvariantCulture, $"0x{frame.InstructionPointer:x}");
}
