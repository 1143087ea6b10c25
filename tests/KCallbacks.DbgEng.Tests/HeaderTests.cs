using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices.Marshalling;
using System.Text.RegularExpressions;
using KCallbacks.DbgEng.DataModel;

namespace KCallbacks.DbgEng.Tests;

/// <summary>Everything this project knows of the engine's binary interface, held against the header of the referenced package.</summary>
[TestClass]
public sealed partial class HeaderTests
{
    private static readonly EngineHeader Header = EngineHeader.Read();

    private static readonly Dictionary<Type, string> MacroPrefixes = new()
    {
        [typeof(AttachOptions)] = "DEBUG_ATTACH_",
        [typeof(DebuggeeClass)] = "DEBUG_CLASS_",
        [typeof(DebuggerData)] = "DEBUG_DATA_",
        [typeof(EngineOptions)] = "DEBUG_ENGOPT_",
        [typeof(EngineRequest)] = "DEBUG_REQUEST_",
        [typeof(ExecutionStatus)] = "DEBUG_STATUS_",
        [typeof(InterruptKind)] = "DEBUG_INTERRUPT_",
        [typeof(ModuleNameKind)] = "DEBUG_MODNAME_",
        [typeof(OutputControl)] = "DEBUG_OUTCTL_",
        [typeof(OutputFormat)] = "DEBUG_OUTCBI_",
        [typeof(OutputMask)] = "DEBUG_OUTPUT_",
        [typeof(SymbolType)] = "DEBUG_SYMTYPE_",
    };

    /// <summary>Members whose name is not the macro's in other letters.</summary>
    private static readonly Dictionary<object, string> MacroNames = new()
    {
        [DebuggeeQualifier.Live] = "DEBUG_USER_WINDOWS_PROCESS",
        [DebuggeeQualifier.ServerOrLocal] = "DEBUG_USER_WINDOWS_PROCESS_SERVER",
        [DebuggeeQualifier.SmallDump] = "DEBUG_DUMP_SMALL",
        [DebuggeeQualifier.Dump] = "DEBUG_DUMP_DEFAULT",
        [DebuggeeQualifier.FullDump] = "DEBUG_DUMP_FULL",
        [SessionEnd.Passive] = "DEBUG_END_PASSIVE",
        [SessionEnd.Terminate] = "DEBUG_END_ACTIVE_TERMINATE",
        [SessionEnd.Detach] = "DEBUG_END_ACTIVE_DETACH",
        [SessionEnd.Disconnect] = "DEBUG_END_DISCONNECT",
    };

    /// <summary>What the calls that <see cref="EngineInterface"/> makes for its wrappers pass.</summary>
    private static readonly Dictionary<string, string> SharedArguments = new()
    {
        ["GetNumber"] = "uint*",
        ["GetAddress"] = "ulong*",
        ["SetNumber"] = "uint",
        ["SetAddress"] = "ulong",
    };

