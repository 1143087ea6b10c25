using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// Reads the names of columns above a stack: <c> #   Arch   Child-SP          RetAddr               Call Site</c> (debuggers),
/// <c>Child SP               IP Call Site</c> (SOS), <c>Stack            EIP              Arg0 ...</c> and <c>AddrPC           Params</c>
/// (crash reports), <c>ChildRBP         RetAddr          Args to Child</c> (BOINC).
/// </summary>
internal static class HeadColumns
{
    private const int MostWords = 10;

    public static bool TryRead(ReadOnlySpan<byte> text, out ColumnLayout layout)
    {
        layout = default;
        var line = new LineCursor(text);
        for (int count = 0; count < MostWords; count++)
        {
            line.SkipBlanks();
            if (line.AtEnd || !TryReadWord(ref line, ref layout))
                break;
        }

        return layout.IsCallSiteOnly || layout.Second != AddressColumn.Unknown || IsWholeAlone(text, layout);
    }

    /// <summary>Reads a word; false after the columns of addresses.</summary>
    private static bool TryReadWord(ref LineCursor line, ref ColumnLayout layout)
    {
        ReadOnlySpan<byte> word = line.TakeWord();
        if (word.SequenceEqual("#"u8) || word.SequenceEqual("Memory"u8))
            return true;
        if (word.SequenceEqual("Arch"u8))
        {
            layout = layout with { HasArch = true };
            return true;
        }

        if (word.SequenceEqual("Call"u8) && line.Rest.SequenceEqual(" Site"u8) && !layout.HasAddresses)
            layout = layout with { IsCallSiteOnly = true };
        AddressColumn column = ColumnOf(word, ref line);
        if (column == AddressColumn.Unknown || layout.Second != AddressColumn.Unknown)
            return false;
        layout = layout.HasAddresses ? layout with { Second = column } : layout with { First = column };
        return true;
    }

    private static AddressColumn ColumnOf(ReadOnlySpan<byte> word, ref LineCursor line)
    {
        if (word.SequenceEqual("Child"u8))
        {
            line.SkipBlanks();
            _ = line.TakeWord();
            return AddressColumn.StackPointer;
        }

        if (word.StartsWith("Child"u8) || word.SequenceEqual("Stack"u8) || word.SequenceEqual("ESP"u8) || word.SequenceEqual("RSP"u8))
            return AddressColumn.StackPointer;
        if (word.StartsWith("RetAddr"u8) || word.StartsWith("Return"u8))
            return AddressColumn.ReturnAddress;
        bool isInstruction = word.SequenceEqual("IP"u8) || word.SequenceEqual("EIP"u8) || word.SequenceEqual("RIP"u8)
            || word.SequenceEqual("AddrPC"u8);
        return isInstruction ? AddressColumn.Instruction : AddressColumn.Unknown;
    }

    /// <summary>A single column makes a head line only where its name is used for nothing else.</summary>
    private static bool IsWholeAlone(ReadOnlySpan<byte> text, ColumnLayout layout)
    {
        ReadOnlySpan<byte> line = text.TrimStart(" \t#"u8);
        return layout.First switch
        {
            AddressColumn.StackPointer => line.StartsWith("Child-SP"u8) || line.StartsWith("ChildEBP"u8) || line.StartsWith("ChildSP"u8),
            AddressColumn.ReturnAddress => line.StartsWith("RetAddr"u8),
            AddressColumn.Instruction => line.StartsWith("AddrPC"u8),
            _ => false,
        };
    }
}
