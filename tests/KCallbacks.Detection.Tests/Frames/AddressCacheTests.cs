using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Frames;

/// <summary>What is remembered of frames by their place.</summary>
[TestClass]
public sealed class AddressCacheTests
{
    private static readonly StackFrame Frame = new("ntdll", "NtWaitForSingleObject", 0x14, InstructionPointer: 0x1000, StackPointer: 0x10);

    [TestMethod]
    public void A_place_is_read_once_wherever_on_the_stack_it_lies()
    {
        int read = 0;
        var places = new AddressCache<int>(_ => ++read);

        Assert.AreEqual(1, places.Of(Frame));
        Assert.AreEqual(1, places.Of(Frame with { StackPointer = 0x20, ReturnAddress = 0x2000 }));
    }

    public static IEnumerable<object[]> Others =>
    [
        [Frame with { Module = "wow64" }],
        [Frame with { Function = "NtClose" }],
        [Frame with { Displacement = 0x12 }],
        [Frame with { Side = FrameSide.Kernel }],
    ];

    [TestMethod]
    [DynamicData(nameof(Others))]
    public void A_frame_with_another_name_at_the_same_address_is_read_itself(StackFrame other)
    {
        var places = new AddressCache<StackFrame>(frame => frame);
        places.Of(Frame);

        Assert.AreEqual(other, places.Of(other));
        Assert.AreEqual(Frame, places.Of(Frame));
    }
}