    public static IEnumerable<object[]> Wrappers =>
        typeof(EngineInterface).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(EngineInterface)))
            .Select(type => new object[] { type });

    public static IEnumerable<object[]> Implemented =>
        typeof(EngineInterface).Assembly.GetTypes()
            .Where(type => type.IsInterface && type.IsDefined(typeof(GeneratedComInterfaceAttribute)))
            .Select(type => new object[] { type });

    public static IEnumerable<object[]> Slots =>
        from wrapper in Wrappers.Select(row => (Type)row[0])
        from slot in SlotsOf(wrapper)
        select new object[] { NativeName(wrapper), slot.Key, slot.Value };

    public static IEnumerable<object[]> Calls =>
        from wrapper in Wrappers.Select(row => (Type)row[0])
        from call in CallsIn(wrapper)
        select new object[] { NativeName(wrapper), call.Slot, call.Types };

    public static IEnumerable<object[]> Constants =>
        from type in MacroPrefixes.Keys.Concat([typeof(DebuggeeQualifier), typeof(SessionEnd)])
        from value in Enum.GetValues(type).Cast<object>()
        where value.ToString() is var name && (name != "None" || type == typeof(SymbolType))
        select new object[] { MacroName(type, value), Convert.ToUInt32(value, null) };

    [TestMethod]
    [DynamicData(nameof(Wrappers))]
    public void A_wrapper_asks_for_its_own_interface(Type wrapper) =>
        Assert.AreEqual(Header.IidOf(NativeName(wrapper)), Property<Guid>(wrapper, "Iid"));

    [TestMethod]
    [DynamicData(nameof(Slots))]
    public void A_slot_is_where_the_header_declares_it(string type, string method, int slot) =>
        Assert.AreEqual(method, Header.MethodsOf(type)[slot].Name);

    [TestMethod]
    [DynamicData(nameof(Calls))]
    public void A_call_passes_what_the_header_declares(string type, string method, string types)
    {
        string[] declared = [.. Header.MethodsOf(type).Single(candidate => candidate.Name == method).Arguments];
        string[] passed = [.. types.Split(", ").Skip(1).SkipLast(1).Select(Shape)];
        if (declared is [.., "..."])
            declared[^1] = "*";

        CollectionAssert.AreEqual(declared, passed, $"{type}::{method}");
    }

    [TestMethod]
    [DynamicData(nameof(Wrappers))]
    public void Every_slot_is_called(Type wrapper) =>
        CollectionAssert.IsSubsetOf(SlotsOf(wrapper).Keys.ToArray(), CallsIn(wrapper).Select(call => call.Slot).ToArray());

    [TestMethod]
    [DynamicData(nameof(Constants))]
    public void A_constant_has_the_value_of_its_macro(string macro, uint value) =>
        Assert.AreEqual(Header.Constant(macro), value);

    [TestMethod]
    [DynamicData(nameof(Implemented))]
    public void An_interface_that_the_engine_calls_is_the_header_s(Type type)
    {
        HeaderMethod[] declared = [.. Header.MethodsOf(type.Name).Skip(EngineInterface.Slot.Release + 1)];
        MethodInfo[] implemented = [.. type.GetMethods().OrderBy(method => method.MetadataToken)];

        Assert.AreEqual(Header.IidOf(type.Name), type.GUID);
        CollectionAssert.AreEqual(declared.Select(method => method.Name).ToArray(), implemented.Select(method => method.Name).ToArray());
        foreach ((HeaderMethod expected, MethodInfo method) in declared.Zip(implemented))
            CollectionAssert.AreEqual(expected.Arguments.ToArray(), method.GetParameters().Select(ShapeOf).ToArray(), method.Name);
    }

    [TestMethod]
    public void The_kinds_of_model_objects_have_the_header_s_numbers()
    {
        ImmutableArray<string> members = Header.MembersOf("ModelObjectKind");

        foreach (ModelObjectKind kind in Enum.GetValues<ModelObjectKind>())
            Assert.AreEqual($"Object{kind}", members[(int)kind]);
    }

    private static string NativeName(Type wrapper) => Property<string>(wrapper, "Name");

    private static T Property<T>(Type wrapper, string name) => (T)wrapper
        .GetProperties(BindingFlags.Static | BindingFlags.NonPublic)
        .Single(property => property.Name.EndsWith($".{name}", StringComparison.Ordinal))
        .GetValue(null)!;

    private static Dictionary<string, int> SlotsOf(Type wrapper) => wrapper.GetNestedType("Slot", BindingFlags.NonPublic)!
        .GetFields().ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!);

    private static IEnumerable<(string Slot, string Types)> CallsIn(Type wrapper)
    {
        string source = File.ReadAllText(
            Directory.EnumerateFiles(EngineHeader.Metadata("DbgEngSource"), $"{wrapper.Name}.cs", SearchOption.AllDirectories).Single());
        foreach (Match call in DirectCall().Matches(source))
            yield return (call.Groups["slot"].Value, call.Groups["types"].Value);
        foreach (Match call in SharedCall().Matches(source))
            yield return (call.Groups["slot"].Value, $"nint, {SharedArguments[call.Groups["kind"].Value]}, int");
    }

    private static string Shape(string type) => type switch
    {
        _ when type.EndsWith('*') || type == "nint" => "*",
        "ulong" => "8",
        "uint" or "int" => "4",
        "ushort" => "2",
        "byte" => "1",
        _ => type,
    };

    private static string ShapeOf(ParameterInfo parameter) => parameter.ParameterType switch
    {
        { IsPointer: true } => "*",
        var type when type == typeof(nint) => "*",
        var type when type == typeof(ulong) => "8",
        var type when type == typeof(uint) => "4",
        var type => type.Name,
    };

    private static string MacroName(Type type, object value) =>
        MacroNames.TryGetValue(value, out string? name) ? name : MacroPrefixes[type] + value;

    [GeneratedRegex(@"delegate\* unmanaged<(?<types>[^>]*)>\)Method\(Slot\.(?<slot>\w+)\)")]
    private static partial Regex DirectCall();

    [GeneratedRegex(@"Try(?<kind>(?:Get|Set)(?:Number|Address))\(Slot\.(?<slot>\w+),")]
    private static partial Regex SharedCall();
}
