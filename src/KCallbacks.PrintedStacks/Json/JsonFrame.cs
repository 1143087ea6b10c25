using System.Text;
using System.Text.Json;
using KCallbacks.PrintedStacks.Frames;

namespace KCallbacks.PrintedStacks.Json;

/// <summary>
/// A frame of a JSON document: an object with function and module (minidump-stackwalk, Socorro, Sentry, symbolication services,
/// debug adapters), or a string (<c>NtUserGetMessage (in wwin32u.pdb)</c>, <c>ntdll!NtWaitForSingleObject+0x14</c>).
/// </summary>
internal static class JsonFrame
{
    private static ReadOnlySpan<byte> In => " (in "u8;

    /// <summary>Whether the value names a module or a function, as a frame does.</summary>
    public static bool IsLike(JsonElement element) =>
        element.ValueKind == JsonValueKind.String || FunctionOf(element) is not null || ModuleOf(element, default) is not null;

    /// <summary>Whether the walk did not lead to the frame: its address was met in a scan of the stack.</summary>
    public static bool IsScanned(JsonElement element) => JsonMembers.Text(element, "trust") is "scan" or "cfi_scan";

    /// <summary>Reads a frame.</summary>
    /// <param name="element">The frame.</param>
    /// <param name="modules">The list of modules that frames refer to by <c>module_index</c>; need not exist.</param>
    /// <param name="frame">The frame; its names are copies.</param>
    public static bool TryRead(JsonElement element, JsonElement modules, out FrameText frame)
    {
        frame = default;
        if (element.ValueKind == JsonValueKind.String)
            return JsonMembers.Text(element) is { } text && TryReadText(Encoding.UTF8.GetBytes(text), ref frame);

        frame.InstructionPointer = JsonMembers.Number(JsonMembers.Get(element, "offset", "ip", "instruction_addr", "address", "pc", "instructionPointerReference"));
        frame.AddressDigits = frame.InstructionPointer switch
        {
            null or 0 => 0,
            <= uint.MaxValue => 8,
            _ => 16,
        };
        frame.Displacement = JsonMembers.Number(JsonMembers.Get(element, "function_offset", "symbol_offset", "displacement"));
        if (ModuleOf(element, modules) is { } module)
            frame.Module = ModuleText.FileName(Encoding.UTF8.GetBytes(module));
        if (FunctionOf(element) is { } function)
            ReadFunction(Encoding.UTF8.GetBytes(function), ref frame);
        if (frame.Function.IsEmpty)
            frame.Displacement = JsonMembers.Number(JsonMembers.Get(element, "module_offset"));
        return !frame.Module.IsEmpty || !frame.Function.IsEmpty || frame.InstructionPointer is > 0;
    }

    private static string? FunctionOf(JsonElement element) => JsonMembers.Text(element, "function", "symbol", "name", "function_name");

    private static string? ModuleOf(JsonElement element, JsonElement modules)
    {
        if (JsonMembers.Text(element, "module", "package", "module_name", "lib", "image") is { } name)
            return name;
        int? index = (int?)JsonMembers.Number(JsonMembers.Get(element, "module_index"));
        return index >= 0 && JsonMembers.IsArray(modules) && index < modules.GetArrayLength()
            ? JsonMembers.Text(modules[index.Value], "filename", "code_file", "debug_file", "name")
            : null;
    }

    /// <summary>A name with a module before it is a call site; without one, a declaration.</summary>
    private static void ReadFunction(byte[] text, ref FrameText frame)
    {
        if (frame.Module.IsEmpty && text.AsSpan().Contains((byte)'!') && TryReadText(text, ref frame))
            return;
        frame.Function = DeclaredName.Of(text);
    }

    private static bool TryReadText(byte[] text, ref FrameText frame)
    {
        int place = text.AsSpan().LastIndexOf(In);
        if (place < 0 || text[^1] != ')')
            return FrameLine.TryRead(text, default, out frame);
        frame.Module = ModuleText.FileName(text.AsSpan((place + In.Length)..^1));
        frame.Function = DeclaredName.Of(text.AsSpan(..place));
        return true;
    }
}
