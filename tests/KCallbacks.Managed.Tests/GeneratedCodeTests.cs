using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Managed.Tests;

/// <summary>The code that a runtime made is found with its unwind data, from any address in it.</summary>
[TestClass]
public sealed class GeneratedCodeTests
{
    [TestMethod]
    [DataRow(0x140u)]
    [DataRow(0x141u)]
    [DataRow(0x1ffu)]
    [DataRow(0x23fu)]
    public void A_method_is_found_from_every_address_of_it(uint offset)
    {
        var process = new SyntheticRuntime();
        process.AddCompiled(0x140, 0x100, method: 0, (0x140, 0x220, 0x3000), (0x220, 0x240, 0x3010));
        process.AddCompiled(0x260, 0x40, method: 0, (0x260, 0x2a0, 0x3020));

        GeneratedFunction? function = ManagedRuntime.Find(process)!.Code.FunctionAt(SyntheticRuntime.CodeBase + offset);

        Assert.IsNotNull(function);
        Assert.AreEqual(SyntheticRuntime.CodeBase, function.Base);
        Assert.AreEqual((uint)SyntheticRuntime.CodeSize, function.Size);
        Assert.AreSequenceEqual([0x140, 0x220, 0x3000, 0x220, 0x240, 0x3010], Enumerable.Range(0, 6).Select(i => BitConverter.ToInt32(function.Table, i * 4)));
    }

    [TestMethod]
    public void Parts_that_the_compiler_reserved_and_did_not_need_are_left_out()
    {
        var process = new SyntheticRuntime();
        process.AddCompiled(0x140, 0x100, method: 0, (0x140, 0x240, 0x3000), (0, 0, 0), (0, 0, 0));

        GeneratedFunction? function = ManagedRuntime.Find(process)!.Code.FunctionAt(SyntheticRuntime.CodeBase + 0x1ff);

        Assert.AreSequenceEqual([0x140, 0x240, 0x3000], Enumerable.Range(0, function!.Table.Length / 4).Select(i => BitConverter.ToInt32(function.Table, i * 4)));
    }

    [TestMethod]
    public void A_method_larger_than_a_unit_of_the_map_is_found_from_every_address_of_it()
    {
        var process = new SyntheticRuntime();
        process.AddCompiled(0x148, 0x2000, method: 0, (0x148, 0x2148, 0x3000));
        var runtime = ManagedRuntime.Find(process);

        for (uint offset = 0x148; offset < 0x2148; offset += 4)
            Assert.IsNotNull(runtime!.Code.FunctionAt(SyntheticRuntime.CodeBase + offset), $"0x{offset:x}");
    }

    [TestMethod]
    public void In_any_arrangement_of_methods_each_address_leads_to_its_own()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var process = new SyntheticRuntime();
            List<(uint Start, uint End)> methods = [];
            for (uint start = 0x40; start < 0x2f00;)
            {
                uint size = (uint)random.Next(8, 200) * 4;
                process.AddCompiled(start, size, method: 0, (start, start + size, 0x3000));
                methods.Add((start, start + size));
                // The runtime leaves at least 32 bytes from one beginning to the next; here also a header.
                start += Math.Max(size + 8, 40) + ((uint)random.Next(8) * 4);
                start = (start + 3) & ~3u;
            }

            var runtime = ManagedRuntime.Find(process);
            foreach ((uint start, uint end) in methods)
            {
                uint offset = (uint)random.Next((int)start, (int)end);
                GeneratedFunction? found = runtime!.Code.FunctionAt(SyntheticRuntime.CodeBase + offset);
                Assert.AreEqual(start, found is null ? 0 : BitConverter.ToUInt32(found.Table), $"seed {seed}: 0x{offset:x}");
            }
        }
    }

    [TestMethod]
    public void Stubs_precompiled_code_and_memory_without_code_are_none()
    {
        var process = new SyntheticRuntime();
        process.AddCompiled(0x140, 0x40, method: 0, (0x140, 0x180, 0x3000));
        process.Write(SyntheticRuntime.CodeBase + 0x140 - 8, 3);
        var runtime = ManagedRuntime.Find(process);

        Assert.IsNull(runtime!.Code.FunctionAt(SyntheticRuntime.CodeBase + 0x150), "a stub, whose kind stands in place of a header");
        Assert.IsNull(runtime.Code.FunctionAt(SyntheticRuntime.CodeBase + 0x20), "before all methods");
        Assert.IsNull(runtime.Code.FunctionAt(SyntheticRuntime.ImageBase + 0x2000), "precompiled code, whose image has the unwind data");
        Assert.IsNull(runtime.Code.FunctionAt(0x1234));
        Assert.IsNull(runtime.Code.FunctionAt(ulong.MaxValue));
    }
}
