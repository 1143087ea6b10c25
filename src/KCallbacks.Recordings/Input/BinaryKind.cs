namespace KCallbacks.Recordings.Input;

/// <summary>Says what a file is that is no text, so that its user knows what to do with it.</summary>
internal static class BinaryKind
{
    public static string Describe(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("MDMP"u8))
            return "the file is a minidump, not a recording of stacks";
        if (head.StartsWith("PAGE"u8))
            return "the file is a kernel dump, not a recording of stacks; open it in a debugger and use !kcallbacks -record";
        if (head.StartsWith("MZ"u8))
            return "the file is a program, not a recording of stacks";
        return "the file is binary, not a recording of stacks";
    }
}
