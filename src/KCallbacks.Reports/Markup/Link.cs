using System.Globalization;

namespace KCallbacks.Reports.Markup;

/// <summary>
/// A debugger command that a click on a run executes. It can only be made from numbers, from names that passed <see cref="IsPlainName"/>, or
/// from our own constants, so no name of the target can smuggle a command into the user's session.
/// </summary>
public sealed record Link
{
    private const int LongestName = 256;

    private Link(string command) => Command = command;

    /// <summary>The command, plain text that needs no escaping but DML's.</summary>
    public string Command { get; }

    /// <summary>Switches to a thread and shows its stack.</summary>
    public static Link ToThread(uint systemId) => new(string.Create(CultureInfo.InvariantCulture, $"~~[{systemId:x}]s;kn"));

    /// <summary>Switches a kernel session to a thread, with its process's memory and symbols, and shows its stack.</summary>
    public static Link ToKernelThread(ulong address) => new(string.Create(CultureInfo.InvariantCulture, $".thread /p /r 0x{address:x16};kn"));

    /// <summary>Disassembles <c>module!function</c>; null when the name is not a plain one.</summary>
    public static Link? ToFunction(string symbol)
    {
        int bang = SymbolName.ModuleEnd(symbol);
        return bang > 0 && IsPlainName(symbol.AsSpan(0, bang)) && IsPlainScopes(symbol.AsSpan(bang + 1))
            ? new Link($"u {symbol}")
            : null;
    }

    /// <summary>Shows a module's details; null when the name is not a plain one.</summary>
    public static Link? ToModule(string module) => IsPlainName(module) ? new Link($"lmvm {module}") : null;

    /// <summary>Shows a critical section with its owner.</summary>
    internal static Link ToCriticalSection(ulong address) => new(string.Create(CultureInfo.InvariantCulture, $"!cs -o 0x{address:x}"));

    /// <summary>Shows a slim lock.</summary>
    internal static Link ToSlimLock(ulong address) => new(string.Create(CultureInfo.InvariantCulture, $"dt ntdll!_RTL_SRWLOCK 0x{address:x}"));

    /// <summary>Shows a handle and its object.</summary>
    internal static Link ToHandle(ulong handle) => new(string.Create(CultureInfo.InvariantCulture, $"!handle {handle:x} f"));

    /// <summary>Runs this extension's command again with other options.</summary>
    internal static Link ToCommand(string command) => new(command);

    /// <summary>Whether a word can stand in a command and mean nothing but itself.</summary>
    internal static bool IsPlainWord(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.');

    /// <summary>Whether a name is made of C identifiers, as <c>ui::Panel::Layout</c>.</summary>
    private static bool IsPlainScopes(ReadOnlySpan<char> name)
    {
        foreach (Range part in name.Split("::"))
        {
            if (!IsPlainName(name[part]))
                return false;
        }

        return true;
    }

    /// <summary>Whether a name is a C identifier, the only form that cannot mean anything else to the debugger.</summary>
    private static bool IsPlainName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > LongestName || char.IsAsciiDigit(name[0]))
            return false;

        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }

        return true;
    }
}
