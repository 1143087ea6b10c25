namespace KCallbacks.PrintedStacks.Frames;

/// <summary>The line of Julia's crash reports: <c>KiUserCallbackDispatcher at C:\WINDOWS\SYSTEM32\ntdll.dll (unknown line)</c>.</summary>
internal static class JuliaFrame
{
    private static ReadOnlySpan<byte> At => " at "u8;

    private static ReadOnlySpan<byte> NoLine => " (unknown line)"u8;

    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        ReadOnlySpan<byte> line = text.Trim(" \t"u8);
        int place = line.IndexOf(At);
        // Where the file's name is missing, both share a blank.
        if (place <= 0 || !line.EndsWith(NoLine) || place + At.Length > line.Length - NoLine.Length)
            return false;

        ReadOnlySpan<byte> name = line[..place];
        ReadOnlySpan<byte> module = ModuleText.FileName(line[(place + At.Length)..^NoLine.Length]);
        if (name.Contains((byte)' ') || !ModuleText.EndsAsFileName(module))
            return false;
        frame.Module = module;
        if (!NoName.Is(name))
            frame.Function = name;
        return true;
    }
}
