using System.Diagnostics.CodeAnalysis;
using KCallbacks.Detection.Model;

namespace KCallbacks.Managed.Tests;

/// <summary>What a runtime's memory holds may be damaged or made to do harm: nothing is believed that is not known, and a look-up costs a bounded number of reads.</summary>
[TestClass]
[SuppressMessage("Security", "CA5394", Justification = "Bytes that do not repeat; nothing is secret.")]
public sealed class DamagedRuntimeTests
{
    private const int MostReads = 3000;

    [TestMethod]
    [DataRow(0, 0x12345678u, DisplayName = "not a descriptor")]
    [DataRow(8, 3u, DisplayName = "of a 32-bit process")]
    [DataRow(12, 0u, DisplayName = "without a text")]
    [DataRow(12, 0x7fff_ffffu, DisplayName = "with a text of gigabytes")]
    [DataRow(12, 100u, DisplayName = "with half a text")]
    [DataRow(24, 0xffff_ffffu, DisplayName = "with pointers without end")]
    [DataRow(16, 0x1000u, DisplayName = "whose text is not in memory")]
    public void A_descriptor_that_is_damaged_is_none(int offset, uint value)
    {
        var process = new SyntheticRuntime();
        process.DamageHeader(offset, value);

        Assert.IsNull(ManagedRuntime.Find(process));
    }

    [TestMethod]
    [DataRow("\"ExecutionManager\":2", "\"ExecutionManager\":3")]
    [DataRow("\"ExecutionManager\":2", "\"ExecutionManager\":1")]
    [DataRow("\"ExecutionManager\":2", "\"ExecutionManager\":\"c2\"")]
    [DataRow("\"ExecutionManager\":2,", "")]
    [DataRow("\"contracts\":", "\"contract\":")]
    public void A_version_that_is_not_known_is_refused(string known, string other)
    {
        var process = new SyntheticRuntime();
        process.WriteDescriptor(SyntheticRuntime.DefaultText.Replace(known, other, StringComparison.Ordinal));

        Assert.IsNull(ManagedRuntime.Find(process));
    }

    [TestMethod]
    public void Names_are_not_read_by_a_version_of_the_type_system_that_is_not_known()
    {
        var process = new SyntheticRuntime();
        process.WriteDescriptor(SyntheticRuntime.DefaultText.Replace("\"RuntimeTypeSystem\":1", "\"RuntimeTypeSystem\":2", StringComparison.Ordinal));

        Assert.IsNull(ManagedRuntime.Find(process)!.CreateNames());
    }

    [TestMethod]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("null")]
    [DataRow("{\"types\":5,\"contracts\":[]}")]
    [DataRow("{\"types\":{\"A\":[1,2]},\"globals\":{\"B\":{\"C\":[[[[[[[[[1]]]]]]]]]}}}")]
    public void A_text_that_is_something_else_is_refused(string text)
    {
        var process = new SyntheticRuntime();
        process.WriteDescriptor(text);

        Assert.IsNull(ManagedRuntime.Find(process));
    }

    [TestMethod]
    public void A_process_without_the_runtime_or_of_another_processor_has_none()
    {
        Assert.IsNull(ManagedRuntime.Find(new SyntheticRuntime { Modules = [] }));
        Assert.IsNull(ManagedRuntime.Find(new SyntheticRuntime { Modules = [new("clr", 0x1000, 0x1000)] }));
        Assert.IsNull(ManagedRuntime.Find(new SyntheticRuntime { Architecture = Architecture.Arm64 }));
    }

    [TestMethod]
    public void A_program_in_a_single_file_holds_its_runtime_itself()
    {
        var process = new SyntheticRuntime { RuntimeModule = "app" };

        Assert.IsNull(ManagedRuntime.Find(process), "where only modules that bear a runtime's name are asked");
        Assert.IsNotNull(ManagedRuntime.Find(process, isInProgram: true));
    }

    [TestMethod]
    public void A_list_of_fragments_without_end_costs_no_more_than_a_long_one()
    {
        var process = new SyntheticRuntime();
        process.Write(process.CompiledFragment, process.CompiledFragment);
        process.Write(process.CompiledFragment + 8, 0);
        process.Write(process.CompiledFragment + 16, 0);

        Assert.IsNull(ManagedRuntime.Find(process)!.Code.FunctionAt(SyntheticRuntime.CodeBase + 0x100));
        Assert.IsLessThan(MostReads, process.Reads);
    }

    [TestMethod]
    public void A_table_of_methods_that_is_full_costs_no_more_than_a_long_search()
    {
        var process = new SyntheticRuntime();
        process.AddPrecompiled(method: 0x1000);
        for (ulong bucket = 0; bucket < 5; bucket++)
        {
            process.Write(process.FirstBucket + (bucket * 64), 1);
            process.Write(process.FirstBucket + (bucket * 64) + 32, ulong.MaxValue);
        }

        Assert.IsNull(ManagedRuntime.Find(process)!.CreateNames()!.MethodAt(SyntheticRuntime.ImageBase + 0x2010));
        Assert.IsLessThan(2 * MostReads, process.Reads);
    }

    [TestMethod]
    public void Whatever_bits_are_turned_over_nothing_is_thrown_and_reads_are_bounded()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var process = new SyntheticRuntime();
            process.AddCompiled(0x140, 0x80, process.AddMethod(5), (0x140, 0x1c0, 0x3000));
            process.AddCompiled(0x200, 0x80, process.AddStub("IL_STUB"), (0x200, 0x280, 0x3000));
            process.AddPrecompiled(process.AddMethod(6));
            process.Damage(random, 40);
            if (ManagedRuntime.Find(process) is not { } runtime)
                continue;
            int before = process.Reads;

            foreach (ulong address in (ReadOnlySpan<ulong>)[SyntheticRuntime.CodeBase + 0x150, SyntheticRuntime.CodeBase + 0x210, SyntheticRuntime.ImageBase + 0x2010])
            {
                runtime.Code.FunctionAt(address);
                runtime.CreateNames()?.MethodAt(address);
            }

            Assert.IsLessThan(6 * 2 * MostReads, process.Reads - before, $"seed {seed}");
        }
    }
}
