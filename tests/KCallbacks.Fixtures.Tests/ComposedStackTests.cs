using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Stacks;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Fixtures.Tests;

/// <summary>The callback frames against the layout checked on real stacks.</summary>
[TestClass]
public sealed class ComposedStackTests
{
    [TestMethod]
    public void Every_callback_frame_keeps_the_kernel_s_invariants()
    {
        UserDump dump = Fixtures.Compose(UserCases.Shapes(WindowsLayout.Windows10));
        ulong dispatcher = dump.Images.AddressOf("ntdll!KiUserCallbackDispatcher");

        foreach (ComposedStack stack in dump.Threads.Select(thread => thread.Stack))
        {
            foreach (ulong frame in stack.CallbackFrames)
            {
                ulong lengthAndNumber = Word(stack, frame + 0x28);
                ulong length = lengthAndNumber & 0xffff_ffff;
                ulong outer = Word(stack, frame + 0x48);
                Assert.AreEqual(0ul, frame % 16);
                Assert.AreEqual(frame + 0x58, Word(stack, frame + 0x20));
                Assert.AreEqual(frame, (outer - length - 0x58) & ~0xful);
                Assert.Contains(Word(stack, frame - 8), new[] { dispatcher + 0x24, dispatcher + 0x30 });
            }
        }
    }

    [TestMethod]
    public void Every_call_is_made_with_an_aligned_stack()
    {
        UserDump dump = Fixtures.Compose(UserCases.Nested(WindowsLayout.Windows10));

        foreach (ComposedFrame frame in dump.Threads.SelectMany(thread => thread.Stack.Frames.Skip(1)).Where(frame => !frame.Name.Contains("!Nt")))
            Assert.AreEqual(0ul, frame.StackPointer % 16, frame.Name);
    }

    [TestMethod]
    public void The_same_plan_gives_the_same_bytes()
    {
        UserDump once = Fixtures.Compose(UserCases.Stale);
        UserDump again = Fixtures.Compose(UserCases.Stale);

        foreach ((UserThread a, UserThread b) in once.Threads.Zip(again.Threads))
            CollectionAssert.AreEqual(a.Stack.Memory.ToArray(), b.Stack.Memory.ToArray());
    }

    [TestMethod]
    public void A_function_that_no_image_has_is_named()
    {
        var plan = new DumpPlan("wrong", WindowsLayout.Windows10, [new ThreadPlan("wrong", new Call("app!NoSuchFunction"))]);

        Assert.Contains("NoSuchFunction", Assert.ThrowsExactly<ArgumentException>(() => Fixtures.Compose(plan)).Message);
    }

    private static ulong Word(ComposedStack stack, ulong address) =>
        BitConverter.ToUInt64(stack.Memory.Span[(int)(address - stack.StackLimit)..]);
}
