using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// What Breakpad prints below a frame: registers (<c>rbp = 0x...   rsp = 0x...</c>) and, after <c>Stack contents:</c>, the bytes of
/// the stack (<c>00000070e331d820 88 03 00 c0 ...</c>). The bytes of neighbouring frames join to one piece of stack memory.
/// </summary>
internal sealed class StackDump
{
    private const int MostBytes = 1 << 20;

    private readonly List<byte> _bytes = [];
    private ulong _address;
    private bool _contentsFollow;

    /// <summary>The stack pointer printed last; null when none was printed since <see cref="Clear"/>.</summary>
    public HexNumber? StackPointer { get; private set; }

    /// <summary>The instruction pointer printed last.</summary>
    public HexNumber? InstructionPointer { get; private set; }

    /// <summary>The bytes printed so far; null when there are none.</summary>
    public StackMemory? Memory => _bytes.Count == 0 ? null : new StackMemory(_address, _bytes.ToArray(), IsComplete: false);

    /// <summary>Whether the line belongs to a dump.</summary>
    public bool TryRead(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.TrimStart(" \t"u8);
        if (line.StartsWith("Stack contents:"u8))
            return _contentsFollow = true;
        return TryReadRegisters(line) || (_contentsFollow && TryReadBytes(line));
    }

    /// <summary>A new frame begins: its registers and contents are still to come.</summary>
    public void BeginFrame()
    {
        StackPointer = InstructionPointer = null;
        _contentsFollow = false;
    }

    public void Clear()
    {
        BeginFrame();
        _bytes.Clear();
    }

    private bool TryReadRegisters(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        bool any = false;
        while (!line.AtEnd)
        {
            ReadOnlySpan<byte> name = line.TakeWord();
            if (!line.TryTake(" = "u8) || !line.TryTakeHex(out HexNumber value) || !value.IsPrefixed)
                return any;
            if (name.SequenceEqual("rsp"u8) || name.SequenceEqual("esp"u8) || name.SequenceEqual("sp"u8))
                StackPointer = value;
            else if (name.SequenceEqual("rip"u8) || name.SequenceEqual("eip"u8) || name.SequenceEqual("pc"u8))
                InstructionPointer = value;
            any = true;
            line.SkipBlanks();
        }

        return any;
    }

    private bool TryReadBytes(ReadOnlySpan<byte> text)
    {
        const int MostInLine = 16;
        var line = new LineCursor(text);
        if (!line.TryTakeHex(out HexNumber address) || address.Digits < 8)
            return false;
        if (address.Value != _address + (ulong)_bytes.Count || _bytes.Count > MostBytes)
        {
            _bytes.Clear();
            _address = address.Value;
        }

        for (int count = 0; count < MostInLine && line.TryTake((byte)' ') && line.TryTakeHex(out HexNumber value) && value.Digits == 2; count++)
            _bytes.Add((byte)value.Value);
        return true;
    }
}
