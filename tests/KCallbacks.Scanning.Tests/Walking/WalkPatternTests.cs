using System.Buffers.Binary;
using KCallbacks.Detection.Model;
using KCallbacks.Scanning.Walking;

namespace KCallbacks.Scanning.Tests.Walking;

/// <summary>Which threads may share a walk: those that stand at the same instruction, having come there by the same calls.</summary>
[TestClass]
public sealed class WalkPatternTests
{
    private const ulong Instruction = 0x7ff8_0000_1000;
    private const ulong Caller = 0x7ff6_0000_2000;
    private const ulong SystemCall = 0x7ff8_0000_3000;

    /// <summary>Where the return addresses lie: below the next frame's stack pointer, and in the machine frame of a callback.</summary>
    private const int CallerSlot = 0x18;
    private const int DispatcherFrame = 0x20;
    private const int MachineFrameSlot = DispatcherFrame + 0x30;

    [TestMethod]
    public void A_thread_that_came_the_same_way_gets_the_frames_at_its_own_addresses()
    {
        ThreadStack? found = Known().Find(Thread(1, 0x5_0000));

        Assert.IsNotNull(found);
        Assert.AreEqual(WalkExtent.Complete, found.Walk);
        Assert.AreEqual(1, found.Thread.Position);
        Assert.AreSequenceEqual((ulong[])[0x5_0000, 0x5_0020, 0x5_0080], found.Frames.Select(frame => frame.StackPointer));
        Assert.AreSequenceEqual((ulong[])[Instruction, Caller, SystemCall], found.Frames.Select(frame => frame.InstructionPointer));
    }

    [TestMethod]
    [DataRow(CallerSlot)]
    [DataRow(MachineFrameSlot)]
    public void A_thread_with_another_return_address_is_walked_itself(int slot) =>
        Assert.IsNull(Known().Find(Thread(1, 0x5_0000, changedSlot: slot)));

    [TestMethod]
    public void A_thread_at_another_instruction_is_walked_itself() =>
        Assert.IsNull(Known().Find(Thread(1, 0x5_0000) with { InstructionPointer = Instruction + 2 }));

    [TestMethod]
    public void A_thread_whose_stack_ends_earlier_is_walked_itself()
    {
        ThreadStack thread = Thread(1, 0x5_0000);

        Assert.IsNull(Known().Find(thread with { Memory = thread.Memory! with { Bytes = thread.Memory.Bytes[..MachineFrameSlot] } }));
    }

    [TestMethod]
    public void A_walk_that_is_not_whole_is_not_shared()
    {
        var known = new WalkCache();
        known.Add(Walked() with { Walk = WalkExtent.Truncated });

        Assert.IsNull(known.Find(Thread(1, 0x5_0000)));
    }

    [TestMethod]
    public void A_walk_of_a_stack_that_is_cut_is_not_shared()
    {
        var known = new WalkCache();
        ThreadStack walked = Walked();
        known.Add(walked with { Memory = walked.Memory! with { IsComplete = false } });

        Assert.IsNull(known.Find(Thread(1, 0x5_0000)));
    }

    private static WalkCache Known()
    {
        var known = new WalkCache();
        known.Add(Walked());
        return known;
    }

    private static ThreadStack Walked() => Thread(0, 0x2_0000) with
    {
        Walk = WalkExtent.Complete,
        Frames =
        [
            new("ntdll", "NtWaitForSingleObject", 0x14, Instruction, 0x2_0000, Caller),
            new("ntdll", "KiUserCallbackDispatcher", 0x24, Caller, 0x2_0020, SystemCall),
            new("ntdll", "RtlUserThreadStart", 0x21, SystemCall, 0x2_0080),
        ],
    };

    private static ThreadStack Thread(int position, ulong stackPointer, int? changedSlot = null)
    {
        byte[] stack = new byte[0x100];
        BinaryPrimitives.WriteUInt64LittleEndian(stack.AsSpan(CallerSlot), Caller);
        BinaryPrimitives.WriteUInt64LittleEndian(stack.AsSpan(MachineFrameSlot), SystemCall);
        if (changedSlot is { } slot)
            stack[slot]++;
        return new ThreadStack
        {
            Thread = new ThreadIdentity(position),
            InstructionPointer = Instruction,
            StackPointer = stackPointer,
            Memory = new StackMemory(stackPointer, stack, IsComplete: true),
        };
    }
}
