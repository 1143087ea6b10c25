using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Kernel;
using KCallbacks.Fixtures.Kernel.Memory;
using KCallbacks.Fixtures.Minidumps;

namespace KCallbacks.Fixtures.Tests;

[TestClass]
public sealed class KernelMachineTests
{
    [TestMethod]
    public void Page_tables_translate_what_was_written()
    {
        var space = new AddressSpace(new PhysicalMemory());
        byte[] bytes = [.. Enumerable.Range(0, 0x1800).Select(value => (byte)value)];

        space.Write(0xffff_f803_1000_0ff0, bytes);

        CollectionAssert.AreEqual(bytes, space.Read(0xffff_f803_1000_0ff0, bytes.Length));
        Assert.IsNull(space.FindPage(0xffff_f803_1000_3000));
        Assert.IsNull(space.FindPage(0x0000_7803_1000_0000));
    }

    [TestMethod]
    public void Processes_share_the_kernel_but_not_their_own_half()
    {
        var physical = new PhysicalMemory();
        var kernel = new AddressSpace(physical);
        kernel.Write(0xffff_f803_1000_0000, [1]);
        var one = new AddressSpace(physical);
        var other = new AddressSpace(physical);
        one.Write(0x1000, [2]);
        other.Write(0x1000, [3]);

        one.ShareKernelHalf(kernel);
        other.ShareKernelHalf(kernel);

        Assert.AreEqual(one.FindPage(0xffff_f803_1000_0000), other.FindPage(0xffff_f803_1000_0000));
        Assert.AreEqual(2, one.Read(0x1000, 1)[0]);
        Assert.AreEqual(3, other.Read(0x1000, 1)[0]);
    }

    [TestMethod]
    public void The_nesting_level_is_where_the_version_s_types_say()
    {
        KernelDump dump = Compose(KernelCases.Desktop(KernelVersion.Windows10));
        int offset = dump.Machine.Types.Find("_ETHREAD", "Tcb.CallbackNestingLevel").Offset;

        foreach (KernelThread thread in dump.Processes.SelectMany(process => process.Threads))
            Assert.AreEqual(thread.State.CallbackDepth, dump.Machine.Kernel.Read(thread.Address + (ulong)offset, 1)[0]);
    }

    [TestMethod]
    public void The_callback_stack_of_Windows_7_is_set_exactly_inside_callbacks()
    {
        KernelDump dump = Compose(KernelCases.Desktop(KernelVersion.Windows7));
        int offset = dump.Machine.Types.Find("_ETHREAD", "Tcb.CallbackStack").Offset;

        foreach (KernelThread thread in dump.Processes.SelectMany(process => process.Threads))
            Assert.AreEqual(thread.State.HasCallbackStack, dump.Machine.Kernel.Read(thread.Address + (ulong)offset, 8).Any(value => value != 0));
    }

    [TestMethod]
    public void User_memory_is_reached_through_the_process_s_own_page_tables()
    {
        KernelDump dump = Compose(KernelCases.Desktop(KernelVersion.Windows10));

        foreach (KernelProcess process in dump.Processes)
        {
            foreach (MemoryRange stack in process.User.Threads.Select(thread => thread.Captured).OfType<MemoryRange>())
                CollectionAssert.AreEqual(stack.Bytes.ToArray(), process.Space.Read(stack.Address, stack.Bytes.Length));
        }
    }

    private static KernelDump Compose(KernelDumpPlan plan) => new KernelDumpGenerator(Fixtures.Builder).Compose(plan);
}
