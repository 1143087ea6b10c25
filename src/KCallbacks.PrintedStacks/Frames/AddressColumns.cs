using System.Buffers;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// Reads the columns of addresses before a call site and gives them their meaning. Which they are is seen from the shape:
/// how many there are, and where a colon parts them from the arguments.
/// </summary>
internal struct AddressColumns
{
    /// <summary>Fewer digits are a frame number or a size (column Memory of <c>kf</c>).</summary>
    private const int FewestDigits = 6;

    /// <summary>Debuggers print arguments with all digits of a pointer.</summary>
    private const int FewestDigitsOfArgument = 8;

    /// <summary>What an address or a size can begin with, misread or not.</summary>
    private static readonly SearchValues<byte> FirstOfAddress = SearchValues.Create("0123456789abcdefABCDEFOoQlI"u8);

    private static readonly SearchValues<byte> MisreadDigits =
        SearchValues.Create("0123456789abcdefABCDEFOoQlISsZzgqB`':.,"u8);

    private ulong _first;
    private ulong _second;
    private ulong _third;
    private ulong _fourth;
    private ulong _fifth;
    private ulong _sixth;
    private int _fewestDigits;
    private int _columnsBeforeColon;
    private bool _isPrefixed;
    private bool _hasModuleOffset;
    private bool _hasSection;

    /// <summary>Numbers read, arguments included.</summary>
    public int Count { get; private set; }

    /// <summary>Digits of the widest number.</summary>
    public int Digits { get; private set; }

    /// <summary>Whether the columns say that the frame is inlined.</summary>
    public bool IsInline { get; private set; }

    /// <summary>Whether an address and its contents are printed, as <c>dpx</c> does: <c>0xADDRESS : 0xVALUE : symbol of the value</c>.</summary>
    public readonly bool IsScan => _isPrefixed && _columnsBeforeColon == 1;

    /// <summary>Whether there is anything that only a frame line has before its call site.</summary>
    public readonly bool Any => Count > 0 || IsInline;

    /// <summary>Whether the columns are such that even a module alone after them is a frame.</summary>
    public readonly bool MayPrecedeModule(ColumnLayout layout) => _hasSection || (Count >= 2 && layout.HasAddresses);

    public static AddressColumns Read(ref LineCursor line)
    {
        var columns = new AddressColumns { _columnsBeforeColon = -1 };
        while (true)
        {
            line.SkipBlanks();
            if (!columns.TryTakeColumn(ref line))
                return columns;
        }
    }

    /// <summary>Puts the addresses where they belong.</summary>
    public readonly void Assign(ColumnLayout layout, ref FrameText frame)
    {
        frame.AddressDigits = Math.Max(frame.AddressDigits, Digits);
        if (IsInline)
            frame.Traits |= FrameTraits.Inline;
        if (_hasModuleOffset)
            frame.Traits |= FrameTraits.Historic;
        if (Count == 0)
            return;

        if (IsScan)
        {
            frame.Traits |= FrameTraits.RawScan;
            frame.StackPointer = _first;
            frame.InstructionPointer = Count > 1 ? _second : null;
        }
        else if (_columnsBeforeColon == 1 || (layout.First == AddressColumn.ReturnAddress && Count > 1))
        {
            frame.ReturnAddress = _first;
            frame.Arguments = Arguments(new ArgumentColumns(Count - 1, _second, _third, _fourth, _fifth));
        }
        else if (Count == 1 || layout.First == AddressColumn.Instruction)
        {
            frame.InstructionPointer = _first;
        }
        else if (layout.Second == AddressColumn.Instruction)
        {
            frame.StackPointer = _first;
            frame.InstructionPointer = _second;
        }
        else
        {
            frame.StackPointer = _first;
            frame.ReturnAddress = _second;
            frame.Arguments = Arguments(new ArgumentColumns(Count - 2, _third, _fourth, _fifth, _sixth));
        }
    }

    private readonly ArgumentColumns Arguments(ArgumentColumns columns) =>
        columns.Any && _fewestDigits >= FewestDigitsOfArgument ? columns with { Are32Bit = Digits == FewestDigitsOfArgument } : default;

    private bool TryTakeColumn(ref LineCursor line) => line.Next switch
    {
        (byte)':' => TakeColon(ref line),
        (byte)'(' => TryTakeInline(ref line),
        (byte)'<' => TrySkipModuleOffset(ref line),
        (byte)'-' => TrySkipDashes(ref line),
        // Visual Studio's diagnostics put the call site in braces.
        (byte)'{' => line.TryTake((byte)'{'),
        var letter => FirstOfAddress.Contains(letter) && TryTakeAddress(ref line),
    };

