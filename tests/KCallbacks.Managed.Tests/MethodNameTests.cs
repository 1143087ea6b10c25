using System.Reflection;
using KCallbacks.Scanning.Walking;

namespace KCallbacks.Managed.Tests;

/// <summary>Methods get the names that their assembly's metadata has, wherever their code lies.</summary>
[TestClass]
public sealed class MethodNameTests
{
    private const string ThisAssembly = "KCallbacks.Managed.Tests";

    [TestMethod]
    public void A_method_compiled_as_the_process_ran_has_its_name()
    {
        var process = new SyntheticRuntime();
        process.AddCompiled(0x140, 0x80, process.AddMethod(RowOf(nameof(RowOf))), (0x140, 0x1c0, 0x3000));

        ManagedMethod? method = NamesOf(process).MethodAt(SyntheticRuntime.CodeBase + 0x190);

        Assert.AreEqual(new ManagedMethod(ThisAssembly, $"{ThisAssembly}.{nameof(MethodNameTests)}.{nameof(RowOf)}", SyntheticRuntime.CodeBase + 0x140), method);
    }

    [TestMethod]
    public void A_type_inside_of_another_is_named_with_it()
    {
        int row = typeof(Nested).GetMethod(nameof(Nested.Work))!.MetadataToken & 0xff_ffff;
        var process = new SyntheticRuntime();
        process.AddCompiled(0x140, 0x80, process.AddMethod(row), (0x140, 0x1c0, 0x3000));

        Assert.AreEqual($"{ThisAssembly}.{nameof(MethodNameTests)}+{nameof(Nested)}.{nameof(Nested.Work)}", NamesOf(process).MethodAt(SyntheticRuntime.CodeBase + 0x140)?.Name);
    }

    [TestMethod]
    [DataRow(SyntheticRuntime.PrecompiledFunction + 0x40, DisplayName = "in its body")]
    [DataRow(SyntheticRuntime.PrecompiledFunction + 0x120, DisplayName = "in its exception handler")]
    public void A_precompiled_method_has_its_name(uint offset)
    {
        var process = new SyntheticRuntime();
        process.AddPrecompiled(process.AddMethod(RowOf(nameof(RowOf))));

        ManagedMethod? method = NamesOf(process).MethodAt(SyntheticRuntime.ImageBase + offset);

        Assert.AreEqual(nameof(RowOf), method?.Name.Split('.')[^1]);
        Assert.AreEqual(SyntheticRuntime.ImageBase + SyntheticRuntime.PrecompiledFunction, method?.CodeStart);
    }

    [TestMethod]
    public void Code_that_the_runtime_makes_for_calls_has_the_name_it_gave()
    {
        var process = new SyntheticRuntime();
        process.AddCompiled(0x140, 0x80, process.AddStub("IL_STUB_ReversePInvoke"), (0x140, 0x1c0, 0x3000));

        Assert.AreEqual("ILStubClass.IL_STUB_ReversePInvoke", NamesOf(process).MethodAt(SyntheticRuntime.CodeBase + 0x150)?.Name);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(0xff_ffff)]
    public void A_row_that_the_metadata_does_not_have_is_no_name(int row)
    {
        var process = new SyntheticRuntime();
        process.AddCompiled(0x140, 0x80, process.AddMethod(row), (0x140, 0x1c0, 0x3000));

        Assert.IsNull(NamesOf(process).MethodAt(SyntheticRuntime.CodeBase + 0x150));
    }

    private static IMethodNames NamesOf(SyntheticRuntime process) => ManagedRuntime.Find(process)!.CreateNames()!;

    private static int RowOf(string method) =>
        typeof(MethodNameTests).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MetadataToken & 0xff_ffff;

    private static class Nested
    {
        public static void Work()
        {
        }
    }
}
