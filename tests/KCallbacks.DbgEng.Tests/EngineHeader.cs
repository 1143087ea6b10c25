using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace KCallbacks.DbgEng.Tests;

/// <summary>What <c>dbgeng.h</c> and <c>dbgmodel.h</c> of the referenced package declare, and <c>ClrInterfaces.h</c> of this folder.</summary>
internal sealed partial class EngineHeader
{
    private readonly string _text;

    private EngineHeader(string text) => _text = text;

    public static EngineHeader Read() => new(TextOf("DbgEngHeaders", "dbgeng.h") + TextOf("DbgEngHeaders", "dbgmodel.h") + TextOf("ClrHeaders", "ClrInterfaces.h"));

    public static string Metadata(string key) =>
        typeof(EngineHeader).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    /// <summary>Methods of an interface in the order of its vtable.</summary>
    public ImmutableArray<HeaderMethod> MethodsOf(string name)
    {
        Match body = Regex.Match(_text, $@"DECLARE_INTERFACE_\({name}, \w+\)\n\{{(.*?)\n\}};", RegexOptions.Singleline);
        Assert.IsTrue(body.Success, $"{name} is not in the header.");
        string code = LineComment().Replace(body.Groups[1].Value, "");
        return [.. Method().Matches(code).Select(match => new HeaderMethod(match.Groups["name"].Value, Arguments(match.Groups["arguments"].Value)))];
    }

    /// <summary>The interface id of an interface.</summary>
    public Guid IidOf(string name)
    {
        Match match = Regex.Match(_text, $@"DEFINE_GUID\(IID_{name},(?<parts>.*?)\);", RegexOptions.Singleline);
        Assert.IsTrue(match.Success, $"IID_{name} is not in the header.");
        uint[] parts = [.. match.Groups["parts"].Value.Split(',').Select(part => Number(part.Trim()))];
        byte[] tail = [.. parts.Skip(3).Select(part => (byte)part)];
        return new Guid((int)parts[0], (short)parts[1], (short)parts[2], tail);
    }

    /// <summary>The value of a macro, whose name is compared without regard to case and underscores; null when there is none.</summary>
    public uint? Constant(string name)
    {
        string pattern = string.Join("_?", name.Replace("_", "").ToCharArray());
        Match match = Regex.Match(_text, $@"#define {pattern}\s+(?<value>0x[0-9a-f]+|\d+|DEBUG_\w+)\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase);
        if (!match.Success)
            return null;
        string value = match.Groups["value"].Value;
        return value.StartsWith("DEBUG_", StringComparison.Ordinal) ? Constant(value) : Number(value);
    }

    /// <summary>Members of an enumeration that numbers them from 0.</summary>
    public ImmutableArray<string> MembersOf(string enumeration)
    {
        Match body = Regex.Match(_text, $@"\nenum {enumeration}\n\{{(.*?)\n\}};", RegexOptions.Singleline);
        Assert.IsTrue(body.Success, $"{enumeration} is not in the header.");
        string code = LineComment().Replace(body.Groups[1].Value, "");
        Assert.DoesNotContain("=", code, $"{enumeration} numbers its members.");
        return [.. code.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string TextOf(string folder, string header) =>
        File.ReadAllText(Path.Combine(Metadata(folder), header)).ReplaceLineEndings("\n");

    private static uint Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? uint.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : uint.Parse(text, CultureInfo.InvariantCulture);

    private static ImmutableArray<string> Arguments(string text) =>
        [.. TopLevelComma().Split(text.Replace("THIS_", "").Replace("THIS", "")).Select(Shape).Where(shape => shape.Length > 0)];

    /// <summary>Width of an argument: <c>1</c>, <c>2</c>, <c>4</c>, <c>8</c> or <c>*</c> for a pointer; <c>...</c> for the rest of a variadic call.</summary>
    private static string Shape(string argument)
    {
        string type = Annotation().Replace(argument, "").Trim();
        return type switch
        {
            "" => "",
            "..." => "...",
            _ when type.Contains('*') || type.StartsWith('P') || type.StartsWith("REFIID", StringComparison.Ordinal) => "*",
            _ when type.StartsWith("ULONG64", StringComparison.Ordinal) => "8",
            _ when type.StartsWith("ULONG", StringComparison.Ordinal) || type.StartsWith("BOOL", StringComparison.Ordinal) => "4",
            _ when type.StartsWith("HRESULT", StringComparison.Ordinal) || type.StartsWith("ModelObjectKind", StringComparison.Ordinal) => "4",
            _ when type.StartsWith("VARTYPE", StringComparison.Ordinal) => "2",
            _ when type.StartsWith("bool", StringComparison.Ordinal) => "1",
            _ => type,
        };
    }

    [GeneratedRegex("//.*")]
    private static partial Regex LineComment();

    [GeneratedRegex(@"STDMETHODV?_?\(\s*(?:\w+,\s*)?(?<name>\w+)\s*\)\s*\((?<arguments>.*?)\)\s*PURE", RegexOptions.Singleline)]
    private static partial Regex Method();

    [GeneratedRegex(@",(?![^()]*\))")]
    private static partial Regex TopLevelComma();

    [GeneratedRegex(@"_(In|Out|Inout|Reserved|COM_Outptr|COM_Errorptr)\w*_(\([^)]*\))?\s*")]
    private static partial Regex Annotation();
}

/// <summary>A method of an interface.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Widths of its arguments, without <c>this</c>.</param>
internal sealed record HeaderMethod(string Name, ImmutableArray<string> Arguments);
