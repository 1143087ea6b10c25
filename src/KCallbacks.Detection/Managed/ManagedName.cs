using System.Text;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Managed;

/// <summary>Reads the name of a managed method.</summary>
public static class ManagedName
{
    /// <summary>Pseudo-types of the methods that the runtime makes for calls between native and managed code.</summary>
    private static readonly string[] StubTypes = ["(dynamicClass)", "ILStubClass", "DynamicClass", "DomainBoundILStubClass"];

    private static readonly string[] StubMethods = ["IL_STUB"];

    /// <summary>A name as the runtime gives it, without the types of the parameters.</summary>
    public static string WithoutParameters(string printed)
    {
        ArgumentNullException.ThrowIfNull(printed);
        // The name itself may begin with a pseudo-type in parentheses.
        int parameters = printed.IndexOf('(', Math.Min(1, printed.Length));
        return parameters < 0 ? printed : printed[..parameters];
    }

    /// <summary>What a method of this name is.</summary>
    public static ManagedFrameKind KindOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Array.Exists(StubTypes, type => name.StartsWith(type, StringComparison.Ordinal))
            || Array.Exists(StubMethods, method => name.Contains(method, StringComparison.Ordinal))
            ? ManagedFrameKind.Stub
            : ManagedFrameKind.Method;
    }

    /// <summary><c>Type.Method</c> of a name without generic arguments: without the namespace, and of a nested type without the outer ones.</summary>
    internal static ReadOnlySpan<char> Short(ReadOnlySpan<char> name)
    {
        int method = MethodStart(name);
        if (method <= 0)
            return name;
        int type = name[..(method - 1)].LastIndexOfAny('.', '+') + 1;
        return name[type..];
    }

    /// <summary>The name without generic arguments, which stand in brackets after the type and after the method.</summary>
    internal static string WithoutArguments(string name)
    {
        if (!name.Contains('[', StringComparison.Ordinal))
            return name;
        var plain = new StringBuilder(name.Length);
        int depth = 0;
        foreach (char letter in name)
        {
            depth += letter == '[' ? 1 : 0;
            if (depth == 0)
                plain.Append(letter);
            depth -= letter == ']' && depth > 0 ? 1 : 0;
        }

        return plain.ToString();
    }

    /// <summary>Where the method's own name begins: constructors are called <c>.ctor</c>.</summary>
    private static int MethodStart(ReadOnlySpan<char> name)
    {
        int dot = name.LastIndexOf('.');
        return dot > 0 && name[dot - 1] == '.' ? dot : dot + 1;
    }
}
