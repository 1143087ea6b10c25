namespace KCallbacks.DbgEng.Tests;

/// <summary>The object the engine calls with output, called the way the engine calls it.</summary>
[TestClass]
public sealed unsafe class OutputCallbacksTests
{
    [TestMethod]
    public void Text_arrives_with_its_mask()
    {
        var received = new List<(OutputMask, string)>();
        using var callbacks = new OutputCallbacks(OutputFormat.Text, (mask, text) => received.Add((mask, text)));

        Assert.AreEqual(0, Output2(callbacks, OutputMask.Warning, "\u00e4 <b>\n"));

        CollectionAssert.AreEqual(new[] { (OutputMask.Warning, "\u00e4 <b>\n") }, received);
    }

    [TestMethod]
    public void An_exception_of_the_receiver_becomes_an_error_code()
    {
        using var callbacks = new OutputCallbacks(OutputFormat.Text, (_, _) => throw new InvalidOperationException());

        Assert.AreEqual(HResult.Fail.Value, Output2(callbacks, OutputMask.Normal, "text"));
    }

    [TestMethod]
    public void An_interface_it_does_not_have_is_refused()
    {
        using var callbacks = new OutputCallbacks(OutputFormat.Dml, (_, _) => { });
        Guid wide = new("4c7fd663-c394-4e26-8ef1-34ad5ed3764c");
        nint found = 1;

        int result = ((delegate* unmanaged<nint, Guid*, nint*, int>)VTable(callbacks)[0])(callbacks.Pointer, &wide, &found);

        Assert.AreEqual(HResult.NoInterface.Value, result);
        Assert.AreEqual(0, found);
    }

    [TestMethod]
    public void It_asks_for_the_format_it_was_made_for()
    {
        using var callbacks = new OutputCallbacks(OutputFormat.Dml, (_, _) => { });
        uint mask = 0;

        _ = ((delegate* unmanaged<nint, uint*, int>)VTable(callbacks)[4])(callbacks.Pointer, &mask);

        Assert.AreEqual((uint)OutputFormat.Dml, mask);
    }

    private static int Output2(OutputCallbacks callbacks, OutputMask mask, string text)
    {
        fixed (char* characters = text)
            return ((delegate* unmanaged<nint, uint, uint, ulong, char*, int>)VTable(callbacks)[5])(callbacks.Pointer, 0, 0, (ulong)mask, characters);
    }

    private static void** VTable(OutputCallbacks callbacks) => *(void***)callbacks.Pointer;
}