    private bool TakeColon(ref LineCursor line)
    {
        if (_columnsBeforeColon < 0)
            _columnsBeforeColon = Count;
        line.Position++;
        return true;
    }

    private bool TryTakeAddress(ref LineCursor line)
    {
        int start = line.Position;
        if (line.TryTakeHex(out HexNumber number) && IsColumn(number, ref line))
        {
            Add(number);
            return true;
        }

        line.Position = start;
        return TrySkipSectionOffset(ref line) || TrySkipSize(ref line) || TrySkipMisreadAddress(ref line);
    }

    private static bool IsColumn(HexNumber number, ref LineCursor line)
    {
        if (number.Digits < FewestDigits || !(line.AtGap || line.Next == ':'))
            return false;

        // A prefixed number that ends the line is the call site itself: code in no module.
        var behind = new LineCursor(line.Rest);
        behind.SkipBlanks();
        return !number.IsPrefixed || !(behind.AtEnd || behind.Next is (byte)'(' or (byte)'[');
    }

    private void Add(HexNumber number)
    {
        if (Count == 0)
            (_first, _isPrefixed) = (number.Value, number.IsPrefixed);
        else if (Count == 1)
            _second = number.Value;
        else
            AddArgument(number.Value);
        Count++;
        Digits = Math.Max(Digits, number.Digits);
        _fewestDigits = Count == 1 ? number.Digits : Math.Min(_fewestDigits, number.Digits);
    }

    private void AddArgument(ulong value)
    {
        switch (Count)
        {
            case 2:
                _third = value;
                break;
            case 3:
                _fourth = value;
                break;
            case 4:
                _fifth = value;
                break;
            case 5:
                _sixth = value;
                break;
        }
    }

    private bool TryTakeInline(ref LineCursor line)
    {
        if (!Letters.StartsWithIgnoreCase(line.Rest, "(inline"u8))
            return false;
        int end = line.Rest.IndexOf((byte)')');
        if (end < 0)
            return false;
        line.Position += end + 1;
        return IsInline = true;
    }

    /// <summary><c>--------`--------</c> stands where an inlined frame has no address.</summary>
    private static bool TrySkipDashes(ref LineCursor line)
    {
        int length = 0;
        while (length < line.Rest.Length && line.Rest[length] is (byte)'-' or (byte)'`')
            length++;
        if (length < 8)
            return false;
        line.Position += length;
        return true;
    }

    /// <summary><c>&lt;ntdll.dll+0xe457&gt;</c>, as Dr. Memory prints where a leak was allocated.</summary>
    private bool TrySkipModuleOffset(ref LineCursor line)
    {
        int end = line.Rest.IndexOf((byte)'>');
        if (end < 0 || line.Rest[..end].IndexOf("+0x"u8) < 0)
            return false;
        line.Position += end + 1;
        return _hasModuleOffset = true;
    }

    /// <summary><c>01:000000000009C574</c>, a section and an offset in it.</summary>
    private bool TrySkipSectionOffset(ref LineCursor line)
    {
        int start = line.Position;
        if (line.TryTakeHex(out HexNumber section) && section.Digits <= 4 && line.TryTake((byte)':')
            && line.TryTakeHex(out HexNumber offset) && offset.Digits >= FewestDigits && line.AtGap)
        {
            return _hasSection = true;
        }

        line.Position = start;
        return false;
    }

    /// <summary>The column Memory of <c>kf</c>: a short number right before an address, or before what stands for one.</summary>
    private readonly bool TrySkipSize(ref LineCursor line)
    {
        int start = line.Position;
        if (Count == 0 && line.TryTakeHex(out HexNumber size) && !size.IsPrefixed && line.AtGap)
        {
            line.SkipBlanks();
            int address = line.Position;
            if (Letters.StartsWithIgnoreCase(line.Rest, "(inline"u8) || line.Rest.StartsWith("--------"u8))
                return true;
            if (line.TryTakeHex(out HexNumber next) && next.Digits >= FewestDigits && line.AtGap)
            {
                line.Position = address;
                return true;
            }
        }

        line.Position = start;
        return false;
    }

    /// <summary>An address in which text recognition has read digits as letters: its place is known, its value is not.</summary>
    private bool TrySkipMisreadAddress(ref LineCursor line)
    {
        int start = line.Position;
        ReadOnlySpan<byte> word = line.TakeWord();
        if (word.Length >= 8 && word.IndexOfAnyExcept(MisreadDigits) < 0 && word.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0)
        {
            Count++;
            return true;
        }

        line.Position = start;
        return false;
    }
}
